"""Days that come round every year, such as birthdays: one form for all spellings, and how they are read aloud."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext

_LEAP_YEAR = 2000
_SPELLINGS = tuple(
    re.compile(rf"(?:(?P<year>\d{{4}}){shape}", re.ASCII)
    for shape in (
        r"[-/.])?(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"\s?年)?\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]?",
        r")(?P<month>\d\d)(?P<day>\d\d)",
        r"-)?--(?P<month>\d\d)-(?P<day>\d\d)",
    )
)


def one_form(text: str) -> str | None:
    """ "1980-03-06", or "03-06" where the year is not told; None for what is no day.

    >>> one_form("1980/3/6"), one_form("3月6日"), one_form("--03-06"), one_form("2-29"), one_form("1981-02-29")
    ('1980-03-06', '03-06', '03-06', '02-29', None)
    """
    for spelling in _SPELLINGS:
        if found := spelling.fullmatch(text.strip()):
            year = int(found["year"]) if found["year"] else None
            try:
                day = date(year or _LEAP_YEAR, int(found["month"]), int(found["day"]))
            except ValueError:
                return None
            return day.isoformat() if year else f"{day.month:02}-{day.day:02}"
    return None


def words(value: str) -> str:
    """The day for reading: 1980-03-06, or 6 March (3月6日); what is no such day stays as it is."""
    if len(value) != len("03-06") or one_form(value) is None:
        return value
    return date_format(
        date(_LEAP_YEAR, int(value[:2]), int(value[3:])), pgettext("format of a day without its year", "j F")
    )
