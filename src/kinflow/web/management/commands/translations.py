"""`manage translations`: catalogues updated, checked, compiled."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kinflow.web.translations.upkeep import Untranslated, run


class Command(BaseCommand):
    """Keep the translation catalogues in step with the sources."""

    help = "Update, check or compile the Simplified Chinese catalogues of all packages, or of those named."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One of the three verbs, and the packages it is for."""
        verbs = parser.add_mutually_exclusive_group(required=True)
        for verb, meaning in (
            ("update", "add missing texts, remove stale ones"),
            ("check", "name what is missing or wrong, and fail"),
            ("compile", "make the .mo files"),
        ):
            verbs.add_argument(f"--{verb}", dest="verb", action="store_const", const=verb, help=meaning)
        parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="such as sales; all when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb on the packages."""
        try:
            for line in run(options["verb"], options["packages"]):
                self.stdout.write(line)
        except Untranslated as error:
            raise CommandError(str(error)) from error
