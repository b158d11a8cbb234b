"""What is shown of a log before it is read: its columns with samples, and its first events as they would be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem
from kinflow.records.importing.storing import path_of

from .events_told import events_of, lasts, texts_of
from .frames import sample_of
from .growing import Read
from .kinds import LogKind
from .models import ImportedLog
from .reading import read
from .roles import ACTIVITY, AT, BEGUN_AT, CASE, LABELS, NEEDED, RESOURCE, UNIT, guessed

TRIED = 2_000  # events
FIRST, SAMPLES, LONG = 8, 3, 60


@dataclass(frozen=True)
class ColumnShown:
    """A column of a table: some of its values, what it is taken for, and why that was guessed."""

    position: int
    header: str
    samples: list[str]
    role: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """What is shown; `fault` says why the first events cannot be."""

    columns: list[ColumnShown] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    fault: str = ""


def preview_of(log: ImportedLog) -> Preview:
    """What is shown before the reading is started."""
    try:
        columns = _columns(log) if log.kind == LogKind.TABLE else []
        if columns and (lacking := [role for role in NEEDED if role not in {one.role for one in columns}]):
            named = ", ".join(str(LABELS[role]) for role in lacking)
            return Preview(columns, fault=_("Say which columns these are: %(roles)s.") % {"roles": named})
        done = read(path_of(log.place), log.file, log.reads, most=TRIED)
    except (Problem, FileNotFoundError) as error:
        return Preview(fault=str(error))
    fault = "" if done.columns.events else _("None of the first events could be read.")
    labels, rows = _first(done)
    return Preview(columns, labels, rows, dict(done.counts), fault)


def _columns(log: ImportedLog) -> list[ColumnShown]:
    samples = sample_of(path_of(log.place), log.file, 200)
    headers = [column["header"] for column in log.look["columns"]]
    roles = log.reads.roles
    return [
        ColumnShown(
            position,
            one.header,
            _different(samples[position]),
            roles.get(one.header, ""),
            one.reason if roles.get(one.header) == one.role else "",
        )
        for position, one in enumerate(guessed(headers, samples))
    ]


def _different(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_short(value) for value in values if value))[:SAMPLES]


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONG else f"{plain[: LONG - 1]}…"


def _first(done: Read) -> tuple[list[Any], list[list[str]]]:
    """The first events: who, what, when, and the attributes of their cases."""
    columns = done.columns
    with_start, with_people, with_units = lasts(columns), bool(columns.resources), bool(columns.units)
    names = list(columns.attributes)[:6]
    labels = [
        LABELS[CASE],
        LABELS[ACTIVITY],
        *([LABELS[BEGUN_AT]] if with_start else []),
        LABELS[AT],
        *([LABELS[RESOURCE]] if with_people else []),
        *([LABELS[UNIT]] if with_units else []),
        *names,
    ]
    rows = []
    for event in events_of(columns, 0, FIRST):
        texts = dict(texts_of(columns, event.case))
        rows.append(
            [
                _short(columns.case_ids[event.case]),
                _short(event.activity),
                *([_moment(event.begun_at)] if with_start else []),
                _moment(event.at),
                *([_short(event.resource)] if with_people else []),
                *([_short(event.unit)] if with_units else []),
                *(_short(texts.get(name, "")) for name in names),
            ]
        )
    return labels, rows


def _moment(at: int) -> str:
    try:
        moment = datetime.fromtimestamp(at / 1e6, UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
