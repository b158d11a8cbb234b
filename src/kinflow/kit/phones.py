"""Phone numbers as people write them, made one form: E.164."""

import re
from functools import cache, lru_cache
from typing import Any

from kinflow.kit.folding import half_width

LONGEST = 60  # characters of a text that may be a phone number
_MOBILE = re.compile(r"(\+|00)?(86)?[ -]?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})")
_SCIENTIFIC = re.compile(r"\d[eE][+-]?\d")  # what spreadsheets make of long numbers; the last digits are lost
_SEVERAL = re.compile(r"[;,、|\n]|\s/\s")  # where a second number begins; the library would drop it
_WHOLE_FLOAT = re.compile(r"(\d{7,})\.0+")
_EXTENSION = re.compile(
    r"(?i)(?<=[\d)])\s*[,(]?\s*(?:转|轉|分机号?|分機號?|内线|ext(?:ension|n)?\.?|x|#)\s*[:.]?\s*(\d{1,8})\)?\s*$"
)
_THIRD_GROUP = re.compile(r"((?:(?:\+|00)?86[ -]?)?\(?0\d{2,3}\)?[ -]?\d{7,8})-(\d{1,6})")


def e164(text: str, region: str = "CN") -> str | None:
    """The number in the form "+8613800138000"; None when it is not a valid number of any country.

    `region` (ISO 3166, two letters) says whose number it is where no country code is written. An extension is left
    out, as E.164 has none: `extension` tells it. A number that a spreadsheet damaged ("1.38E+10") is none.

    >>> e164("１３８ ００１３ ８０００"), e164("021-6552 9988 转 12"), e164("1.38E+10")
    ('+8613800138000', '+862165529988', None)
    """
    if len(text) > LONGEST:
        return None
    plain = half_width(text).strip()
    mobile = _MOBILE.fullmatch(plain)
    if mobile and _is_chinese(mobile, region) and _chinese_mobiles().fullmatch("".join(mobile.groups()[2:])):
        return "+86" + "".join(mobile.groups()[2:])
    return _parsed(plain, region.upper())


def extension(text: str) -> str:
    """The digits of the extension behind a number ("转 12", "ext. 12", a third group); empty without one.

    >>> extension("010-6552 9988 分机 803"), extension("021-65529988-12"), extension("13800138000")
    ('803', '12', '')
    """
    return _apart(half_width(text[:LONGEST]).strip())[1]


@lru_cache(maxsize=65536)
def display(number: str, region: str = "") -> str:
    """An E.164 number for reading: "+86 138 0013 8000", and as written at home where `region` is its own.

    What is no such number stays as it is.

    >>> display("+8613800138000"), display("+861065529988", "CN"), display("ask Ms Li")
    ('+86 138 0013 8000', '010 6552 9988', 'ask Ms Li')
    """
    library = _library()
    try:
        parsed = library.parse(number, None)
    except library.NumberParseException:
        return number
    is_home = bool(region) and library.region_code_for_number(parsed) == region.upper()
    form = library.PhoneNumberFormat.NATIONAL if is_home else library.PhoneNumberFormat.INTERNATIONAL
    return str(library.format_number(parsed, form))


def _is_chinese(mobile: re.Match[str], region: str) -> bool:
    international, country = mobile.group(1), mobile.group(2)
    return bool(country) and (bool(international) or region == "CN") or (not international and region == "CN")


def _apart(plain: str) -> tuple[str, str]:
    """The number and its extension."""
    if third := _THIRD_GROUP.fullmatch(plain):
        return third[1], third[2]
    if found := _EXTENSION.search(plain):
        return plain[: found.start()], found[1]
    return plain, ""


@lru_cache(maxsize=65536)
def _parsed(plain: str, region: str) -> str | None:
    if _SCIENTIFIC.search(plain):
        return None
    if whole := _WHOLE_FLOAT.fullmatch(plain):
        plain = whole[1]
    library, single = _library(), _apart(plain)[0]
    if _SEVERAL.search(single):
        return None
    try:
        number = library.parse(single, region or None)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


@cache
def _library() -> Any:
    """The library, loaded when the first number needs it."""
    import phonenumbers  # its metadata takes a moment that most programs need not spend

    return phonenumbers


@cache
def _chinese_mobiles() -> re.Pattern[str]:
    """What the library takes for a Chinese mobile number, so that the short way never leads elsewhere."""
    metadata = _library().PhoneMetadata.metadata_for_region("CN")
    return re.compile(metadata.mobile.national_number_pattern)
