"""When the company works: offices, shifts of the hotline, technicians, and the offices abroad."""

from datetime import date, timedelta

from ..engine.worktime import WorkTime, worktime_of
from .facts import WorkingCalendar

Spans = tuple[tuple[str, str], ...]
OFFICE: Spans = (("08:30", "12:00"), ("13:00", "17:30"))


def _week(spans: Spans, days: str = "12345", saturday: Spans = ()) -> dict[str, Spans]:
    return dict.fromkeys(days, spans) | ({"6": saturday} if saturday else {})


def calendars_of(first: date, last: date) -> tuple[WorkingCalendar, ...]:
    """The calendars, with the company's own days (stocktaking, founder's day) from `first` to `last`."""
    years = range(first.year, last.year + 1)
    store_days = tuple((_stocktaking(year), None, "年终盘点") for year in years)
    office = "Asia/Shanghai"
    return (
        WorkingCalendar("office", "总部办公室", "Head office", office, "CN", _week(OFFICE)),
        WorkingCalendar(
            "hotline-early",
            "热线早班",
            "Hotline, early shift",
            office,
            "CN",
            _week(
                (("07:30", "11:30"), ("12:00", "15:30")), saturday=(("08:30", "12:00"), ("12:30", "16:30"))
            ),
        ),
        WorkingCalendar(
            "hotline-late",
            "热线晚班",
            "Hotline, late shift",
            office,
            "CN",
            _week((("12:30", "16:30"), ("17:00", "20:30"))),
        ),
        WorkingCalendar(
            "field",
            "现场服务",
            "Field service",
            office,
            "CN",
            _week((("08:00", "12:00"), ("13:00", "17:30")), saturday=(("08:00", "12:00"),)),
        ),
        WorkingCalendar(
            "store",
            "备件仓库",
            "Parts store",
            office,
            "CN",
            _week((("08:00", "11:30"), ("12:30", "17:00")), saturday=(("08:00", "11:30"),)),
            store_days,
        ),
        WorkingCalendar(
            "overseas-day",
            "海外部（错时）",
            "Overseas desk, shifted hours",
            office,
            "CN",
            _week((("10:00", "13:00"), ("14:00", "19:30"))),
        ),
        WorkingCalendar(
            "hamburg",
            "汉堡办事处",
            "Hamburg office",
            "Europe/Berlin",
            "DE",
            _week((("08:30", "12:30"), ("13:15", "17:15")), "1234")
            | {"5": (("08:30", "12:30"), ("13:15", "16:00"))},
        ),
        WorkingCalendar(
            "weekend-duty",
            "周末值班",
            "Weekend duty",
            office,
            "",
            _week((("09:00", "12:30"), ("13:30", "19:00")), "3567"),
        ),
    )


def _stocktaking(year: int) -> date:
    day = date(year, 12, 31)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return day


def worktime_by(calendars: tuple[WorkingCalendar, ...], first: date, last: date) -> dict[str, WorkTime]:
    """The working time of each calendar by its key."""
    return {
        c.key: worktime_of(
            c.week, c.time_zone, c.country, first, last, {day: works for day, works, _why in c.days}
        )
        for c in calendars
    }
