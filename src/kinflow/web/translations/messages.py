"""A message that a source file asks to have translated, and the error when a file cannot be read for them."""

from collections.abc import Sequence
from dataclasses import dataclass

# Which argument of a gettext function is what: c context, s singular, p plural.
ARGUMENTS = {"gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}


class UnreadableSource(Exception):
    """A source file cannot be read for messages; says where and why."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A text in English with the file and line that ask for it.

    `context` tells equal texts with different meanings apart ("" where there is none); `plural` is the
    text for more than one ("" where there is none).
    """

    singular: str
    plural: str = ""
    context: str = ""
    file: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks a text up by: context and singular."""
        return self.context, self.singular


def message_of(function: str, texts: Sequence[str], file: str, line: int) -> Message:
    """The message in a call of the gettext function `function` with the string arguments `texts`."""
    parts = dict(zip(ARGUMENTS[function], texts, strict=False))
    return Message(
        singular=parts["s"], plural=parts.get("p", ""), context=parts.get("c", ""), file=file, line=line
    )
