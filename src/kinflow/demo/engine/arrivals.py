"""When things come in: by season, weekday, hour, holiday and growth."""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from .chance import Chance
from .holidays import is_holiday, is_working_day, spring_festival

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTHS = (0.82, 0.70, 1.10, 1.16, 1.10, 1.02, 0.92, 0.90, 1.10, 1.06, 1.10, 1.02)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0.2, 1, 5, 9, 10, 6, 2.5, 4, 8, 9, 8, 5, 2, 1, 0.8, 0.5, 0.2, 0.1)
"""How arrivals spread over the hours of a day, for things that people do at work."""
ONLINE_HOURS = (0.8, 0.4, 0.3, 0.2, 0.2, 0.3, 0.8, 2, 5, 8, 9, 6, 4, 5, 8, 8, 7, 5, 4, 4.5, 5.5, 5.5, 4, 2)
PLANT_HOURS = (1, 1, 1, 1, 1.2, 1.5, 2.5, 5, 8, 8, 7, 5, 3.5, 5, 6, 6, 5, 4, 3.5, 3, 2.5, 2, 1.5, 1.2)
GROWTH = 0.16
"""How much busier the last day is than the first."""


def day_weights(first: date, days: int, country: str, weekend: float, growth: float = GROWTH) -> list[float]:
    """How busy each day is; `weekend` is the share of a working day's arrivals that comes on a free day."""
    weights = []
    for number in range(days):
        day = first + timedelta(days=number)
        weight = MONTHS[day.month - 1] * (1 + growth * number / max(1, days))
        if not is_working_day(country, day):
            weight *= weekend * (0.5 if is_holiday(country, day) else 1.0)
        elif day.isoweekday() in (1, 2):
            weight *= 1.1
        weights.append(weight * (_around_spring_festival(day) if country == "CN" else 1.0))
    return weights


def _around_spring_festival(day: date) -> float:
    distance = (day - spring_festival(day.year)).days
    if 0 <= distance <= 8:
        return 0.12
    if -8 <= distance < 0 or 8 < distance <= 15:
        return 0.45
    return 0.8 if -16 <= distance < 0 else 1.0


def moments(
    chance: Chance,
    count: int,
    first: date,
    days: int,
    *,
    hours: Sequence[float] = OFFICE_HOURS,
    weekend: float = 0.1,
    country: str = "CN",
    hours_ahead: float = 8,
    growth: float = GROWTH,
    begin: int = 0,
) -> list[int]:
    """`count` moments in order of time, as seconds since 1970; `hours_ahead` of UTC is their place.

    What would come before `begin` on the first day comes at its hour on the day after the last.
    """
    by_day = list(accumulate(day_weights(first, days, country, weekend, growth)))
    by_hour = list(accumulate(hours))
    start = int(datetime.combine(first, time(), SHANGHAI).timestamp()) + int((8 - hours_ahead) * 3600)
    found = (
        start
        + bisect(by_day, chance.random() * by_day[-1], 0, days - 1) * 86400
        + bisect(by_hour, chance.random() * by_hour[-1], 0, 23) * 3600
        + int(chance.random() * 3600)
        for _arrival in range(count)
    )
    return sorted(moment if moment >= begin else moment + days * 86400 for moment in found)


FAIRS: tuple[tuple[int, int, int, str, str], ...] = (
    # month, week of the month, days, Chinese name, English name
    (3, 3, 3, "广州流体装备展", "Guangzhou fluid equipment fair"),
    (4, 2, 5, "汉诺威工业博览会", "Hannover industry fair"),
    (6, 1, 3, "上海环保水展", "Shanghai water fair"),
    (9, 2, 3, "宁波装备制造展", "Ningbo equipment fair"),
    (10, 4, 3, "成都化工装备展", "Chengdu chemical equipment fair"),
    (11, 3, 4, "上海国际泵阀展", "Shanghai pumps and valves fair"),
)


def fairs(first: date, last: date) -> list[tuple[date, int, str, str]]:
    """The trade fairs between two days: first day (a Tuesday), number of days, names."""
    found = []
    for year in range(first.year, last.year + 1):
        for month, week, days, name, name_en in FAIRS:
            day = date(year, month, 1 + (week - 1) * 7)
            day += timedelta(days=(2 - day.isoweekday()) % 7)
            if first <= day and day + timedelta(days=days) <= last:
                found.append((day, days, name, name_en))
    return sorted(found)
