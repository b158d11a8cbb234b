"""Public holidays of any country: the days that differ from the week for everybody."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import holidays
from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Invalid

from . import china
from .china import PublicDay


class UnknownCountry(Invalid):
    """Of this country no public holidays are known."""

    code = "unknown-country"
    title = _("The public holidays of this country are not known")


def holidays_of(country: str, years: Iterable[int], language: str = "en") -> dict[date, PublicDay]:
    """The public days of a country (ISO 3166, two letters) in some years, in order.

    Of each date (None for a day off, or the ISO weekday it is worked as; its name). An empty country has none. Names
    come in `language` ("en", "zh-hans") where they are known in it, else in the country's own. Raises UnknownCountry.
    """
    found: dict[date, PublicDay] = {}
    for year in sorted(set(years)):
        found |= _year_of(country, year, language)
    return found


@lru_cache(maxsize=512)
def exceptions_of(country: str, year: int) -> dict[date, int | None]:
    """The public days of a year without their names."""
    return {day: works_as for day, (works_as, _name) in _year_of(country, year, "en").items()}


@cache
def countries() -> tuple[str, ...]:
    """The countries whose public holidays are known."""
    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))


def _year_of(country: str, year: int, language: str) -> dict[date, PublicDay]:
    if not country:
        return {}
    if country == "CN":
        return china.public_days(year, language)
    if country not in countries():
        raise UnknownCountry(country, field="country")
    spoken = _spoken(country, "zh_CN" if language.startswith("zh") else "en_US")
    named = holidays.country_holidays(country, years=[year], language=spoken)
    return {day: (None, name) for day, name in sorted(named.items()) if day.year == year}


@lru_cache(maxsize=512)
def _spoken(country: str, wanted: str) -> str | None:
    """The library's language for the names; None is the country's own."""
    known = holidays.list_localized_countries().get(country, ())
    return next((language for language in (wanted, "en_US") if language in known), None)
