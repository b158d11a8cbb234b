"""Reading a body: JSON, strictly, within bounds, without what no column can hold."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from kinflow.web.problems import NotUnderstood

DEEPEST = 20
MOST_VALUES = 50_000


class StrictParser(Parser):
    """The parser of all bodies."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value; raises NotUnderstood."""
        return value_of(request.body)


def value_of(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises NotUnderstood for all else, and for what is too deep or too much."""
    try:
        value = json.loads(raw.decode(), parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise NotUnderstood(_("The body is not UTF-8.")) from None
    except (ValueError, RecursionError):
        raise NotUnderstood(
            _("The body is not JSON."), remedy=_("Check brackets, quotes, commas and names that come twice.")
        ) from None
    _check(value)
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice")
    return members


def _check(value: Any) -> None:
    """Walk the value level by level."""
    level, seen = [value], 0
    for _depth in range(DEEPEST):
        below: list[Any] = []
        for each in level:
            if isinstance(each, str):
                refuse_strange(each)
            elif isinstance(each, dict):
                below += [*each, *each.values()]
            elif isinstance(each, list):
                below += each
        seen += len(below)
        if seen > MOST_VALUES:
            raise NotUnderstood(
                _("The body holds too many values: at most %(most)d.") % {"most": MOST_VALUES}
            )
        if not below:
            return
        level = below
    raise NotUnderstood(_("The body is nested too deep: at most %(most)d levels.") % {"most": DEEPEST})


def refuse_strange(text: str) -> None:
    """Raise NotUnderstood for the NUL character and for halves of characters: nothing can keep them."""
    if "\x00" in text or not _is_whole(text):
        raise NotUnderstood(_("There is a character in it that is none (NUL, or half of one)."))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
