"""Words put together as each language writes them: spaces beside Latin letters, and capitals."""

import re

from django.utils.translation import get_language

from .fields import Words

_LATIN = re.compile(r"[A-Za-z0-9#%+-]")


def filled(pattern: Words, **parts: str) -> str:
    """The pattern with its parts; beside Chinese, figures and Latin letters get a space on either side."""
    if is_chinese():
        parts = {name: set_off(part) for name, part in parts.items()}
    return (str(pattern) % parts).strip()


def set_off(part: str) -> str:
    """A part with a space on either side where it begins or ends with Latin letters or figures."""
    before = " " if _LATIN.match(part) else ""
    after = " " if _LATIN.match(part[-1:]) else ""
    return f"{before}{part}{after}"


def is_chinese() -> bool:
    """Whether the active language is Chinese."""
    return (get_language() or "").startswith("zh")


def lowered(label: str) -> str:
    """A label inside a sentence: without its capital, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capitalised(words: str) -> str:
    """Words at the beginning of a sentence."""
    return words[:1].upper() + words[1:]
