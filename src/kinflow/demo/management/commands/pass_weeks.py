"""`manage pass_weeks`: let weeks pass in the demo, with the business that they bring."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from kinflow.demo.management.commands.seed_demo import SEED
from kinflow.demo.passing.people import NotTheDemo
from kinflow.demo.passing.weeks import LEAST, MOST, deal_with_the_past, pass_weeks


class Command(BaseCommand):
    """Lets weeks pass."""

    help = (
        "Let weeks pass in the demo: everything recorded gets older, and new sales come. Stop the demo first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many weeks, and of which company."""
        parser.add_argument("weeks", type=int, choices=range(LEAST, MOST + 1), metavar=f"{LEAST}..{MOST}")
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

        told("Dealing with what happened so far")
        deal_with_the_past(timezone.now())
        try:
            passed = pass_weeks(options["weeks"], timezone.now(), seed=options["seed"], told=told)
        except NotTheDemo as error:
            raise CommandError(f"{error} {error.remedy}".strip()) from None
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        told(
            f"{options['weeks']} weeks have passed, with {passed.opportunities:,} opportunities, "
            f"{passed.placed:,} of them placed by deployments, and {passed.entries:,} entries in the log"
        )
