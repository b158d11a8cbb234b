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

from kinflow.conditions import EVERYTHING, Context, to_q
from kinflow.customers.models import Account
from kinflow.eventlog.command import running
from kinflow.kit.provinces import places_of
from kinflow.organisation.models import Territory

from .models import USUAL_RANK, AccountTerritory, TerritoryRule
from .rules import ANYWHERE, COUNTRY, NAMED, PART, Rule, rule_of

KEPT = AccountTerritory._meta.db_table
_BEGIN = """
DROP TABLE IF EXISTS territory_claim, territory_now;
CREATE TEMPORARY TABLE territory_claim
(account_id bigint, territory_id bigint, strength smallint, PRIMARY KEY (account_id, territory_id)) ON COMMIT DROP
"""
_NOW = """
CREATE TEMPORARY TABLE territory_now ON COMMIT DROP AS
SELECT account_id, territory_id, strength,
row_number() OVER (PARTITION BY account_id ORDER BY strength, territory_id) = 1 AS is_first,
strength = min(strength) OVER (PARTITION BY account_id)
AND count(*) OVER (PARTITION BY account_id, strength) > 1 AS is_tied
FROM territory_claim;
DROP TABLE territory_claim;
CREATE UNIQUE INDEX ON territory_now (account_id, territory_id);
ANALYZE territory_now
"""


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

    A handful of statements for each rule that can claim one of them; the accounts never leave the database.
    """
    command = running()
    accounts = Account.objects.order_by()
    if ids is not None:
        accounts = accounts.filter(pk__in=list(ids))
    pairs = [(c, p, places_of(c, p)) for c, p in accounts.values_list("country", "province").distinct()]
    with command.writes_rows() if command else nullcontext(), connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        for rule in rules:
            for strength, rows in _claimed(rule, accounts, pairs):
                _insert(cursor, rows, rule.territory_id, strength)
        cursor.execute(_NOW)


def _claimed(
    rule: Rule, accounts: QuerySet[Account], pairs: Sequence[tuple[str, str, tuple[str, ...]]]
) -> Iterator[tuple[int, QuerySet[Account]]]:
    """The accounts that a rule claims, the strongest claims first."""
    if rule.named:
        yield NAMED, accounts.filter(pk__in=rule.named)
    if not rule.is_open:
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
        f"INSERT INTO territory_claim SELECT found.id, %s, %s FROM ({sql}) AS found (id) ON CONFLICT DO NOTHING",  # noqa: S608
        [territory_id, strength, *params],
    )


def claims_of(ids: Collection[int]) -> dict[int, list[Claim]]:
    """By account the kept claims on it, the first before the others; accounts that nobody claims are left out."""
    found: dict[int, list[Claim]] = defaultdict(list)
    rows = AccountTerritory.objects.filter(account_id__in=list(ids))
    for row in rows.order_by("-is_first", "strength", "territory_id"):
        found[row.account_id].append(Claim(row.territory_id, row.strength, row.is_first, row.is_tied))
    return dict(found)


def fresh_claims(ids: Collection[int]) -> dict[int, list[Claim]]:
    """The same for a few accounts by the facts of this moment, kept or not; writes nothing."""
    accounts = {
        pk: places_of(country, province)
        for pk, country, province in Account.objects.filter(pk__in=list(ids)).values_list(
            "pk", "country", "province"
        )
    }
    strengths: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for rule in rules_now():
        open_to = {pk: rule.reach(places) for pk, places in accounts.items()} if rule.is_open else {}
        reached = {
            pk: reach for pk, reach in open_to.items() if reach is not None and pk not in rule.left_out
        }
        if reached and rule.condition != EVERYTHING:
            rows = Account.objects.filter(pk__in=list(reached)).filter(to_q(rule.condition, _neutral()))
            meant = set(rows.values_list("pk", flat=True))
            reached = {pk: reach for pk, reach in reached.items() if pk in meant}
        for pk in accounts:
            if pk in rule.named:
                strengths[pk].append((NAMED, rule.territory_id))
            elif pk in reached:
                strengths[pk].append((rule.strength(reached[pk]), rule.territory_id))
    return {pk: _ordered(claims) for pk, claims in strengths.items()}


def _ordered(claims: list[tuple[int, int]]) -> list[Claim]:
    ordered = sorted(claims)
    best = [strength for strength, _pk in ordered].count(ordered[0][0])
    return [
        Claim(territory_id, strength, at == 0, at < best and best > 1)
        for at, (strength, territory_id) in enumerate(ordered)
    ]
