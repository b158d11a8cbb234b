"""When things come in."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from kinflow.demo.engine.arrivals import ONLINE_HOURS, fairs, moments
from kinflow.demo.engine.chance import Chance

FIRST = date(2024, 6, 1)


def local(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC) + timedelta(hours=8)


def arrivals(**how: object) -> list[datetime]:
    return [local(moment) for moment in moments(Chance(1), 20_000, FIRST, 730, **how)]  # type: ignore[arg-type]


def test_exactly_so_many_come_in_order_within_the_days() -> None:
    found = arrivals()
    assert len(found) == 20_000
    assert found == sorted(found)
    assert all(FIRST <= moment.date() < FIRST + timedelta(days=730) for moment in found)


def test_hardly_anything_comes_during_the_spring_festival() -> None:
    by_day = Counter(moment.date() for moment in arrivals())
    festival = sum(by_day[date(2025, 1, 28) + timedelta(days=n)] for n in range(7))
    march = sum(by_day[date(2025, 3, 10) + timedelta(days=n)] for n in range(7))
    assert festival < march * 0.08


def test_weekends_are_quiet_on_the_telephone_but_not_on_the_web() -> None:
    def weekend_share(found: list[datetime]) -> float:
        return sum(moment.isoweekday() > 5 for moment in found) / len(found)

    assert weekend_share(arrivals(weekend=0.05)) < 0.06
    assert weekend_share(arrivals(weekend=0.6, hours=ONLINE_HOURS)) > 0.15


def test_make_up_saturdays_are_working_days() -> None:
    by_day = Counter(moment.date() for moment in arrivals(weekend=0.05))
    assert by_day[date(2025, 9, 28)] > 5 * by_day[date(2025, 9, 21)]


def test_business_grows() -> None:
    found = arrivals(weekend=0.1)
    first = sum(moment.date() < FIRST + timedelta(days=365) for moment in found)
    assert 1.03 < (len(found) - first) / first < 1.2


def test_the_far_away_write_in_our_night() -> None:
    found = arrivals(country="", hours_ahead=-6)
    assert sum(moment.hour >= 21 or moment.hour < 9 for moment in found) / len(found) > 0.8


def test_fairs_lie_within_the_period_and_begin_on_tuesdays() -> None:
    held = fairs(FIRST, FIRST + timedelta(days=730))
    assert len(held) == 12
    assert all(day.isoweekday() == 2 for day, *_rest in held)
