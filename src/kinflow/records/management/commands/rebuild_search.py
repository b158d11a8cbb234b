"""`manage rebuild_search`: index all records anew, or those of the kinds named."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kinflow.records.search.indexing import rebuild


class Command(BaseCommand):
    """Index all records anew."""

    help = "Index all records for the search anew, or those of the kinds named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The kinds."""
        parser.add_argument("kinds", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, telling each kind and its number."""
        rebuild(options["kinds"], lambda kind, count: self.stdout.write(f"{kind}: {count}"))
