"""Public holidays as the State Council announced them, and as other countries keep them."""

from datetime import date

import pytest

from kinflow.organisation.calendars import china
from kinflow.organisation.calendars.public_days import UnknownCountry, exceptions_of, holidays_of


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2023, 1, 21), (None, "春节")),
        (date(2023, 10, 7), (4, "国庆节")),
        (date(2024, 2, 4), (4, "春节")),
        (date(2025, 10, 8), (None, "国庆节")),
        (date(2026, 1, 4), (5, "元旦")),
        (date(2026, 2, 16), (None, "春节")),
        (date(2026, 10, 10), (3, "国庆节")),
    ],
)
def test_china_as_announced(day, wanted):
    assert holidays_of("CN", [day.year], "zh-hans")[day] == wanted


@pytest.mark.parametrize("year", range(2023, 2027))
def test_every_worked_weekend_stands_for_a_weekday_that_is_off(year):
    days = holidays_of("CN", [year])
    worked = {day: works_as for day, (works_as, _name) in days.items() if works_as}
    assert worked
    assert all(day.isoweekday() > 5 and 1 <= works_as <= 5 for day, works_as in worked.items())
    assert china.is_announced(year)


def test_of_a_year_not_announced_only_the_statutory_days_are_known():
    days = holidays_of("CN", [2100], "zh-hans")
    assert days[date(2100, 10, 1)] == (None, "国庆节")
    assert not any(works_as for works_as, _name in days.values())
    assert not china.is_announced(2100)


def test_other_countries_have_theirs():
    days = holidays_of("DE", [2026, 2027])
    assert days[date(2026, 10, 3)][0] is None
    assert {day.year for day in days} == {2026, 2027}
    assert date(2026, 7, 4) in exceptions_of("US", 2026)


def test_no_country_has_no_holidays():
    assert holidays_of("", [2026]) == {}


@pytest.mark.parametrize("country", ["XX", "cn", "__", "CHN"])
def test_an_unknown_country_says_so(country):
    with pytest.raises(UnknownCountry):
        holidays_of(country, [2026])
