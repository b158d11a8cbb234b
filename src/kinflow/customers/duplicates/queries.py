"""Which pairs there are, for whoever sees both records of them."""

from typing import Any

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import may, sees_all, visible

from .noticing import KINDS
from .telling_apart import tell_accounts_apart, tell_contacts_apart

PAGE = 50
APART: dict[str, Any] = {"contact": tell_contacts_apart, "account": tell_accounts_apart}
SHOWN = 5
"""So many pairs of one record are shown on its page."""


def pairs_of(kind: str, by: Actor, *, is_dismissed: bool = False) -> Any:
    """The pairs whose two records the reader sees, the newest first."""
    rows = KINDS[kind].likeness.objects.filter(is_dismissed=is_dismissed).order_by("-pk")
    if kind == "contact":
        rows = rows.filter(record__erased_at=None, other__erased_at=None)
    if not sees_all(by, kind):
        seen = visible(by, KINDS[kind].model.objects.all()).values("pk")
        rows = rows.filter(record_id__in=seen, other_id__in=seen)
    return rows.select_related("record", "other")


def pair_at(kind: str, pk: int, by: Actor) -> Any:
    """One pair. Raises NotFound where there is none, or the reader does not see both records."""
    found = None
    if kind in KINDS:
        likeness = KINDS[kind].likeness.objects.filter(pk=pk).first()
        found = likeness and pairs_of(kind, by, is_dismissed=likeness.is_dismissed).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def like_this(kind: str, pk: int, by: Actor) -> list[tuple[Any, Any]]:
    """The open pairs of one record, each with the other record."""
    rows = pairs_of(kind, by)
    found = [
        *((row, row.other) for row in rows.filter(record_id=pk)[:SHOWN]),
        *((row, row.record) for row in rows.filter(other_id=pk)[:SHOWN]),
    ]
    return found[:SHOWN]


def may_tell_apart(kind: str, likeness: Any, by: Actor) -> bool:
    """Whether the reader may say that the two are not the same."""
    return may(by, APART[kind].action_name, likeness.record)
