"""`import_log FILE --name NAME`: a log of another system becomes a process, in the foreground."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Problem
from kinflow.processes.logs.actions import give_log, map_log, remove_log, start_log
from kinflow.processes.logs.lifecycles import EACH, JOINED
from kinflow.processes.logs.limits import DEFAULT
from kinflow.processes.logs.models import ImportedLog
from kinflow.processes.logs.notes import notes_of
from kinflow.processes.logs.roles import LABELS
from kinflow.processes.logs.running import WORK
from kinflow.records.alone import alone_at
from kinflow.records.importing.giving import Given
from kinflow.records.importing.limits import Limits
from kinflow.records.importing.storing import blocks_of, discard, store


class Command(BaseCommand):
    """Import a log: XES, CSV, XLSX, Parquet or OCEL."""

    help = (
        "Import a log (XES, also gzipped; CSV, XLSX, Parquet; OCEL 2.0 in JSON, XML or SQLite) as a process."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE --name NAME [--map FILE.json] [--object-type TYPE] [--lifecycle joined|each] [--zone ZONE]."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--name", metavar="NAME", default="", help="what the process will be called")
        parser.add_argument(
            "--map",
            metavar="FILE.json",
            type=Path,
            help='what columns of a table are that are guessed wrong: {"header": "role"}; roles: '
            + ", ".join(role or '""' for role in LABELS),
        )
        parser.add_argument("--object-type", metavar="TYPE", help="which objects of an OCEL are the cases")
        parser.add_argument(
            "--lifecycle",
            choices=(JOINED, EACH),
            help="whether start and end of a step are one event that lasts, or two",
        )
        parser.add_argument("--zone", metavar="ZONE", help="the time zone of times without an offset")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import it."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        try:
            self._tell(self._read(path, options))
        except Problem as problem:
            errors = "".join(f"\n  {error.pointer}: {error.message}" for error in problem.errors)
            remedy = f" {problem.remedy}" if problem.remedy else ""
            raise CommandError(f"{problem.detail or problem.title}{remedy}{errors}") from None

    def _read(self, path: Path, options: dict[str, Any]) -> ImportedLog:
        stored = store(blocks_of(path), Limits(size=DEFAULT.size))
        try:
            log = give_log(name=options["name"], given=Given(path.name, stored), by=SYSTEM)
        except Problem:
            discard(stored.place)
            raise
        try:
            log = map_log(
                importedlog=log,
                roles=_roles(options["map"]),
                zone=options["zone"],
                lifecycle=options["lifecycle"],
                object_type=options["object_type"],
                by=SYSTEM,
            )
            with alone_at(WORK.space, log.pk):  # before the worker can take it up
                return WORK.run(start_log(importedlog=log, by=SYSTEM))
        except Problem:
            remove_log(importedlog=log, by=SYSTEM)
            raise

    def _tell(self, log: ImportedLog) -> None:
        for column in log.look["columns"]:
            self.stdout.write(f"  {column['header']} → {log.how['roles'].get(column['header']) or '–'}")
        for one in log.look["object_types"]:
            sign = "→" if one["name"] == log.how["object_type"] else " "
            self.stdout.write(f"  {sign} {one['name']}: {one['objects']:,} objects, {one['events']:,} events")
        if log.state != "ready":
            fault = log.fault or str(log.get_state_display())
            remove_log(importedlog=log, by=SYSTEM)
            raise CommandError(fault)
        for note in notes_of(log.counts):
            self.stdout.write(f"  {note}")
        self.stdout.write(
            _("%(name)s: %(cases)s cases, %(events)s events. See it: ./kinflow process show %(key)s")
            % {
                "name": log.name,
                "cases": f"{log.cases:,}",
                "events": f"{log.events:,}",
                "key": log.process.key if log.process else "",
            }
        )


def _roles(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CommandError(_("The mapping cannot be read: %(why)s") % {"why": error}) from None
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise CommandError(_('A mapping is {"header": "role", …}.'))
    return read
