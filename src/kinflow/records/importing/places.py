"""Countries, languages and currencies by their codes and by their names in English and Chinese."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale

from .mapping import plain
from .numbers import CURRENCIES

_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{2,8}){1,3}")
# Besides the names that Babel has.
_COUNTRIES = {
    "AE": "uae",
    "AU": "aus",
    "BR": "bra",
    "CA": "can",
    "CN": "chn|prc|mainland china|china mainland|people s republic of china|中华人民共和国|中国大陆",
    "CZ": "czech republic",
    "DE": "deu|deutschland",
    "FR": "fra",
    "GB": "gbr|uk|great britain|england|scotland",
    "HK": "hkg|hong kong|中国香港|香港",
    "ID": "idn",
    "IN": "ind",
    "JP": "jpn",
    "KR": "kor|korea|republic of korea|south korea",
    "MO": "macau|macao|澳门",
    "MY": "mys",
    "NL": "holland",
    "RU": "rus|russian federation",
    "SG": "sgp",
    "TH": "tha",
    "TW": "twn|taiwan|台湾|中国台湾",
    "US": "usa|u s a|united states of america|america",
    "VN": "vnm|viet nam",
}
_LANGUAGES = {
    "zh": "cn|中文|汉语|普通话|国语|mandarin|simplified chinese|chinese simplified|简体中文",
    "en": "eng|英文",
    "ja": "日文",
    "ru": "俄文",
    "de": "德文",
    "fr": "法文",
}


def country(name: str) -> str | None:
    """The code (ISO 3166) of a country; None for what is none."""
    return _found(name, _countries(), str.upper)


def language(name: str) -> str | None:
    """The code (ISO 639) of a language, such as "zh"; None for what is none."""
    tag = _TAG.fullmatch(name.strip())
    return _found(tag.group(1) if tag else name, _languages(), str.lower)


def currency(name: str) -> str | None:
    """The code (ISO 4217) of a currency; None for what is none."""
    return CURRENCIES.get(name.strip().lower()) or _found(name, _currencies(), str.upper)


def _found(name: str, known: Mapping[str, str], case: Callable[[str], str]) -> str | None:
    word = plain(name)
    if case(word) in known.values() and len(word) in (2, 3):
        return case(word)
    return known.get(word)


@cache
def _countries() -> Mapping[str, str]:
    return {**_names("territories", lambda code: len(code) == 2 and code.isalpha()), **_by_name(_COUNTRIES)}


@cache
def _languages() -> Mapping[str, str]:
    return {**_names("languages", lambda code: len(code) == 2), **_by_name(_LANGUAGES)}


@cache
def _currencies() -> Mapping[str, str]:
    return _names("currencies", lambda code: len(code) == 3)


def _by_name(codes: Mapping[str, str]) -> dict[str, str]:
    return {name: code for code, names in codes.items() for name in names.split("|")}


def _names(what: str, wanted: Callable[[str], bool]) -> dict[str, str]:
    """Plain names in both languages, with their codes."""
    return {
        plain(str(name)): code
        for locale in ("zh_Hans", "en")
        for code, name in getattr(Locale.parse(locale), what).items()
        if wanted(code) and code not in ("ZZ", "EU", "UN", "EZ")
    }
