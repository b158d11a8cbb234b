"""Keeping the claims on accounts: what differs is written, and each account that moved has an event."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from kinflow.customers.models import Account
from kinflow.eventlog import SYSTEM, Actor, Event, action, bulk, record
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.recorded import permitted_command
from kinflow.records.access import permit

from .claims import KEPT, rules_now, work_out
from .events import AccountPlaced, AccountUnplaced, TerritoriesWorkedOut
from .models import AccountTerritory
from .rules import Rule

MANY = 20_000
"""So many moves are told one by one; of more the log has their count only."""
_ONE_AT_A_TIME = 7_305_118
_MOVES = f"""
SELECT account_id, o.territory_id, n.territory_id
FROM (SELECT account_id, territory_id FROM territory_now WHERE is_first) AS n
FULL JOIN (SELECT account_id, territory_id FROM {KEPT} WHERE is_first AND {{kept}}) AS o USING (account_id)
WHERE n.territory_id IS DISTINCT FROM o.territory_id
"""  # noqa: S608
_FORGET = f"""
DELETE FROM {KEPT} AS k WHERE {{kept}} AND NOT EXISTS (SELECT 1 FROM territory_now AS n
WHERE (n.account_id, n.territory_id, n.strength, n.is_first, n.is_tied)
= (k.account_id, k.territory_id, k.strength, k.is_first, k.is_tied))
"""  # noqa: S608
_KEEP = f"""
INSERT INTO {KEPT} (account_id, territory_id, strength, is_first, is_tied)
SELECT account_id, territory_id, strength, is_first, is_tied FROM territory_now AS n
WHERE NOT EXISTS (SELECT 1 FROM {KEPT} AS k WHERE (k.account_id, k.territory_id) = (n.account_id, n.territory_id))
"""  # noqa: S608
Move = tuple[int, int | None, int | None]
"""An account, the territory it had, the territory it gets."""


@dataclass(frozen=True)
class Figures:
    """How many accounts have a territory, have none, and are claimed by several that nothing decides between."""

    placed: int
    without: int
    undecided: int


@action
def settle_accounts(*, ids: Collection[int], causes: dict[int, Actor] | None = None, by: Actor) -> list[Move]:
    """Work out the territories of some accounts anew; `causes` names by account whom the event is of."""
    permit(by, kind="territoryplan")
    return settle(rules_now(), ids, causes or {})


@action
def settle_all(*, by: Actor) -> int:
    """Work out the territories of all accounts anew; how many moved. The first time none of them has an event."""
    permit(by, kind="territoryplan")
    lock()
    is_first = not AccountTerritory.objects.exists()
    moves = settle(rules_now(), None, {}, tell=not is_first)
    figures = figures_of(KEPT)
    if not moves and not is_first:
        return 0
    record(
        TerritoriesWorkedOut(
            accounts=figures.placed + figures.without,
            moved=len(moves),
            without=figures.without,
            undecided=figures.undecided,
        )
    )
    return len(moves)


def lock() -> None:
    """Let nobody else work out territories until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def settle(
    rules: Sequence[Rule], ids: Collection[int] | None, causes: dict[int, Actor], *, tell: bool = True
) -> list[Move]:
    """Write the claims by these rules inside the running action; the accounts that moved."""
    command = permitted_command(AccountTerritory)
    lock()
    work_out(rules, ids)
    with command.writes_rows(), connection.cursor() as cursor:
        moves = moves_by_now(cursor, ids)
        _run(cursor, _FORGET, ids)
        cursor.execute(_KEEP)
    command.tables.add(KEPT)
    if tell and len(moves) <= MANY:
        bulk.record_many(_told(moves, causes))
    return moves


def moves_by_now(cursor: Any, ids: Collection[int] | None = None) -> list[Move]:
    """What `territory_now` changes of what is kept."""
    _run(cursor, _MOVES, ids)
    return sorted((account, before, after) for account, before, after in cursor.fetchall())


def _run(cursor: Any, sql: str, ids: Collection[int] | None) -> None:
    if ids is None:
        cursor.execute(sql.format(kept="true"))
    else:
        cursor.execute(sql.format(kept="account_id = ANY(%s)"), [list(ids)])


def _told(moves: Sequence[Move], causes: dict[int, Actor]) -> Iterator[tuple[Event, datetime | None]]:
    """An event of each account that is still there."""
    gone = {pk for pk, _before, after in moves if after is None}
    if gone:
        gone -= set(Account.objects.filter(pk__in=gone).values_list("pk", flat=True))
    for pk, before, after in moves:
        if pk in gone:
            continue
        told: Event
        if after is not None:
            told = AccountPlaced(account=Account(pk=pk), territory=after, before=before)
        else:
            told = AccountUnplaced(account=Account(pk=pk), before=before or 0)
        yield (bulk.done_by(told, causes[pk]) if pk in causes else told), None


def figures_of(table: str) -> Figures:
    """The figures of what is kept (`KEPT`) or worked out (`territory_now`)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(*) FILTER (WHERE is_tied) FROM {table} WHERE is_first")  # noqa: S608
        placed, undecided = cursor.fetchone()
    return Figures(placed, Account.objects.count() - placed, undecided)


def because_of(entry_id: int, depth: int) -> Actor:
    """The house, because of an entry of the log."""
    return replace(SYSTEM, cause=Cause(entry_id, depth))
