"""`manage seed_demo`: found the demo company in an empty database."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinflow.demo.seeding.founding import AlreadyFounded, found

SEED = 20


class Command(BaseCommand):
    """Founds the demo company."""

    help = "Found the demo company, with two years of business behind it, in an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Seed, length and end of the history."""
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives another company")
        parser.add_argument("--days", type=int, default=730, help="how long the history is")
        parser.add_argument("--now", type=datetime.fromisoformat, help="when it ends, with time zone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, saying how it goes on."""
        begun_at = time.monotonic()

        def told(what: str) -> None:
            self.stdout.write(f"  {time.monotonic() - begun_at:5.1f} s  {what}")
            self.stdout.flush()

        try:
            count = found(options["seed"], options["now"] or timezone.now(), days=options["days"], told=told)
        except AlreadyFounded as error:
            raise CommandError(str(error)) from None
        told(f"The company is there, with {count:,} entries in its log")
