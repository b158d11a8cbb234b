"""Ways to reach somebody, read from cells: addresses and phone numbers, one or several, and websites."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.phones import e164

from .cells import Doubtful, Unreadable, text, told
from .tables import Cell

_SPLIT = re.compile(r"[;,，；、\n|]+|\s/\s")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_ADDRESS = re.compile(
    r"[^\s@,;<>()\[\]\"]{1,64}@(?:[^\s@,;<>()\[\]\"._/]{1,63}\.){1,8}[^\s@,;<>()\[\]\".\d_/]{2,24}"
)
_CHINESE_MOBILE = re.compile(r"(?:\+?86[ -]?)?(1(?:3\d|5[0-35-9]|7[35-8]|8\d|9[13589])\d{8})")
_NUMBERS = re.compile(r"[;,，；、\n|/或]+")
_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]\s?[2-9]\d\d[-. ]\d{4}")
REGIONS = ("CN", "US", "GB", "DE", "IN", "FR", "JP", "AU")


def emails(cell: Cell) -> tuple[str, ...] | None:
    """The addresses in a cell, in small letters. Raises Unreadable where one of them is none."""
    if isinstance(cell, str) and _PLAIN_ADDRESS.fullmatch(cell):
        return (cell.lower(),)
    found = told(cell)
    if not found:
        return None
    pieces = [piece for piece in _SPLIT.split(found.replace("mailto:", "")) if piece.strip()]
    made = []
    for piece in pieces:
        inside = re.search(r"<([^<>]+)>", piece)
        address = (inside.group(1) if inside else piece).strip().rstrip(".").lower()
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            raise Unreadable(_("“%(text)s” is no e-mail address.") % {"text": piece.strip()[:80]})
        made.append(address)
    return tuple(dict.fromkeys(made))


def phone_reader(samples: Sequence[Cell], region: str) -> Callable[[Cell], Any]:
    """A reader for the numbers of a column, of `region` or of the country that the samples show."""
    region = region or phone_region(samples)

    def read(cell: Cell) -> tuple[str, ...] | None:
        if region == "CN" and isinstance(cell, str) and (mobile := _CHINESE_MOBILE.fullmatch(cell)):
            return (f"+86{mobile.group(1)}",)
        found = told(cell)
        if not found:
            return None
        whole = e164(found, region)
        pieces = [found] if whole else [piece.strip() for piece in _NUMBERS.split(found) if piece.strip()]
        numbers = [e164(piece, region) or piece for piece in pieces]
        if not all(number.startswith("+") for number in numbers):
            if not any(map(str.isdigit, found)):
                raise Unreadable(_("“%(text)s” is no phone number.") % {"text": found[:80]})
            raise Doubtful(
                tuple(numbers), _("“%(text)s” is kept, but is no valid phone number.") % {"text": found[:80]}
            )
        return tuple(dict.fromkeys(numbers))

    return read


def phone_region(samples: Sequence[Cell]) -> str:
    """The country whose numbers most of the samples are: by how they are grouped, else by which are valid;
    else China."""
    given = [found for cell in samples[:100] if (found := text(cell)) and not found.startswith(("+", "00"))]
    if given and sum(bool(_AMERICAN.fullmatch(number)) for number in given) >= 0.8 * len(given):
        return "US"
    valid = {region: sum(e164(number, region) is not None for number in given) for region in REGIONS}
    return max(REGIONS, key=lambda region: (valid[region], region == "CN")) if given else "CN"


def url(cell: Cell) -> str | None:
    """The address of a website, with its scheme."""
    found = told(cell)
    if not found:
        return None
    address = found if "://" in found else f"https://{found}"
    if not re.fullmatch(r"(?i)https?://[^\s/@]+\.[^\s/@]{2,}(?:[/?#]\S*)?", address) or len(address) > 200:
        raise Doubtful(
            None, _("“%(text)s” is no web address; it is kept in the notes.") % {"text": found[:80]}
        )
    return address
