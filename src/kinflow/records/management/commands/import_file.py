"""`import_file FILE --as RECORD`: import a file in the foreground."""

import json
import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Problem
from kinflow.records.alone import IMPORTS, alone_at
from kinflow.records.importing.actions import (
    cancel_import,
    map_import,
    prepare_import,
    start_import,
)
from kinflow.records.importing.dry_runs import dry_run
from kinflow.records.importing.giving import Given
from kinflow.records.importing.kinds import importables
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.rejecting import rejects_of
from kinflow.records.importing.running import run_import
from kinflow.records.importing.storing import blocks_of, discard, store


class Command(BaseCommand):
    """Import a CSV or XLSX file, with a line of progress."""

    help = "Import a CSV or XLSX file; rows that cannot be taken are written to a file beside it, with the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --as RECORD [--map FILE.json] [--dry-run]."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--as",
            dest="kind",
            metavar="RECORD",
            required=True,
            help=f"what each row is: {', '.join(sorted(importables))}",
        )
        parser.add_argument(
            "--map",
            dest="map",
            metavar="FILE.json",
            type=Path,
            help='what becomes of columns that are guessed wrong: {"header": "field"}; "+" keeps it in the notes, '
            '"" leaves it out',
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import it."""
        try:
            self._import(options["file"], options["kind"], options["map"], is_dry=options["dry_run"])
        except Problem as problem:
            errors = "".join(f"\n  {error.pointer}: {error.message}" for error in problem.errors)
            remedy = f" {problem.remedy}" if problem.remedy else ""
            raise CommandError(f"{problem.detail or problem.title}{remedy}{errors}") from None

    def _import(self, path: Path, kind: str, map_path: Path | None, *, is_dry: bool) -> None:
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        choices = _choices(map_path)
        stored = store(blocks_of(path))
        try:
            run = prepare_import(kind=kind, given=Given(path.name, stored), by=SYSTEM)
            run = map_import(importrun=run, choices=choices, by=SYSTEM)
        except Problem:
            discard(stored.place)
            raise
        self._tell_mapping(run)
        if is_dry:
            self._try(run)
        else:
            self._run(run, path)

    def _tell_mapping(self, run: ImportRun) -> None:
        for header, target in run.mapping.items():
            self.stdout.write(f"  {header} → {target or '–'}")

    def _try(self, run: ImportRun) -> None:
        tried = dry_run(run, by=SYSTEM, told=self._progress)
        cancel_import(importrun=run, by=SYSTEM)
        self.stderr.write("")
        self.stdout.write(_counts(tried.read, tried.made, tried.matched, tried.rejected))
        for reason, count in tried.faults:
            self.stdout.write(f"  {count} × {reason}")
        if tried.fault:
            raise CommandError(tried.fault)

    def _run(self, run: ImportRun, path: Path) -> None:
        stop = threading.Event()
        before = signal.signal(signal.SIGINT, lambda *_told: stop.set())
        try:
            with alone_at(IMPORTS, run.pk):  # before the worker can take it up
                run = start_import(importrun=run, by=SYSTEM)
                run = run_import(run, told=self._progress, stop=stop.is_set)
                if run.is_active:
                    run = cancel_import(importrun=run, by=SYSTEM)
        finally:
            signal.signal(signal.SIGINT, before)
        self.stderr.write("")
        self.stdout.write(_counts(run.read, run.made, run.matched, run.rejected))
        self._tell_rejects(run, path)
        if run.state != "done":
            raise CommandError(run.fault or run.get_state_display())

    def _progress(self, run: ImportRun) -> None:
        line = _("%(percent)s %% – %(read)s rows") % {"percent": run.percent, "read": f"{run.read:,}"}
        self.stderr.write(f"\r{line}", ending="")
        self.stderr.flush()

    def _tell_rejects(self, run: ImportRun, path: Path) -> None:
        if not run.rejected:
            return
        beside = path.with_name(f"{path.stem}-rejected.csv")
        try:
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(rejects_of(run))
            self.stdout.write(_("The rejected rows, with the reasons, are in %(path)s.") % {"path": beside})
        except OSError:
            address = f"/import/{run.pk}/rejects.csv"
            self.stdout.write(_("The rejected rows, with the reasons, are at %(path)s.") % {"path": address})


def _choices(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CommandError(_("The mapping cannot be read: %(why)s") % {"why": error}) from None
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise CommandError(_('A mapping is {"header": "field", …}.'))
    return read


def _counts(read: int, made: dict[str, int], matched: int, rejected: int) -> str:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(made.items()) if count) or "–"
    return _("%(read)s rows read; created: %(made)s; already known: %(matched)s; rejected: %(rejected)s") % {
        "read": f"{read:,}",
        "made": kinds,
        "matched": f"{matched:,}",
        "rejected": f"{rejected:,}",
    }
