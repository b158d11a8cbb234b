"""`manage pass_weeks`: let weeks pass in the demo, with the business that they bring."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from kinflow.demo.management.commands.seed_demo import SEED
from kinflow.demo.passing.left import weeks_left
from kinflow.demo.passing.people import NotTheDemo
from kinflow.demo.passing.weeks import LEAST, MOST, deal_with_the_past, in_words, pass_weeks, take_back


class Command(BaseCommand):
    """Lets weeks pass."""

    help = "Let weeks pass in the demo: everything recorded gets older, and new business comes. Stop the demo first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many weeks, and of which company."""
        counts = (0, *range(LEAST, MOST + 1))
        wanted = f"{LEAST} to {MOST}; 0 only brings up to the present what was broken off"
        parser.add_argument("weeks", type=int, choices=counts, metavar="weeks", help=wanted)
        parser.add_argument(
            "--seed", type=int, default=SEED, help="the number that the company was founded with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Let them pass, saying how it goes on."""
        if not settings.SIGN_INS_SHOWN:
            raise CommandError("Weeks pass in the demo only (KINFLOW_DEMO).")
        begun_at = time.monotonic()

        def told(what: str) -> None:
            self.stdout.write(f"  {time.monotonic() - begun_at:5.1f} s  {what}")
            self.stdout.flush()

        try:
            if options["weeks"]:
                self._pass(options["weeks"], options["seed"], told)
            elif left := weeks_left():
                told(f"Bringing what is recorded up to the present: {left} weeks were still to pass")
                take_back(timezone.now())
        except NotTheDemo as error:
            raise CommandError(f"{error} {error.remedy}".strip()) from None
        except KeyboardInterrupt:
            raise CommandError(
                f"Broken off: {weeks_left()} weeks are still to pass; the demo’s next start leaves them out."
            ) from None

    def _pass(self, weeks: int, seed: int, told: Callable[[str], None]) -> None:
        told("Dealing with what happened so far")
        deal_with_the_past(timezone.now())
        passed = pass_weeks(weeks, timezone.now(), seed=seed, told=told)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        told(
            f"{weeks} weeks have passed, with {in_words(passed.came)}; {passed.placed:,} opportunities placed by "
            f"deployments, {passed.entries:,} entries in the log"
        )
