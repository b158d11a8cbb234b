"""China's public holidays, with the weekends that are worked in exchange (调休).

The State Council's General Office announces each year's arrangement in the autumn before
(国务院办公厅关于部分节假日安排的通知, www.gov.cn). The library chinese-calendar holds what was announced; the library
`holidays` the statutory days of years not announced yet (全国年节及纪念日放假办法, as changed with effect from 2025),
and which weekday a worked weekend stands for.
"""

import re
from datetime import date
from functools import lru_cache

import chinese_calendar
import holidays

PublicDay = tuple[int | None, str]
_WORKED_FOR = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


@lru_cache(maxsize=128)
def public_days(year: int, language: str = "zh-hans") -> dict[date, PublicDay]:
    """The days of the year that differ from the week, by date: (None for off or the ISO weekday worked as, name)."""
    if not is_announced(year):
        spoken = "zh_CN" if language.startswith("zh") else "en_US"
        named = holidays.country_holidays("CN", years=[year], language=spoken)
        return {day: (None, name) for day, name in sorted(named.items()) if day.year == year}
    swaps, found = _swaps(year), dict[date, PublicDay]()
    for day, name in chinese_calendar.holidays.items():
        if day.year == year:
            found[day] = (None, _named(name, language))
    for day, name in chinese_calendar.workdays.items():
        if day.year == year:
            found[day] = (swaps.get(day, 1), _named(name, language))
    return dict(sorted(found.items()))


@lru_cache(maxsize=128)
def is_announced(year: int) -> bool:
    """Whether the year's arrangement is known; else only statutory holidays are, and no weekend is worked."""
    return any(day.year == year for day in chinese_calendar.holidays)


def _named(name: str, language: str) -> str:
    return _CHINESE[name] if language.startswith("zh") else name


def _swaps(year: int) -> dict[date, int]:
    """Of each worked weekend the weekday it stands for: the one of the day that is off in exchange."""
    named = holidays.country_holidays("CN", years=[year - 1, year, year + 1], language="zh_CN")
    return {
        date(*map(int, found.groups())): off.isoweekday()
        for off, name in named.items()
        if (found := _WORKED_FOR.search(name))
    }
