"""Text made equal where people mean the same: width, case, accents."""

import unicodedata
from functools import lru_cache

_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"  # the accents of Latin, Greek and Cyrillic letters
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Letters with a stroke, which Unicode does not take apart.
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


def half_width(text: str) -> str:
    """The text with full-width letters, digits, signs and spaces in their usual width.

    >>> half_width("（０１０）６５５２　９９８８")
    '(010)6552 9988'
    """
    return text if text.isascii() else text.translate(_WIDE)


def folded(text: str) -> str:
    """The text for finding: small letters, usual width, no accents; compatibility forms taken apart.

    Folding what is folded changes nothing. The length may change: "ß" becomes "ss".

    >>> folded("ＡＢＣ Müller Straße ①")
    'abc muller strasse 1'
    """
    if text.isascii():
        return text.lower()
    bare = "".join(map(_folded_character, unicodedata.normalize("NFKC", text)))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=65536)
def _folded_character(character: str) -> str:
    """One character of normalised text, folded until it no longer changes."""
    before = ""
    while before != character:
        before = character
        apart = unicodedata.normalize("NFKD", character).casefold()
        bare = "".join(mark for mark in apart if not _FIRST_MARK <= mark <= _LAST_MARK)
        character = unicodedata.normalize("NFC", bare).translate(_STROKES)
    return character
