"""`show_process NAME`: what the studio shows of a process."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Problem
from kinflow.processes.definitions.reading import process_called
from kinflow.processes.definitions.showing import TIMES, glance
from kinflow.processes.definitions.steps import LEVELS

SHOWN = 20


class Command(BaseCommand):
    """Shows a process: its cases, steps, variants, arrows and findings."""

    help = "Show what the studio shows of a process, by its key or name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME [--json] [--level LEVEL] [--time TIME]."""
        parser.add_argument("name", metavar="NAME", help="the key or the name of a process")
        parser.add_argument("--json", action="store_true", help="everything, as JSON")
        parser.add_argument(
            "--level", choices=LEVELS, default="steps", help="how finely steps are told apart"
        )
        parser.add_argument("--time", choices=TIMES, default="elapsed", help="which time counts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show it."""
        try:
            process = process_called(options["name"], SYSTEM)
            told = glance(process, SYSTEM, level=options["level"], time=options["time"], most_variants=None)
        except Problem as problem:
            raise CommandError(f"{problem} {problem.remedy}".strip()) from None
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(told)

    def _tell(self, told: dict[str, Any]) -> None:
        """The most frequent of everything, as lines."""
        labels = told["labels"]
        self.stdout.write(
            _("%(name)s: %(cases)d cases, %(events)d events, %(variants)d variants")
            % {
                "name": told["name"],
                "cases": told["cases"],
                "events": told["events"],
                "variants": len(told["variants"]),
            }
        )
        for key, count in list(told["activities"].items())[:SHOWN]:
            self.stdout.write(f"{count:>9}  {labels.get(key, key)}")
        for variant in told["variants"][:SHOWN]:
            steps = " → ".join(labels.get(key, key) for key in variant["steps"])
            self.stdout.write(f"{variant['cases']:>9}  {steps}")
