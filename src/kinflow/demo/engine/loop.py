"""The loop of moments: stories wait for a time or for somebody's turn, and go on when it has come."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, TypeAlias


@dataclass(slots=True)
class Turn:
    """A wish for a piece of somebody's working time; once it begins, it says who works from when to when.

    The lower the priority, the sooner it is somebody's turn.
    """

    person: str
    minutes: float
    priority: int = 5
    who: str = field(default="", init=False)
    starts_at: int = field(default=0, init=False)
    ends_at: int = field(default=0, init=False)

    @property
    def seconds(self) -> int:
        """The working time it takes."""
        return max(60, int(self.minutes * 60))


Story: TypeAlias = Generator["Turn | int", None, None]
"""A story yields the moment it waits for, or a turn it wants; it goes on when that has come."""
Take = Callable[[Turn, Callable[[], None]], None]


class Loop:
    """All that is to come, in order of time; moments are seconds since 1970."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.take: Take = _nobody
        self._coming: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0

    def at(self, moment: int, call: Callable[..., None], *arguments: Any) -> None:
        """Call something at a moment; what is past comes now."""
        self._count += 1
        heappush(self._coming, (max(moment, self.now), self._count, call, arguments))

    def begin(self, story: Story, at: int | None = None) -> None:
        """Let a story begin at a moment (now, if none is given)."""
        self.at(self.now if at is None else at, self._go, story)

    def _go(self, story: Story) -> None:
        try:
            wish = next(story)
        except StopIteration:
            return
        if isinstance(wish, int):
            self.at(wish, self._go, story)
        else:
            self.take(wish, lambda: self._go(story))

    def run(self, until: int) -> Iterator[None]:
        """Let everything happen up to a moment, one thing at each step."""
        while self._coming and self._coming[0][0] <= until:
            self.now, _order, call, arguments = heappop(self._coming)
            call(*arguments)
            yield
        self.now = until


def _nobody(turn: Turn, _go_on: Callable[[], None]) -> None:
    raise LookupError(f"nobody sits at the desk of {turn.person}")
