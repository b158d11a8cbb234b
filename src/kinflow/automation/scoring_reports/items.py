"""The items behind a figure: a page at a time by key, in words, and all of them as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.spreadsheets import csv_text
from kinflow.organisation.models import Person
from kinflow.records.access import visible
from kinflow.records.faces import registry

from ..said import shown
from .models import LEFT, ScoringOutcome

PAGE, BATCH = 50, 1000
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Told:
    """One outcome in words; of a record that the reader may not see only its kind and number."""

    outcome: ScoringOutcome
    what: str
    label: str
    title: str
    url: str
    person: str
    by: str
    why: str
    reason: str


def page_of(
    rows: QuerySet[ScoringOutcome], before: str, limit: int = PAGE
) -> tuple[list[ScoringOutcome], str]:
    """The next outcomes, the newest first, and the key of the page below ("": there is none).

    `before` is such a key; one that cannot be read begins at the newest.
    """
    moment, entry_id = _read_key(before)
    if moment is not None:
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, entry_id__lt=entry_id))
    found = list(rows.order_by("-at", "-entry_id")[: limit + 1])
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    return found[:limit], f"{last.at.isoformat()}_{last.entry_id}"


def _read_key(text: str) -> tuple[datetime | None, int]:
    moment, _sign, number = text.partition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None, 0
    is_key = at.tzinfo is not None and number.isascii() and number.isdecimal() and len(number) < 19
    return (at, int(number)) if is_key else (None, 0)


def told_of(found: Sequence[ScoringOutcome], by: Actor) -> list[Told]:
    """The outcomes in words: a query for each kind, one for people, one for the log."""
    wanted: dict[str, set[int]] = {}
    for row in found:
        wanted.setdefault(row.kind, set()).add(row.object_id)
    seen = {
        (kind, row.pk): row
        for kind, ids in wanted.items()
        if kind in registry
        for row in visible(by, registry[kind].model._default_manager.filter(pk__in=ids))
    }
    people = Person.objects.in_bulk({pk for row in found for pk in (row.person_id, row.by_id) if pk})
    reasons = {
        pk: shown(str(entry.data.get("reason") or ""))
        for pk, entry in Entry.objects.in_bulk([row.pk for row in found if row.what != LEFT]).items()
    }
    return [_told(row, seen.get((row.kind, row.object_id)), people, reasons) for row in found]


def _told(row: ScoringOutcome, item: Any, people: dict[int, Person], reasons: dict[int, str]) -> Told:
    face = registry.get(row.kind)
    person, by = people.get(row.person_id or 0), people.get(row.by_id or 0)
    return Told(
        row,
        row.get_what_display(),
        str(face.label) if face else row.kind,
        str(face.title(item)) if face and item is not None else f"#{row.object_id}",
        face.url(row.object_id) if face and item is not None else "",
        person.name if person else "",
        by.name if by else "",
        f"/why/{row.kind}/{row.object_id}/" if item is not None else "",
        reasons.get(row.pk, "") if item is not None else "",
    )


def csv_lines(rows: QuerySet[ScoringOutcome], by: Actor) -> Iterator[str]:
    """All outcomes as a file in pieces, each page from the key of the one before."""
    yield BYTE_ORDER_MARK + csv_text([[
        _("Time"), _("What happened"), _("Kind of work"), _("No."), _("Item"), _("Person"), _("Points"),
        _("Points of the best"), pgettext("who decided", "By"), _("Reason"),
    ]])  # fmt: skip
    before, is_first = "", True
    while is_first or before:
        found, before = page_of(rows, before, BATCH)
        is_first = False
        yield csv_text([_cells(told) for told in told_of(found, by)])


def _cells(told: Told) -> list[Any]:
    row = told.outcome
    at = timezone.localtime(row.at).replace(tzinfo=None, microsecond=0)
    title = told.title if told.url else ""
    said = [at, told.what, told.label, row.object_id, title, told.person, row.points, row.best, told.by]
    return [*said, told.reason or row.reason]
