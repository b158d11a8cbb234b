"""Approvals as My work, record pages and their own page show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.organisation.people.models import Person
from kinflow.records.access import visible
from kinflow.records.faces import RecordType, registry
from kinflow.records.pages.composing import register_side_part, side_parts

from ..bilingual import in_active_language
from ..rules.naming import rule_called
from .access import has_asked, may_answer
from .models import OPEN, TONES, Approval

SHOWN = 50
LOWEST = 12
"""So many steps down the line of those who report to each other."""
_ROWS = Approval.objects.select_related(
    "person__reports_to", "caused_by", "answered_by", "run__rule", "use__policy"
)


@dataclass(frozen=True)
class Asked:
    """One question with its record; who may not see that reads no question either."""

    approval: Approval
    face: RecordType | None
    row: Any
    title: str
    url: str
    question: str
    rule: str
    may_answer: bool
    is_own: bool
    tone: str

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader asked it, and nobody has answered."""
        return self.is_own and self.approval.state == OPEN


def asked_of(by: Actor) -> list[Asked]:
    """What the actor is asked and has not answered, the most pressing first."""
    rows = _ROWS.filter(person_id=by.person_id or 0, state=OPEN)
    return shown(rows.order_by("due_at", "pk")[:SHOWN], by)


def asked_below(by: Actor) -> list[Asked]:
    """What people are asked who report to the actor, directly or not: they may answer for them."""
    below = _below(by.person_id or 0)
    return shown(_ROWS.filter(person__in=below, state=OPEN).order_by("due_at", "pk")[:SHOWN], by)


def answered_by(by: Actor) -> list[Asked]:
    """What the actor answered, the newest first."""
    return shown(_ROWS.filter(answered_by_id=by.person_id or 0).order_by("-pk")[:SHOWN], by)


def asked_by(by: Actor) -> list[Asked]:
    """What policies had the actor ask, the newest first."""
    rows = _ROWS.filter(caused_by_id=by.person_id or 0, use__isnull=False)
    return shown(rows.order_by("-pk")[:SHOWN], by)


def _below(person_id: int) -> set[int]:
    found: set[int] = set()
    level = {person_id}
    for _step in range(LOWEST):
        level = set(Person.objects.filter(reports_to__in=level).values_list("pk", flat=True)) - found
        if not level:
            break
        found |= level
    return found - {person_id}


def shown(rows: Iterable[Approval], by: Actor) -> list[Asked]:
    """Approvals ready to be shown: a query for each kind of record."""
    found = list(rows)
    records: dict[tuple[str, int], Any] = {}
    for kind in {one.kind for one in found} & registry.keys():
        face = registry[kind]
        ids = [one.object_id for one in found if one.kind == kind]
        seen = visible(by, face.model._default_manager.filter(pk__in=ids))
        records |= {(kind, row.pk): row for row in seen.select_related(*face.with_related)}
    return [_shown(one, records.get((one.kind, one.object_id)), by) for one in found]


def _shown(one: Approval, row: Any, by: Actor) -> Asked:
    face = registry.get(one.kind)
    return Asked(
        approval=one,
        face=face,
        row=row,
        title=str(face.title(row)) if face and row is not None else f"#{one.object_id}",
        url=face.url(one.object_id) if face and row is not None else "",
        question=in_active_language(one.question)
        if row is not None
        else _("You may not see what this is about."),
        rule=rule_called(one.run.rule) if one.run else in_active_language(_policy_names(one)),
        may_answer=one.state == OPEN and row is not None and may_answer(by, one),
        is_own=has_asked(by, one),
        tone=TONES[one.state],
    )


def _policy_names(one: Approval) -> dict[str, str]:
    """The names of the policy that asks, by language."""
    policy = one.use.policy if one.use else None
    return {"en": policy.name, "zh-hans": policy.name_zh} if policy else {"en": ""}


def approval_card(face: RecordType, record: Any, by: Actor) -> str:
    """On a record's page: what waits for whose approval; "" where nothing does."""
    rows = list(_ROWS.filter(kind=face.name, object_id=record.pk, state=OPEN).order_by("pk")[:5])
    if not rows:
        return ""
    return render_to_string("automation/approval_card.html", {"rows": shown(rows, by)})


def show_approval_cards() -> None:
    """Put the card into the right pane of all record pages."""
    if approval_card not in side_parts:
        register_side_part(approval_card)
