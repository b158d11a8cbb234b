"""Noticing duplicates: each pair is told of once, whoever causes it and however often."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kinflow.eventlog import Actor, action, record
from kinflow.records.access import permit

from ..accounts.models import Account
from ..contacts.models import Contact
from .events import AccountDuplicateFound, ContactDuplicateFound
from .finding import like_accounts, like_contacts
from .models import AccountLikeness, ContactLikeness
from .rules import Pair


@dataclass(frozen=True)
class Kind:
    """How pairs of one kind of record are found, kept and told."""

    model: Any
    likeness: Any
    find: Any
    found: Any


KINDS: Mapping[str, Kind] = {
    "contact": Kind(Contact, ContactLikeness, like_contacts, ContactDuplicateFound),
    "account": Kind(Account, AccountLikeness, like_accounts, AccountDuplicateFound),
}


def new_pairs(kind: str, ids: Collection[int]) -> dict[Pair, str]:
    """The pairs of these records that nobody was told of yet: older and newer record, and why."""
    found = KINDS[kind].find(ids) if ids else {}
    if not found:
        return {}
    newer = {pair[1] for pair in found}
    known = set(KINDS[kind].likeness.objects.filter(record_id__in=newer).values_list("other_id", "record_id"))
    return {pair: reason for pair, reason in sorted(found.items()) if pair not in known}


@action
def note_duplicates(*, kind: str, pairs: Iterable[tuple[Pair, str]], by: Actor) -> int:
    """Keep and tell these pairs, but for those that are known by now; how many were told."""
    permit(by, kind=kind)
    its, told = KINDS[kind], 0
    for (older, newer), reason in pairs:
        rows = its.model.objects.in_bulk([older, newer])
        if len(rows) < 2 or its.likeness.objects.filter(record_id=newer, other_id=older).exists():
            continue
        likeness = its.likeness(record=rows[newer], other=rows[older], reason=reason, found_at=timezone.now())
        likeness.save()
        record(its.found(**{kind: rows[newer], "other": rows[older], "reason": reason}))
        told += 1
    return told
