"""A large JSON object read member by member, in bounded memory."""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from .limits import LogLimits, broken

_BLANKS = " \t\r\n"
Member = tuple[str, str, Any]
"""The key at the top, the key within (or "" in a list), the value."""


def members(blocks: Iterable[bytes], limits: LogLimits) -> Iterator[Member]:
    """What lies in the lists and objects of the object at the top, one by one; other values are passed over.

    Raises UnreadableFile for what is no JSON object, and for a member larger than `limits.token`.
    """
    yield from _Stream(blocks, limits).members()


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


class _Stream:
    def __init__(self, blocks: Iterable[bytes], limits: LogLimits) -> None:
        self.blocks, self.limits = iter(blocks), limits
        self.decoder = json.JSONDecoder(parse_constant=_constant)
        self.utf8 = codecs.getincrementaldecoder("utf-8-sig")()
        self.text, self.at, self.is_over = "", 0, False

    def more(self) -> bool:
        """Read another block; False at the end."""
        block = next(self.blocks, b"")
        try:
            fresh = self.utf8.decode(block, final=not block)
        except UnicodeDecodeError:
            raise broken(_("This JSON file is not UTF-8.")) from None
        self.text, self.at = self.text[self.at :] + fresh, 0
        self.is_over = not block
        return bool(block)

    def peek(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _BLANKS:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def take(self, sign: str) -> None:
        """Go past this character. Raises UnreadableFile for any other."""
        if self.peek() != sign:
            raise self.damaged()
        self.at += 1

    def value(self) -> Any:
        """The next value as a whole."""
        if self.peek() == "":
            raise self.damaged()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
                if end < len(self.text) or self.is_over:  # else a number may go on
                    self.at = end
                    return value
            except RecursionError:
                raise broken(_("This JSON file is nested too deep.")) from None
            except ValueError:
                if self.is_over:
                    raise self.damaged() from None
            wanted = 2 * (len(self.text) - self.at)
            if wanted > 2 * self.limits.token:
                raise broken(
                    _("This JSON file has a member of more than %d MB, or is damaged.")
                    % (self.limits.token >> 20)
                )
            while len(self.text) - self.at < wanted and self.more():
                pass

    def members(self) -> Iterator[Member]:
        """The members of what lies at the top."""
        self.take("{")
        for key in self._keys():
            if self.peek() == "[":
                yield from self._list(key)
            elif self.peek() == "{":
                self.take("{")
                for inner in self._keys():
                    yield key, inner, self.value()
            else:
                self.value()
        if self.peek():
            raise self.damaged()

    def _keys(self) -> Iterator[str]:
        """The keys of an open object, each with its value next; ends behind the object."""
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self.damaged()
            self.take(":")
            yield key
            if self.peek() == "}":
                self.take("}")
                return
            self.take(",")

    def _list(self, key: str) -> Iterator[Member]:
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield key, "", self.value()
            if self.peek() == "]":
                self.take("]")
                return
            self.take(",")

    def damaged(self) -> Exception:
        """The refusal of what is no JSON."""
        return broken(_("This JSON file is damaged or incomplete."))
