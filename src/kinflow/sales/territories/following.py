"""Territories follow the facts: an entry that can move accounts has just these looked at."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kinflow.customers.models import Account
from kinflow.eventlog import SYSTEM, Actor, event
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Handler, Reader, readers
from kinflow.organisation.models import Territory
from kinflow.records.jobs import defer, job, look_after
from kinflow.records.segments.affected import mentions_in, prefixes

from .events import AccountPlaced, AccountUnplaced, TerritoriesWorkedOut
from .keeping import because_of, settle_accounts, settle_all
from .models import AccountTerritory, TerritoryRule
from .rules import rule_of

JOB = "sales.work_out_territories"
MOST = 10_000
"""So many accounts are looked at for some entries; where more are affected, all are worked out."""
RULES_CHANGE = (
    "organisation.territory_added",
    "organisation.territory_changed",
    "organisation.territory_retired",
    "organisation.territory_taken_up",
)
_MINE = (AccountPlaced.name, AccountUnplaced.name, TerritoriesWorkedOut.name)
_OF_ACCOUNTS = "customers.account_"


class _Others(Mapping[str, Handler]):
    """One handler for every event but those of this package's own working out."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __iter__(self) -> Iterator[str]:
        return (name for name in event.registry if name not in _MINE)

    def __len__(self) -> int:
        return sum(1 for _name in self)

    def __getitem__(self, name: str) -> Handler:
        return self.handler


def follow_entries(entries: Sequence[Entry]) -> None:
    """Work out the accounts that the entries can move; all of them where rules changed."""
    if any(entry.name in RULES_CHANGE for entry in entries):
        work_out_later()
        return
    kinds = _kinds()
    told = [
        e for e in entries if e.name.startswith(_OF_ACCOUNTS) or kinds.keys() & {m.kind for m in e.mentioned}
    ]
    if not told:
        return
    mentions, last = mentions_in(told)
    ids = _affected(kinds, mentions)
    if ids is None:
        work_out_later()
    elif ids:
        causes: dict[int, Actor] = {}
        for pk in ids:
            entry = last.get(("account", pk), told[-1])
            causes[pk] = because_of(entry.pk, entry.depth)
        settle_accounts(ids=ids, causes=causes, by=SYSTEM)


def _kinds() -> dict[str, set[str]]:
    """By kind of related record the paths from accounts to it by which rules look at it."""
    found: dict[str, set[str]] = defaultdict(set)
    for territory_id, condition in TerritoryRule.objects.exclude(condition={}).values_list(
        "territory_id", "condition"
    ):
        for kind, paths in prefixes(
            rule_of(territory_id, {"condition": condition}).condition, "account"
        ).items():
            found[kind] |= paths - {""}
    return {kind: paths for kind, paths in found.items() if paths}


def _affected(kinds: Mapping[str, set[str]], mentions: Mapping[str, set[int]]) -> set[int] | None:
    """The accounts that the mentioned records are or belong to; None where they are too many."""
    ids = set(mentions.get("account", ()))
    for kind, paths in kinds.items():
        given = mentions.get(kind)
        for path in paths if given else ():
            rows = Account.objects.filter(**{f"{path}__in": given}).order_by()
            ids.update(rows.values_list("pk", flat=True)[: MOST + 1])
    return ids if len(ids) <= MOST else None


def follow(entry: Entry) -> None:
    """Work out what one entry can move."""
    follow_entries([entry])


READER = readers.setdefault(
    "territories",
    Reader("territories", _Others(follow), together=follow_entries),  # type: ignore[arg-type]
)


def work_out_later() -> None:
    """Have the worker work out all accounts as soon as this transaction is done."""
    defer(JOB)


@job(JOB)
def work_out_in_background() -> None:
    """Work out the territories of all accounts."""
    settle_all(by=SYSTEM)


@look_after
def begin() -> None:
    """Work out all accounts where that was never done: in a house that had territories before they were rules."""
    if AccountTerritory.objects.exists() or not Territory.objects.filter(is_retired=False).exists():
        return
    if Account.objects.exists() and not Entry.objects.filter(name=TerritoriesWorkedOut.name).exists():
        settle_all(by=SYSTEM)
