"""My open items of all kinds, ordered, each with why it is mine and why now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Mention
from kinflow.records.faces import RecordType, registry

from ..assignments.cards import points_words
from ..assignments.events import WorkLeftOver
from ..assignments.past import Given, last_given
from .urgency import FRESH, LATER, NOW, TODAY, Urgency, urgency

PER_KIND = 200
SHOWN = 60
GROUPS = (NOW, TODAY, LATER)


@dataclass(frozen=True)
class Mine:
    """One item of mine."""

    face: RecordType
    row: Any
    title: str
    subtitle: str
    url: str
    why_now: Urgency
    why_me: str


def my_items(person_id: int, now: datetime) -> list[Mine]:
    """The person's open items, the most urgent first: three queries for each kind of work."""
    found: list[tuple[RecordType, Any, Urgency]] = []
    for face in registry.values():
        if face.work is not None:
            found += [(face, row, urgency(face.name, row, now)) for row in _open_of(face, person_id, now)]
    found.sort(key=lambda one: (GROUPS.index(one[2].group), one[2].rank, one[0].name, one[1].pk))
    given = _given([(face.name, row.pk) for face, row, _why in _shown(found)])
    return [_mine(face, row, why, given.get((face.name, row.pk))) for face, row, why in found]


def _open_of(face: RecordType, person_id: int, now: datetime) -> Sequence[Any]:
    assert face.work is not None
    rows: Any = face.model._default_manager.filter(owner_id=person_id, **face.work.open)
    if face.name == "account":
        rows = rows.filter(assigned_at__gte=now - FRESH)
    return list(rows.select_related(*face.with_related).order_by("-pk")[:PER_KIND])


def _shown(found: Sequence[tuple[RecordType, Any, Urgency]]) -> list[tuple[RecordType, Any, Urgency]]:
    """The first of each group: those whose reasons are worth reading the log for."""
    return [one for group in GROUPS for one in [f for f in found if f[2].group == group][:SHOWN]]


def _given(wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Given]:
    by_kind: dict[str, list[int]] = {}
    for kind, pk in wanted:
        by_kind.setdefault(kind, []).append(pk)
    return {(kind, pk): one for kind, ids in by_kind.items() for pk, one in last_given(kind, ids).items()}


def _mine(face: RecordType, row: Any, why: Urgency, given: Given | None) -> Mine:
    return Mine(
        face,
        row,
        str(face.title(row)),
        str(face.subtitle(row) or "") if face.subtitle else "",
        face.url(row.pk),
        why,
        why_me(given) if given else "",
    )


def why_me(given: Given) -> str:
    """Why somebody has it, in a line: points and runner-up of the card, or who gave it and why."""
    winner = given.card.get("winner")
    if winner:
        points = points_words(winner["total"])
        others = given.card.get("others") or []
        if others:
            told = {"points": points, "name": others[0]["name"], "theirs": points_words(others[0]["total"])}
            return _("%(points)s points, before %(name)s with %(theirs)s") % told
        return _("%(points)s points, nobody else was eligible") % {"points": points}
    if (given.card.get("fallback") or {}).get("is_lead"):
        return _("Nobody of your unit was eligible; you lead it")
    if given.card.get("fallback"):
        return _("Nobody was eligible; you are the fallback person")
    if given.reason:
        return _("%(by)s gave it to you: %(reason)s") % {"by": given.by, "reason": given.reason}
    return _("%(by)s gave it to you") % {"by": given.by}


@dataclass(frozen=True)
class Waiting:
    """An item that nobody was found for, and of which this person was told."""

    face: RecordType
    row: Any
    title: str
    reasons: dict[str, int]


def told_of(person_id: int, *, limit: int = 20) -> list[Waiting]:
    """What the person was told nobody was found for, and is still nobody's; the newest first."""
    told = Mention.objects.filter(
        kind="person", object_id=person_id, role="told", entry__name=WorkLeftOver.name
    ).order_by("-entry_id")
    entries = dict.fromkeys(told.values_list("entry_id", flat=True)[:200])
    about = Mention.objects.filter(entry_id__in=list(entries), role="record").select_related("entry")
    found: dict[tuple[str, int], dict[str, int]] = {}
    for mention in sorted(about, key=lambda m: -m.entry_id):
        found.setdefault((mention.kind, mention.object_id), mention.entry.data.get("reasons", {}))
    return _still_waiting(found)[:limit]


def _still_waiting(found: dict[tuple[str, int], dict[str, int]]) -> list[Waiting]:
    waiting = []
    for kind in dict.fromkeys(kind for kind, _pk in found):
        face = registry.get(kind)
        if face is None or face.work is None:
            continue
        ids = [pk for k, pk in found if k == kind]
        rows: Any = face.model._default_manager.filter(pk__in=ids, owner=None, **face.work.open)
        rows = rows.select_related(*face.with_related).order_by("-pk")
        waiting += [Waiting(face, row, str(face.title(row)), found[(kind, row.pk)]) for row in rows]
    return waiting


def count_now(by: Actor, now: datetime) -> int:
    """How many items are to be done now or today."""
    if by.person_id is None:
        return 0
    return sum(1 for mine in my_items(by.person_id, now) if mine.why_now.group != LATER)
