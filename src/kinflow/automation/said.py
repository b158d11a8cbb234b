"""Words kept by their message and what stands in it, and told in the language of whoever reads them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from kinflow.kit.problem import Problem

from .bilingual import in_active_language

MOST_KEPT = 500
MOST_WITHIN = 80
_MARK = "[["


@dataclass(frozen=True)
class Said:
    """A message of the catalogue, and what stands in it: words by language, or what is the same in all of them.

    Its text is in the language that is active when it is asked for.
    """

    message: str
    within: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _text(self.message, self.within, str)


def said(message: str, **within: Any) -> Said:
    """A message, marked for the catalogue by `gettext_noop`, with what stands in it."""
    return Said(message, within)


def kept_problem(problem: Problem) -> str:
    """What went wrong as it is kept: at most 500 characters, for `told`."""
    return _kept([problem.detail or problem.title, *(error.message for error in problem.errors)])


def kept(words: Any) -> str:
    """Words as they are kept: at most 500 characters, for `told`; "" where there are none."""
    return _kept([words]) if words else ""


def told(text: str, called: Callable[[str], str] = str) -> str:
    """What was kept, in the active language; `called` gives the names of what stands in it.

    Words that were kept as they were said are translated where they are a message of the catalogue.
    """
    if not text.startswith(_MARK):
        return gettext(text) if text else ""
    try:
        parts = [_text(str(message), dict(within), called) for message, within in json.loads(text)]
    except (TypeError, ValueError):
        return text
    return " ".join(parts)


def _kept(words: list[Any]) -> str:
    """Each as its message with what stands in it; in the active language where that would be too long."""
    for most in (MOST_KEPT, 2 * MOST_WITHIN, MOST_WITHIN):
        text = json.dumps([_parts(one, most) for one in words], ensure_ascii=False, separators=(",", ":"))
        if len(text) <= MOST_KEPT:
            return text
    return " ".join(map(str, words))[:MOST_KEPT]


def _parts(words: Any, most: int) -> tuple[str, Mapping[str, Any]]:
    if isinstance(words, Said):
        return words.message, {key: _short(value, most) for key, value in words.within.items()}
    if isinstance(words, Promise):
        with translation.override(None):  # nothing is translated: the message itself
            return str(words), {}
    return str(words), {}


def _short(value: Any, most: int) -> Any:
    if isinstance(value, Mapping):
        return {language: str(words)[:most] for language, words in value.items()}
    return value if isinstance(value, int | float) else str(value)[:most]


def _text(message: str, within: Mapping[str, Any], called: Callable[[str], str]) -> str:
    """The message in the active language; as it is where it has no place for what is to stand in it."""
    words = gettext(message) if message else ""
    if not within:
        return words
    try:
        return words % {key: _called(value, called) for key, value in within.items()}
    except (KeyError, TypeError, ValueError):
        return words


def _called(value: Any, called: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return in_active_language(value)
    return called(value) if isinstance(value, str) else value
