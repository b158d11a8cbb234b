"""Upper and lower case made equal, character by character, in the same way here and in PostgreSQL.

PostgreSQL's own folding depends on its version, its provider and the database's locale. So it is never asked
to fold: it gets a regular expression that spells out, for every letter, which characters count as the same.
"""

import re
from functools import cache

_LAST_CASED = 0x1E943
"""The last character with a case, in the Adlam block; nothing behind it can fold."""


def _folded(character: str) -> str:
    """The character all its cases share: its folding or its lower case, where that is one character."""
    for candidate in (character.casefold(), character.lower()):
        if len(candidate) == 1:
            return candidate
    return character


@cache
def _table() -> dict[int, str]:
    """From every character that changes to what it becomes."""
    changed: dict[int, str] = {}
    for code in range(_LAST_CASED + 1):
        character = chr(code)
        if _folded(character) != character:
            changed[code] = _folded(character)
    return changed


@cache
def _equals() -> dict[str, str]:
    """From every folded character that others share to all of them, itself included."""
    shared: dict[str, str] = {}
    for code, target in _table().items():
        shared[target] = shared.get(target, target) + chr(code)
    return shared


def fold(text: str) -> str:
    """The text with the cases of its letters made equal; never longer or shorter than before."""
    return text.translate(_table())


def has_cases(text: str) -> bool:
    """Whether any of its characters comes in several cases."""
    return any(character in _equals() for character in fold(text))


def pattern(text: str) -> str:
    """A regular expression, for PostgreSQL as for Python, that matches the text in whichever case.

    >>> pattern("m²?")
    '[mM]²\\\\?'
    """
    shared = _equals()
    return "".join(
        f"[{shared[character]}]"
        if character in shared
        else re.escape(character)
        if character.isascii()
        else character
        for character in fold(text)
    )
