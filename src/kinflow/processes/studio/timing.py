"""Which time a page counts: what elapsed, or only the hours in which units work, by their calendars."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from ..columns import EventColumns
from ..definitions.working import Calendars, working_clock
from ..measuring.clock import Clock
from .remembering import remembered
from .spans import span, working_span

WORKING = "working"
"""What the address says where working time is asked for."""
CHOICES = {
    "": pgettext_lazy("which time counts", "Elapsed"),
    WORKING: pgettext_lazy("which time counts", "Working"),
}
TITLES: Mapping[str, Any] = {
    "frequency": gettext_lazy("How often each step follows another"),
    "median": gettext_lazy("Median time from each step to the next"),
    "mean": gettext_lazy("Mean time from each step to the next"),
    "p90": gettext_lazy("Time within which 90 % go on from each step to the next"),
    "total": gettext_lazy("Time that all cases together spend from each step to the next"),
}
WORKING_TITLES: Mapping[str, Any] = {
    "frequency": TITLES["frequency"],
    "median": gettext_lazy("Median working time from each step to the next"),
    "mean": gettext_lazy("Mean working time from each step to the next"),
    "p90": gettext_lazy("Working time within which 90 % go on from each step to the next"),
    "total": gettext_lazy("Working time that all cases together spend from each step to the next"),
}


@dataclass(frozen=True)
class Timing:
    """A way to count time: its clock (None: all time counts), how times are said, and titles of what shows them.

    `key` is another value wherever the same log would give other times.
    """

    clock: Clock | None = None
    say: Callable[[float | None], str] = span
    titles: Mapping[str, Any] = field(default_factory=lambda: TITLES)
    key: Hashable = ""

    @property
    def is_working(self) -> bool:
        """Whether only working hours count."""
        return self.clock is not None


ELAPSED = Timing()


def working_timing(columns: EventColumns, calendars: Calendars) -> Timing:
    """Only the hours in which the units of the log work."""
    key = frozenset(calendars.items())
    clock = remembered(columns, ("clock", key), lambda: working_clock(columns, calendars))
    return Timing(clock, working_span, WORKING_TITLES, key)
