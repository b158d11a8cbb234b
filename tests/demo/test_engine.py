"""The loop, the desks and working time."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.demo.engine.chance import Chance, Streams, Weighted
from kinflow.demo.engine.desks import Desk, Desks
from kinflow.demo.engine.holidays import is_working_day, spring_festival
from kinflow.demo.engine.loop import Loop, Story, Turn
from kinflow.demo.engine.worktime import NEVER, WorkTime, worktime_of

HOUR = 3600
OFFICE = dict.fromkeys("12345", (("08:30", "12:00"), ("13:00", "17:30")))
DAYS = WorkTime([(day * 24 * HOUR + 9 * HOUR, day * 24 * HOUR + 17 * HOUR) for day in range(60)])


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def play(hours: WorkTime, *stories: Story, until: int = 40 * 24 * HOUR) -> Loop:
    loop = Loop(0)
    desks = Desks({name: Desk(loop, name, hours, 1.0, Chance(1)) for name in ("ann", "bob")})
    loop.take = desks.take
    for story in stories:
        loop.begin(story)
    for _step in loop.run(until):
        pass
    return loop


def doing(turn: Turn, done: list[Turn]) -> Story:
    yield turn
    yield turn.ends_at
    done.append(turn)


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not() -> None:
    hours = worktime_of(OFFICE, "Asia/Shanghai", "CN", date(2025, 1, 20), date(2025, 2, 15))
    assert hours.is_open(at("2025-01-26T10:00+08:00"))  # a Sunday, worked for the Spring Festival
    assert not hours.is_open(at("2025-01-29T10:00+08:00"))
    assert hours.next_open(at("2025-01-27T18:00+08:00")) == at("2025-02-05T08:30+08:00")


def test_own_days_of_a_calendar_come_before_the_countrys() -> None:
    own = {date(2025, 1, 21): None}
    hours = worktime_of(OFFICE, "Asia/Shanghai", "CN", date(2025, 1, 20), date(2025, 1, 24), own)
    assert not hours.is_open(at("2025-01-21T10:00+08:00"))


def test_an_office_abroad_keeps_its_zone_through_summer_time() -> None:
    hours = worktime_of(OFFICE, "Europe/Berlin", "DE", date(2025, 3, 24), date(2025, 4, 4))
    assert hours.next_open(at("2025-03-24T00:00+00:00")) == at("2025-03-24T07:30+00:00")
    assert hours.next_open(at("2025-03-31T00:00+00:00")) == at("2025-03-31T06:30+00:00")


@pytest.mark.parametrize(("year", "day"), [(2025, date(2025, 1, 28)), (2026, date(2026, 2, 16))])
def test_the_spring_festival_is_found(year: int, day: date) -> None:
    assert spring_festival(year) == day


def test_years_not_announced_yet_have_the_legal_holidays() -> None:
    assert not is_working_day("CN", date(2035, 10, 1))
    assert is_working_day("CN", date(2035, 9, 19))


@given(
    begin=st.integers(0, 40 * 24 * HOUR),
    seconds=st.integers(60, 60 * HOUR),
    away=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 4)), max_size=3),
)
def test_finishing_takes_exactly_the_working_time(
    begin: int, seconds: int, away: list[tuple[int, int]]
) -> None:
    hours = DAYS.without([(day * 24 * HOUR, (day + length) * 24 * HOUR) for day, length in away])
    begin = hours.next_open(begin)
    end = hours.finish(begin, seconds)
    if end != NEVER:
        assert hours.between(begin, end) == seconds
        assert hours.is_open(end)


@given(begin=st.integers(0, 50 * 24 * HOUR), minutes=st.integers(1, 500), day=st.integers(0, 55))
def test_short_work_is_not_broken_and_long_work_not_left_lying(begin: int, minutes: int, day: int) -> None:
    hours = DAYS.without([(day * 24 * HOUR, (day + 3) * 24 * HOUR)])
    start = hours.fitting(begin, minutes * 60)
    end = hours.finish(start, minutes * 60)
    if minutes <= 75:
        assert end - start == minutes * 60
    assert not start < day * 24 * HOUR < end


def test_a_person_does_one_thing_at_a_time_and_the_urgent_first() -> None:
    done: list[Turn] = []
    turns = [Turn("ann", 45, priority) for priority in (5, 4, 1, 3, 2)]
    play(DAYS, *(doing(turn, done) for turn in turns))
    assert [turn.priority for turn in done] == [1, 2, 3, 4, 5]
    assert all(first.ends_at < second.starts_at for first, second in zip(done, done[1:], strict=False))


def test_a_leavers_work_goes_to_the_successor() -> None:
    loop, done = Loop(0), list[Turn]()
    desks = Desks({name: Desk(loop, name, DAYS, 1.0, Chance(1)) for name in ("ann", "bob")})
    loop.take = desks.take
    for _piece in range(3):
        loop.begin(doing(Turn("ann", 30, 5), done))
    loop.at(2, desks.hand_over, "ann", "bob")
    loop.begin(doing(Turn("ann", 30, 5), done), at=3)
    for _step in loop.run(5 * 24 * HOUR):
        pass
    assert [turn.who for turn in done] == ["bob"] * 4


def test_a_story_never_goes_back_in_time() -> None:
    seen: list[int] = []
    loop = Loop(100)

    def story() -> Story:
        yield 50
        seen.append(loop.now)
        yield 200
        seen.append(loop.now)

    loop.begin(story())
    for _step in loop.run(1000):
        pass
    assert seen == [100, 200]
    assert loop.now == 1000


def test_weights_decide_how_often_a_value_is_picked() -> None:
    chance, picker = Chance(3), Weighted([("often", 9.0), ("seldom", 1.0), ("never", 0.0)])
    picks = [picker.pick(chance) for _pick in range(4000)]
    assert 0.08 < picks.count("seldom") / len(picks) < 0.12
    assert "never" not in picks


def test_streams_are_reproducible_and_independent() -> None:
    assert Streams(5).of("a").random() == Streams(5).of("a").random()
    assert len({Streams(seed).of(name).random() for seed in (5, 6) for name in ("a", "b")}) == 4


def test_moments_are_in_utc_seconds() -> None:
    assert datetime.fromtimestamp(at("2025-01-26T10:00+08:00"), UTC).hour == 2
