"""Each planted trouble shows in a plain statistic, and is gone when it is left out."""

from dataclasses import fields

import pytest

from kinflow.demo.troubles import Troubles
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build

from . import measures
from .conftest import NOW
from .measures import Log


def rubber_stamp(log: Log) -> bool:
    number, refused, hours = measures.approvals(log)
    return number > 40 and refused < 0.03 and hours > 8


def weekend_wait(log: Log) -> bool:
    _number, late, *_shares = measures.hot_leads(log, late=True)
    _number, week, *_shares = measures.hot_leads(log, late=False)
    return late > 24 and late > 5 * week


def long_chain(log: Log) -> bool:
    _number, hand_overs, people = measures.hand_overs(log, "repair")
    return hand_overs > 2.5 and people > 3.5


def lone_expert(log: Log) -> bool:
    people, _mean, _most = measures.engineering(log, magnetic=True)
    return len(people) == 1


def asked_twice(log: Log) -> bool:
    share, back = measures.asked_again(log)
    return share > 0.4 and back > 10


def ping_pong(log: Log) -> bool:
    return measures.returns(log) > 1


def late_credit_check(log: Log) -> bool:
    _number, late, _hours = measures.refused_late(log)
    return late > 0.9


def batch_review(log: Log) -> bool:
    share, days = measures.reviews(log)
    return share > 0.7 and days > 1


SHOWS = (
    rubber_stamp,
    weekend_wait,
    long_chain,
    lone_expert,
    asked_twice,
    ping_pong,
    late_credit_check,
    batch_review,
)
SOME = Volumes(
    accounts=2300,
    contacts=5200,
    known=1750,
    strangers=60,
    returning=480,
    cases=600,
    parts=100,
    needless_mails=20,
)


def test_there_is_a_statistic_for_each_trouble() -> None:
    assert [shows.__name__ for shows in SHOWS] == [trouble.name for trouble in fields(Troubles)]


@pytest.mark.parametrize("shows", SHOWS)
def test_each_trouble_shows(log: Log, shows: object) -> None:
    assert shows(log)  # type: ignore[operator]


@pytest.mark.parametrize("shows", SHOWS)
def test_without_troubles_none_shows(healthy: Log, shows: object) -> None:
    assert not shows(healthy)  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize("trouble", [trouble.name for trouble in fields(Troubles)])
def test_leaving_one_out_takes_away_only_that_one(trouble: str) -> None:
    log = Log(build(5, NOW, days=150, volumes=SOME, troubles=Troubles.all_but(trouble)))
    assert [shows.__name__ for shows in SHOWS if not shows(log)] == [trouble]


def test_the_expert_makes_others_wait_and_nothing_goes_on_without_him(log: Log, healthy: Log) -> None:
    _people, magnetic, most = measures.engineering(log, magnetic=True)
    _people, other, _most = measures.engineering(log, magnetic=False)
    _people, shared, _most = measures.engineering(healthy, magnetic=True)
    assert magnetic > 5 * other
    assert magnetic > 3 * shared
    assert most > 2


def test_late_answers_lose_hot_leads(log: Log, healthy: Log) -> None:
    late, week = measures.hot_leads(log, late=True), measures.hot_leads(log, late=False)
    cared_for = measures.hot_leads(healthy, late=True)
    assert late[2] < week[2] * 0.6
    assert late[2] < cared_for[2] * 0.6
    assert late[3] < week[3]


def test_the_chain_takes_a_working_day_before_anybody_goes_to_the_pump(log: Log, healthy: Log) -> None:
    assert measures.hours_to_the_technician(log) > 6
    assert measures.hours_to_the_technician(healthy) < 1


def test_work_is_wasted_on_customers_who_may_not_buy(log: Log, healthy: Log) -> None:
    _number, _late, wasted = measures.refused_late(log)
    _number, _late, before = measures.refused_late(healthy)
    assert wasted > 4 * before
