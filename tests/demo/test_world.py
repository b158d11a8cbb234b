"""The world as a whole."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from kinflow.customers.accounts.rules import GRADES, INDUSTRIES, LIFE_STAGES
from kinflow.demo.happenings import KINDS
from kinflow.demo.ledger import Ledger
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.sales.leads.rules import REASONS, SOURCES, STAGES
from kinflow.sales.opportunities.rules import LOST_REASONS
from kinflow.service.cases.rules import KINDS as CASE_KINDS
from kinflow.service.cases.rules import PRIORITIES, STATUSES

from .conftest import NOW
from .measures import Log

SMALL = Volumes(
    accounts=260, contacts=560, known=200, strangers=15, returning=40, cases=60, parts=20, needless_mails=10
)


def digest(seed: int) -> str:
    world = build(seed, NOW, days=60, volumes=SMALL)
    told = sha256()
    for happening in world.happenings():
        told.update(repr(happening).encode())
    for shelf in shelves(world.records):
        for record in shelf:
            told.update(repr(record).encode())
    return told.hexdigest()


def shelves(ledger: Ledger) -> list[object]:
    return [
        ledger.accounts,
        ledger.contacts,
        ledger.leads,
        ledger.opportunities,
        ledger.cases,
        ledger.emails,
        ledger.activities,
    ]


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert digest(3) == digest(3)
    assert digest(3) != digest(4)


def test_happenings_come_in_order_and_are_numbered_without_a_gap(log: Log) -> None:
    assert [happening.number for happening in log.happenings] == list(range(len(log.happenings)))
    times = [happening.at for happening in log.happenings]
    assert times == sorted(times)
    assert times[-1] <= NOW
    assert times[0] >= NOW - timedelta(days=302)
    assert {happening.kind for happening in log.happenings} <= set(KINDS)


def test_everything_that_can_happen_does(log: Log) -> None:
    told = Counter(happening.kind for happening in log.happenings)
    assert set(KINDS) - set(told) == set()


def test_ten_months_have_their_share_of_everything(log: Log) -> None:
    records, share = log.world.records, 300 / 730
    assert len(log.happenings) > 150_000 * share
    assert abs(len(records.accounts) - (1750 + 2260 * share)) < 60
    assert len(records.leads) > 4500 * share
    assert len(records.cases) > 3000 * share
    assert len(records.emails) > 4000 * share
    assert 0.3 < sum(o.outcome == "won" for o in records.opportunities) / len(records.opportunities) < 0.7


@pytest.mark.slow
def test_two_years_have_4000_accounts_9000_contacts_and_150000_happenings() -> None:
    world = build(2, datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    count = sum(1 for _happening in world.happenings())
    assert count >= 150_000
    assert 3_980 <= len(world.records.accounts) <= 4_040
    assert 8_900 <= len(world.records.contacts) <= 9_150


def test_values_are_those_the_product_knows(log: Log) -> None:
    records = log.world.records
    assert {a.life_stage for a in records.accounts} <= set(dict(LIFE_STAGES))
    assert {a.grade for a in records.accounts} <= {*dict(GRADES), ""}
    assert {a.industry for a in records.accounts} <= set(dict(INDUSTRIES))
    assert {lead.stage for lead in records.leads} <= set(dict(STAGES))
    assert {lead.source for lead in records.leads} <= set(dict(SOURCES))
    assert {lead.reason for lead in records.leads} <= {*dict(REASONS), ""}
    assert {o.reason for o in records.opportunities} <= {*dict(LOST_REASONS), ""}
    assert {c.kind for c in records.cases} == set(dict(CASE_KINDS))
    assert {c.priority for c in records.cases} == set(dict(PRIORITIES))
    assert {c.status for c in records.cases} <= set(dict(STATUSES))


def test_history_has_its_seasons_and_its_week(log: Log) -> None:
    days = Counter(
        (happening.at + timedelta(hours=8)).date()
        for happening in log.by_kind["lead_captured"]
        if happening.details["source"] in ("email", "phone", "wecom")
    )
    festival = sum(days[datetime(2026, 2, 16).date() + timedelta(days=n)] for n in range(7))  # noqa: DTZ001
    april = sum(days[datetime(2026, 4, 13).date() + timedelta(days=n)] for n in range(7))  # noqa: DTZ001
    assert festival < april / 3


def test_knowledge_of_the_pump_wins_deals(log: Log, healthy: Log) -> None:
    won: dict[bool, list[bool]] = {True: [], False: []}
    for world in (log.world, healthy.world):
        products = {product.key: product.skill for product in world.company.products}
        for deal in world.records.opportunities:
            if deal.pipeline == "project" and deal.outcome != "open" and deal.owner:
                level = world.scene.roster.people[deal.owner].skills.get(products[deal.product], 0)
                won[level >= 3].append(deal.outcome == "won")
    assert sum(won[True]) / len(won[True]) > 1.15 * sum(won[False]) / len(won[False])


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build(1, datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="two weeks"):
        build(1, NOW, days=3)
