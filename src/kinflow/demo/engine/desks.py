"""A person's desk: work waits in order of priority, and is done one piece at a time in working hours."""

from collections.abc import Callable, Mapping
from heapq import heappop, heappush

from .chance import Chance
from .loop import Loop, Turn
from .worktime import NEVER, WorkTime

GoOn = Callable[[], None]
SETTLING = 14 * 60
"""At the latest so many seconds after a working span began, people begin with their work."""


class Desk:
    """One person's queue; `focus` is the share of working time that goes into work the log knows of."""

    def __init__(self, loop: Loop, person: str, hours: WorkTime, focus: float, chance: Chance) -> None:
        self.loop, self.person, self.hours, self.focus, self.chance = loop, person, hours, focus, chance
        self.queue: list[tuple[int, int, Turn, GoOn]] = []
        self.free_at = 0
        self.worked = 0
        self._count = 0
        self._look_at = NEVER

    def ask(self, turn: Turn, go_on: GoOn) -> None:
        """Put work on the desk."""
        self._count += 1
        heappush(self.queue, (turn.priority, self._count, turn, go_on))
        notice = 0 if turn.priority <= 0 else int(self.chance.random() * 900)
        self._look(self.loop.now + notice)

    def waiting(self) -> int:
        """How many pieces of work wait."""
        return len(self.queue)

    def _look(self, at: int) -> None:
        at = max(at, self.free_at)
        opening = self.hours.next_open(at)
        if opening > at and opening != NEVER:
            opening += int(self.chance.random() * SETTLING)
        if opening < self._look_at:
            self._look_at = opening
            self.loop.at(opening, self._looked, opening)

    def _looked(self, at: int) -> None:
        if at != self._look_at:
            return
        self._look_at = NEVER
        if not self.queue:
            return
        now = self.loop.now
        turn = self.queue[0][2]
        fitting = self.hours.fitting(now, turn.seconds)
        if fitting > now:
            self._look(fitting)
            return
        go_on = heappop(self.queue)[3]
        self._start(turn, now)
        if self.queue:
            self._look(self.free_at)
        go_on()

    def _start(self, turn: Turn, now: int) -> None:
        turn.who, turn.starts_at = self.person, now
        turn.ends_at = self.hours.finish(now, turn.seconds)
        self.worked += turn.seconds
        pause = turn.seconds * (1 / self.focus - 1)
        self.free_at = turn.ends_at + 60 + int(self.chance.random() * 2 * pause)

    def leave_to(self, other: "Desk") -> None:
        """Hand all waiting work to somebody else."""
        while self.queue:
            _priority, _order, turn, go_on = heappop(self.queue)
            other.ask(turn, go_on)


class Desks:
    """Everybody's desk; those who left have their work passed on."""

    def __init__(self, desks: Mapping[str, Desk]) -> None:
        self.by_person = dict(desks)
        self.successors: dict[str, str] = {}

    def holder(self, person: str) -> str:
        """Who does the person's work now."""
        while person in self.successors:
            person = self.successors[person]
        return person

    def of(self, person: str) -> Desk:
        """The desk where the person's work lies now."""
        return self.by_person[self.holder(person)]

    def take(self, turn: Turn, go_on: GoOn) -> None:
        """Put the wished turn on the right desk."""
        self.of(turn.person).ask(turn, go_on)

    def hand_over(self, leaver: str, successor: str) -> None:
        """From now on the leaver's work is the successor's."""
        waiting = self.by_person[leaver]
        self.successors[leaver] = successor
        waiting.leave_to(self.of(successor))
