"""Where other packages add to record pages and lists: the composer, what stands in the panes, and more buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import Actor

from ..asking import Input
from ..faces import Label, RecordType

Logging = Callable[..., Any]
Part = Callable[[RecordType, Any, Actor], str]
"""From face, record and reader to HTML that goes into a pane; "" for nothing."""


@dataclass(frozen=True)
class Composer:
    """How a person notes what happened: an action `(*, kind, subject, about, by)` and the kinds to choose from."""

    action: Logging
    kinds: tuple[tuple[str, Label, str], ...]


@dataclass(frozen=True)
class ListButton:
    """One more button above a list: where it leads, or the dialog it opens."""

    label: Label
    icon: str
    url: str
    opens_dialog: bool = True


ListPart = Callable[[RecordType, Actor], ListButton | None]
"""From face and reader to a button above the list; None for none."""
DialogPart = Callable[[RecordType, Any, str, Actor], str]
"""From face, record, the verb's name and reader to HTML above what a verb asks for; "" for nothing."""


@dataclass(frozen=True)
class More:
    """What a verb's form asks for besides: under which heading, with what there is now, and what runs instead.

    `seen` goes with the form and comes back: what there was when it was opened. `run` takes the values of all inputs,
    and all that was sent.
    """

    about: str
    inputs: Sequence[Input]
    given: Mapping[str, Any]
    seen: str
    run: Callable[[Mapping[str, Any], Mapping[str, Any]], Any]


MoreAsked = Callable[[RecordType, Any, str, Actor], More | None]
"""From face, record, the verb's name and reader to what the verb's form asks for besides; None for nothing."""
_composers: list[Composer] = []
list_parts: list[ListPart] = []
side_parts: list[Part] = []
middle_parts: list[Part] = []
dialog_parts: list[DialogPart] = []
more_asked: list[MoreAsked] = []


def register(action: Logging, kinds: tuple[tuple[str, Label, str], ...] = ()) -> None:
    """Let record pages log what happened with this action; `kinds` are (value, label, icon), the first is usual."""
    _composers[:] = [Composer(action, kinds)]


def register_side_part(part: Part) -> None:
    """Let a function add HTML to the right pane of all record pages (the next step, a score card)."""
    side_parts.append(part)


def register_middle_part(part: Part) -> None:
    """Let a function add HTML above the timeline of all record pages."""
    middle_parts.append(part)


def register_dialog_part(part: DialogPart) -> None:
    """Let a function say more above what a verb asks for (what the answer decides)."""
    dialog_parts.append(part)


def register_more_asked(asking: MoreAsked) -> None:
    """Let a function ask for more in a verb's form, and run both in one (the record that a task is about)."""
    more_asked.append(asking)


def register_list_part(part: ListPart) -> None:
    """Let a function offer a button above lists."""
    list_parts.append(part)


def composer() -> Composer | None:
    """The composer there is."""
    return _composers[0] if _composers else None
