"""Which territories claim which accounts, worked out set by set in the database."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from kinflow.conditions import EVERYTHING, Context, predicate, to_q
from kinflow.customers.models import Account
from kinflow.eventlog.command import running
from kinflow.kit.provinces import places_of
from kinflow.organisation.models import Territory
from kinflow.records.segments.rules import asks_related

from .models import USUAL_RANK, AccountTerritory, TerritoryRule
from .rules import ANYWHERE, COUNTRY, NAMED, PART, Rule, rule_of

KEPT = AccountTerritory._meta.db_table
_BEGIN = """
DROP TABLE IF EXISTS territory_claim, territory_now;
CREATE TEMPORARY TABLE territory_claim
(account_id bigint, territory_id bigint, strength smallint) ON COMMIT DROP
"""
_NOW = """
CREATE TEMPORARY TABLE territory_now ON COMMIT DROP AS
SELECT account_id, territory_id, strength,
row_number() OVER (PARTITION BY account_id ORDER BY strength, territory_id) = 1 AS is_first,
strength = min(strength) OVER (PARTITION BY account_id)
AND count(*) OVER (PARTITION BY account_id, strength) > 1 AS is_tied
FROM (SELECT account_id, territory_id, min(strength) AS strength FROM territory_claim GROUP BY 1, 2) AS strongest;
DROP TABLE territory_claim;
ANALYZE territory_now
"""
_BY_PLACE = """
INSERT INTO territory_claim SELECT a.id, m.territory_id, m.strength FROM ({accounts}) AS a (id, country, province)
JOIN unnest(%s::text[], %s::text[], %s::bigint[], %s::smallint[]) AS m (country, province, territory_id, strength)
USING (country, province)
"""
Pairs = Sequence[tuple[str, str, tuple[str, ...]]]
"""Country and province as accounts have them, and the places that they mean."""


@dataclass(frozen=True)
class Claim:
    """One claim on an account, as it is kept."""

    territory_id: int
    strength: int
    is_first: bool
    is_tied: bool


def rules_now() -> list[Rule]:
    """The rules of all territories in use, oldest first."""
    kept = {rule.territory_id: rule for rule in TerritoryRule.objects.all()}
    found = []
    for territory in Territory.objects.filter(is_retired=False).order_by("pk"):
        rule = kept.get(territory.pk)
        more = (
            {"condition": rule.condition, "rank": rule.rank, "named": rule.named, "left_out": rule.left_out}
            if rule is not None
            else {"rank": USUAL_RANK}
        )
        found.append(rule_of(territory.pk, {"places": territory.places, **more}))
    return found


def work_out(rules: Sequence[Rule], ids: Collection[int] | None = None) -> None:
    """Fill the temporary table `territory_now` with all claims on accounts (these, or all), inside a transaction.

    One statement for all rules that name places only, a handful for each other one; the accounts stay in the database.
    """
    command = running()
    accounts = Account.objects.order_by()
    if ids is not None:
        accounts = accounts.filter(pk__in=list(ids))
    pairs = [(c, p, places_of(c, p)) for c, p in accounts.values_list("country", "province").distinct()]
    with command.writes_rows() if command else nullcontext(), connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        _insert_by_place(cursor, [rule for rule in rules if _is_simple(rule)], accounts, pairs)
        for rule in rules:
            for strength, rows in _claimed(rule, accounts, pairs):
                _insert(cursor, rows, rule.territory_id, strength)
        cursor.execute(_NOW)


def _is_simple(rule: Rule) -> bool:
    """Whether places alone say what it claims beside its named accounts."""
    return rule.is_open and rule.is_plain and not rule.left_out


def _insert_by_place(cursor: Any, rules: Sequence[Rule], accounts: QuerySet[Account], pairs: Pairs) -> None:
    rows = [
        (country, province, rule.territory_id, rule.strength(reach))
        for rule in rules
        for country, province, places in pairs
        if (reach := rule.reach(places)) is not None
    ]
    try:
        sql, params = accounts.values("pk", "country", "province").query.sql_with_params()
    except EmptyResultSet:
        return
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(_BY_PLACE.format(accounts=sql), [*params, *columns])


def _claimed(
    rule: Rule, accounts: QuerySet[Account], pairs: Pairs
) -> Iterator[tuple[int, QuerySet[Account]]]:
    """The accounts that a rule claims, unless its places alone say it."""
    if rule.named:
        yield NAMED, accounts.filter(pk__in=rule.named)
    if not rule.is_open or _is_simple(rule):
        return
    meant = accounts.exclude(pk__in=rule.left_out) if rule.left_out else accounts
    if rule.condition != EVERYTHING:
        meant = meant.filter(to_q(rule.condition, _neutral()))
    if not rule.places:
        yield rule.strength(ANYWHERE), meant
        return
    for reach in (PART, COUNTRY):
        here: dict[str, list[str]] = defaultdict(list)
        for country, province, places in pairs:
            if rule.reach(places) == reach:
                here[country].append(province)
        if here:
            at = [Q(country=country, province__in=provinces) for country, provinces in here.items()]
            yield rule.strength(reach), meant.filter(Q(*at, _connector=Q.OR))


def _neutral() -> Context:
    """The asker of rules: nobody, in the zone of the house."""
    return Context(timezone.now(), timezone.get_default_timezone())


def _insert(cursor: Any, rows: QuerySet[Account], territory_id: int, strength: int) -> None:
    try:
        sql, params = rows.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    cursor.execute(
        f"INSERT INTO territory_claim SELECT found.id, %s, %s FROM ({sql}) AS found (id)",  # noqa: S608
        [territory_id, strength, *params],
    )


def claims_of(ids: Collection[int]) -> dict[int, list[Claim]]:
    """By account the kept claims on it, the first before the others; accounts that nobody claims are left out."""
    found: dict[int, list[Claim]] = defaultdict(list)
    rows = AccountTerritory.objects.filter(account_id__in=list(ids))
    for row in rows.order_by("-is_first", "strength", "territory_id"):
        found[row.account_id].append(Claim(row.territory_id, row.strength, row.is_first, row.is_tied))
    return dict(found)


def fresh_claims(ids: Collection[int], rules: Sequence[Rule] | None = None) -> dict[int, list[Claim]]:
    """The same for a few accounts by the facts of this moment, kept or not; writes nothing.

    Conditions over the account alone are asked in memory, others of the database.
    """
    accounts = Account.objects.in_bulk(list(ids))
    places = {pk: places_of(account.country, account.province) for pk, account in accounts.items()}
    strengths: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for rule in rules_now() if rules is None else rules:
        reached = {
            pk: reach
            for pk, here in places.items()
            if rule.is_open and pk not in rule.left_out and (reach := rule.reach(here)) is not None
        }
        meant = _meant(rule, [accounts[pk] for pk in reached])
        for pk in accounts:
            if pk in rule.named:
                strengths[pk].append((NAMED, rule.territory_id))
            elif pk in meant:
                strengths[pk].append((rule.strength(reached[pk]), rule.territory_id))
    return {pk: _ordered(claims) for pk, claims in strengths.items()}


def _meant(rule: Rule, accounts: Sequence[Account]) -> set[int]:
    """The accounts for which the rule's condition holds."""
    if not accounts or rule.is_plain:
        return {account.pk for account in accounts}
    if asks_related(rule.condition):
        rows = Account.objects.filter(pk__in=[account.pk for account in accounts])
        return set(rows.filter(to_q(rule.condition, _neutral())).values_list("pk", flat=True))
    holds = predicate(rule.condition, _neutral())
    return {account.pk for account in accounts if holds(account)}


def _ordered(claims: list[tuple[int, int]]) -> list[Claim]:
    ordered = sorted(claims)
    best = [strength for strength, _pk in ordered].count(ordered[0][0])
    return [
        Claim(territory_id, strength, at == 0, at < best and best > 1)
        for at, (strength, territory_id) in enumerate(ordered)
    ]
