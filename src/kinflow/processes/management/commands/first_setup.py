"""`manage first_setup`: what a new system needs to be usable; harmless to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.shipped import shipped_processes


class Command(BaseCommand):
    """Adds the scorings and processes that the product comes with, where they are missing."""

    help = "Add what a new system needs: a scoring for each kind of work, and the processes to look at."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them."""
        for scoring in shipped_scorings(SYSTEM):
            self.stdout.write(f"{scoring.kind}: {scoring.name}")
        for process in shipped_processes(SYSTEM):
            self.stdout.write(f"{process.key}: {process.name}")
