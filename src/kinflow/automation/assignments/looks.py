"""More reasons for another look: offers and room that come free, facts filled in, absences that end, shifts that begin.

Most are looked at by the clock: many reasons at once are one look.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kinflow.eventlog.event import registry as events
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import readers
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import spans
from kinflow.organisation.models import Capacity, Person, WorkingCalendar
from kinflow.records.faces import registry

from ..clock import at_moment, set_moment
from ..criteria.working_now import WorkingNow
from ..eligibility.availability import AtWork
from ..offers.events import OfferDeclined, OfferTimedOut, OfferWithdrawn
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of
from .arriving import item_of_entry
from .events import WorkLeftOver
from .past import assigned_event
from .unowned import waiting
from .waiting import another_look, comes_again, look_again, works

FAR = timedelta(days=21)
"""How far ahead shifts are looked for: longer than any holiday."""
LOOK = "automation.another_look"
OFFERS_END = (OfferDeclined.name, OfferTimedOut.name, OfferWithdrawn.name)


@another_look.on(*OFFERS_END)
def offer_ended(entry: Entry) -> None:
    """Whoever was asked can be offered something else."""
    row = item_of_entry(entry)
    if row is not None and not comes_again(entry, OFFERS_END):
        look_again(str(row._meta.model_name), entry)


def went_on(entry: Entry) -> None:
    """An item went from a person whose capacity counts to somebody else: there is room again."""
    row, before = item_of_entry(entry), [m.object_id for m in entry.mentioned if m.role == "before"]
    kind = str(row._meta.model_name) if row is not None else ""
    if before and Capacity.objects.filter(kind=kind, person_id__in=before).exists():
        soon(kind)


def was_changed(entry: Entry) -> None:
    """What waits is better known now: somebody may be eligible."""
    were_changed([entry])


def were_changed(entries: Sequence[Entry]) -> None:
    """Some items were changed, asked about together: many changes in a row cost what one does."""
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for mention in entry.mentioned:
            face = registry.get(mention.kind)
            if face is not None and face.work is not None and mention.role in (mention.kind, "record"):
                ids[mention.kind].add(mention.object_id)
    for kind, changed in ids.items():
        if waiting(kind).filter(pk__in=changed).exists():
            soon(kind)


def look_together(entries: Sequence[Entry]) -> None:
    """Handle entries in their order, changes that follow each other in one go."""
    for handler, some in groupby(entries, key=lambda entry: another_look.handlers[entry.name]):
        if handler is was_changed:
            were_changed(list(some))
        else:
            for entry in some:
                handler(entry)


@another_look.on("organisation.absence_added")
def absence_will_end(entry: Entry) -> None:
    """Somebody is away until then."""
    ends_at = parse_datetime(str(entry.data.get("ends_at", "")))
    if ends_at is not None:
        set_moment(LOOK, f"absence:{entry.pk}", ends_at, {"kinds": list(works())})


@another_look.on(WorkLeftOver.name)
def waits_for_shift(entry: Entry) -> None:
    """Nobody was found: whoever begins to work next may be the one."""
    row = item_of_entry(entry)
    if row is not None:
        look_at_next_shift(str(row._meta.model_name), timezone.now())


def soon(kind: str) -> None:
    """Look at what waits of the kind with the clock's next turn."""
    set_moment(LOOK, f"soon:{kind}", timezone.now(), {"kinds": [kind]})


@at_moment(LOOK)
def look(payload: Mapping[str, Any], now: datetime) -> None:
    """It is time for another look."""
    for kind in payload["kinds"]:
        if kind in registry:
            look_again(kind, None)
            if payload.get("is_shift"):
                look_at_next_shift(kind, now)


def look_at_next_shift(kind: str, now: datetime) -> None:
    """Keep the moment when the next calendar of anybody begins to count, while something waits for it."""
    leads = set(_leads(kind))
    if not leads or not waiting(kind).exists():
        return
    begins = [start - lead for start in _starts(now, max(leads)) for lead in leads if start - lead > now]
    if begins:
        payload = {"kinds": [kind], "is_shift": True}
        set_moment(LOOK, f"shift:{kind}", min(begins), payload)


def _leads(kind: str) -> Iterator[timedelta]:
    """How long before a shift the scorings of a kind find people: by conditions and criteria that ask who works when."""
    for scoring in Scoring.objects.filter(kind=kind, is_active=True):
        draft = draft_of(current_version(scoring))
        yield from (timedelta(hours=r.within_hours) for r in draft.eligibility if isinstance(r, AtWork))
        if draft.minimum_points is not None and any(
            isinstance(w.criterion, WorkingNow) for w in draft.criteria
        ):
            yield timedelta(0)


def _starts(now: datetime, ahead: timedelta) -> Iterator[datetime]:
    """When work begins next by each calendar that somebody has; with the starts that are counted ahead of them."""
    used = Person.objects.filter(left_on=None, calendar__isnull=False).values("calendar")
    calendars = list(WorkingCalendar.objects.filter(pk__in=used))
    prefetch_related_objects(calendars, "days")
    for row in calendars:
        calendar = calendar_of(row)
        for after in (now, now + ahead):
            begun = (start for start, _end in spans(calendar, after, after + FAR) if start > after)
            if (start := next(begun, None)) is not None:
                yield start


def follow_looks() -> None:
    """Follow what gives items to others, and what changes them."""
    faces = [face for face in registry.values() if face.work is not None]
    given = {assigned_event(face.name) for face in faces}
    changed = {f"{face.model._meta.app_label}.{face.name}_changed" for face in faces} & set(events)
    known = set(another_look.handlers)
    another_look.on(*sorted(given - known))(went_on)
    another_look.on(*sorted(changed - known))(was_changed)
    readers[another_look.name] = replace(another_look, together=look_together)
