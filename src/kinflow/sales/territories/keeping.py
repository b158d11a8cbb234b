"""Keeping the claims on accounts: what differs is written, and each account that moved has an event."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from kinflow.conditions import ConditionError
from kinflow.customers.models import Account
from kinflow.eventlog import SYSTEM, Actor, Event, action, bulk, record
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.recorded import permitted_command
from kinflow.records.access import permit
from kinflow.records.models import Segment
from kinflow.records.segments.founding import found_later
from kinflow.records.segments.models import CONDITION
from kinflow.records.segments.rules import condition_of

from .asking import CLAIMED, STATE, TERRITORY
from .claims import KEPT, Claim, claims_of, fresh_claims, rules_now, work_out
from .events import AccountPlaced, AccountUnplaced, TerritoriesWorkedOut
from .models import AccountTerritory
from .rules import Rule, asked

MANY = 20_000
"""So many moves are told one by one; of more the log has their count only."""
FEW = 500
"""So many accounts are worked out in memory; more are in the database."""
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
_KEEP_FEW = f"""
INSERT INTO {KEPT} (account_id, territory_id, strength, is_first, is_tied)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::boolean[], %s::boolean[])
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
    with command.writes_rows(), connection.cursor() as cursor:
        if ids is not None and len(ids) <= FEW:
            moves = _write_few(cursor, rules, ids)
        else:
            work_out(rules, ids)
            moves = moves_by_now(cursor, ids)
            _run(cursor, _FORGET, ids)
            cursor.execute(_KEEP)
    command.tables.add(KEPT)
    if tell and len(moves) <= MANY:
        bulk.record_many(_told(moves, causes))
    elif moves:
        found_segments_anew()
    return moves


def _write_few(cursor: Any, rules: Sequence[Rule], ids: Collection[int]) -> list[Move]:
    """The same for a few accounts without temporary tables: what differs is found in memory."""
    before, after = claims_of(ids), fresh_claims(ids, rules)
    changed = [pk for pk in sorted(ids) if before.get(pk) != after.get(pk)]
    if changed:
        cursor.execute(f"DELETE FROM {KEPT} WHERE account_id = ANY(%s)", [changed])  # noqa: S608
        rows = [
            (pk, c.territory_id, c.strength, c.is_first, c.is_tied)
            for pk in changed
            for c in after.get(pk, ())
        ]
        if rows:
            cursor.execute(_KEEP_FEW, [list(column) for column in zip(*rows, strict=True)])
    moves = [(pk, _first(before.get(pk)), _first(after.get(pk))) for pk in changed]
    return [(pk, was, becomes) for pk, was, becomes in moves if was != becomes]


def _first(claims: Sequence[Claim] | None) -> int | None:
    return claims[0].territory_id if claims else None


def found_segments_anew() -> None:
    """Have segments that ask about territories worked out, where accounts moved without events of their own."""
    for segment in Segment.objects.filter(is_active=True, way=CONDITION):
        try:
            asked_about = {name for _kind, name in asked(condition_of(segment))}
        except ConditionError:
            continue
        if asked_about & {TERRITORY, CLAIMED, STATE}:
            found_later(segment)


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
