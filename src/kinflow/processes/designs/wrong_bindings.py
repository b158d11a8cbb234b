"""What is wrong with a binding, and what bindings of several sorts are read with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.parameter_values import READERS, WrongParameter
from kinflow.automation.rules.triggers import WORKED


class WrongBinding(Exception):
    """What is wrong with a binding: words and where, once or several times."""

    def __init__(self, words: str, pointer: str = "", *, more: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(words)
        self.faults = [(words, pointer), *more]


def all_read(*reads: Callable[[], Any]) -> list[Any]:
    """What each of these reads. Raises WrongBinding with all that is wrong in any of them."""
    found, faults = [], []
    for read in reads:
        try:
            found.append(read())
        except WrongBinding as wrong:
            faults += wrong.faults
    if faults:
        raise WrongBinding(*faults[0], more=faults[1:])
    return found


def read_duration(given: Any, working: Any, pointer: str) -> tuple[Mapping[str, Any], bool]:
    """A length of time, and whether it is counted in working time; nothing where none is given. Raises WrongBinding."""
    try:
        duration = READERS["duration"](given or {})
    except WrongParameter as wrong:
        raise WrongBinding(wrong.words, f"{pointer}{wrong.pointer}") from None
    is_working = working in (True, "true", "on", "1", 1)
    if duration and is_working and duration["unit"] not in WORKED:
        raise WrongBinding(_("Working time is counted in minutes, hours or days."), pointer)
    return (duration if duration and duration["amount"] else {}), is_working
