"""Words kept by their message and what stands in it, and told in the language of whoever reads them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_noop

from kinflow.eventlog.command import attempt
from kinflow.eventlog.wording import coded
from kinflow.kit.problem import Problem

from .bilingual import LANGUAGES, in_active_language

MOST_KEPT = 500
MOST_WITHIN = 80
MOST_IN_ALL = 4_000
"""Characters of what is kept in the words of every language, where there is room for it."""
MARK = "[["
_AS_IT_IS = gettext_noop("%(said)s")
_PLACES = re.compile(r"%(?:%|\([a-z_]{1,40}\)[sd])")


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
    return _kept(_all_of(problem))


def kept(words: Any, most: int = MOST_KEPT) -> str:
    """Words as they are kept: at most so many characters, for `told`; "" where there are none."""
    return _kept([words], most) if words else ""


def kept_in_all(words: Mapping[str, str], most: int = MOST_IN_ALL) -> str:
    """Words that were said in every language, as they are kept for `told`; plain where all languages say the same."""
    said_as = set(words.values())
    return said_as.pop() if len(said_as) == 1 else kept(said(_AS_IT_IS, said=words), most)


def kept_fault(problem: Problem, again: Callable[[], Any] | None = None) -> tuple[str, str]:
    """What went wrong and its remedy, as they are kept for `told`, in the words of every language.

    `again` does within the running action what raised the problem, in another language; what it does is undone.
    """
    by_language = {get_language() or LANGUAGES[0]: problem}
    if again is not None:
        by_language |= _in_others(again, by_language)
    faults = {language: _all_of(each) for language, each in by_language.items()}
    remedies = {language: [each.remedy] for language, each in by_language.items()}
    return _kept(_together(faults), MOST_IN_ALL), _kept(
        _together(remedies), MOST_IN_ALL
    ) if problem.remedy else ""


class _Undone(Exception):
    """What was done only to hear what it says is undone."""


def _in_others(again: Callable[[], Any], known: Mapping[str, Problem]) -> dict[str, Problem]:
    found = {}
    for language in set(LANGUAGES) - set(known):
        try:
            with translation.override(language), attempt():
                again()
                raise _Undone
        except Problem as problem:
            found[language] = problem
        except Exception:  # noqa: S112  # it says nothing in this language: then it is told in the other
            continue
    return found


def _all_of(problem: Problem) -> list[Any]:
    return [problem.detail or problem.title, *(error.message for error in problem.errors)]


def _together(words: Mapping[str, Sequence[Any]]) -> list[Any]:
    """The parts of what was said in several languages, each with its words in all of them."""
    first = next(iter(words.values()))
    if any(len(each) != len(first) for each in words.values()):
        return list(first)
    return [_one_of({language: parts[k] for language, parts in words.items()}) for k in range(len(first))]


def _one_of(words: Mapping[str, Any]) -> Any:
    first = next(iter(words.values()))
    if isinstance(first, Said | Promise) or len(set(words.values())) == 1:
        return first
    return said(_AS_IT_IS, said=words)


def told(text: str, called: Callable[[str], str] = str) -> str:
    """What was kept, in the active language; `called` gives the names of what stands in it.

    Words that were kept as they were said are translated where they are a message of the catalogue.
    """
    if not text.startswith(MARK):
        return gettext(text) if text else ""
    try:
        parts = [_text(str(message), dict(within), called) for message, within in json.loads(text)]
    except (TypeError, ValueError):
        return text
    return " ".join(parts)


def tell_kept() -> None:
    """Let the log's sentences tell what was kept."""
    coded[MARK] = told


def shown(text: str) -> str:
    """What a program kept, in the active language; what a person wrote, as it is."""
    return told(text) if text.startswith(MARK) else text


def _kept(words: list[Any], longest: int = MOST_KEPT) -> str:
    """Each as its message with what stands in it; in the active language where that would be too long."""
    for most in (longest, MOST_KEPT, 2 * MOST_WITHIN, MOST_WITHIN):
        text = json.dumps([_parts(one, most) for one in words], ensure_ascii=False, separators=(",", ":"))
        if len(text) <= longest:
            return text
    return " ".join(map(str, words))[:longest]


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
    if not within or not _PLACES.search(words) or "%" in _PLACES.sub("", words):
        return words
    try:
        return words % {key: _called(value, called) for key, value in within.items()}
    except (KeyError, TypeError, ValueError):
        return words


def _called(value: Any, called: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return in_active_language(value)
    return called(value) if isinstance(value, str) else value
