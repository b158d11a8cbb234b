"""A net of places and transitions, each place with at most one token: what BPMN's tokens are played on."""

from dataclasses import dataclass, field

from .behaviour import TooManyStates

MOST_SILENT = 20_000


@dataclass(frozen=True, slots=True)
class Transition:
    """Takes and puts tokens; places are bits. `empty` must hold no token, `clears` are emptied; without a step
    it is silent.
    """

    step: str
    takes: int
    puts: int
    empty: int = 0
    clears: int = 0

    def fired(self, marking: int) -> int:
        """The marking afterwards; -1 where it cannot fire."""
        if marking & self.takes != self.takes or marking & self.empty:
            return -1
        left = marking & ~self.takes & ~self.clears
        return -1 if left & self.puts else left | self.puts


@dataclass
class Net:
    """Transitions over places, and where the tokens are at first; the process is over when no token is left."""

    transitions: list[Transition] = field(default_factory=list)
    initial: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int:
        """The bit of a place, a new one for a new name."""
        return self.places.setdefault(name, 1 << len(self.places))

    def add(self, step: str, takes: int, puts: int, *, empty: int = 0, clears: int = 0) -> None:
        """One more transition."""
        self.transitions.append(Transition(step, takes, puts, empty, clears))


class NetBehaviour:
    """The behaviour of a net: a state is a marking. Silent transitions are fired only where a step needs them."""

    def __init__(self, net: Net) -> None:
        self.initial = net.initial
        self._visible = [t for t in net.transitions if t.step]
        self._silent = [t for t in net.transitions if not t.step]
        self.steps = frozenset(t.step for t in self._visible)
        self._needed = [self._before(t) for t in self._visible]
        self._ways: dict[int, tuple[tuple[str, int], ...]] = {}
        self._ends: dict[int, bool] = {}

    def _before(self, transition: Transition) -> list[Transition]:
        """The silent transitions that can help a step to happen."""
        wanted = transition.takes | transition.empty
        found: list[Transition] = []
        rest = self._silent
        while True:
            helpful = [t for t in rest if (t.puts & wanted) or ((t.takes | t.clears) & wanted)]
            if not helpful:
                return found
            found += helpful
            rest = [t for t in rest if t not in helpful]
            for silent in helpful:
                wanted |= silent.takes | silent.empty

    def ways(self, state: int) -> tuple[tuple[str, int], ...]:
        """Which steps may come next, each with the marking then. Raises TooManyStates."""
        if state not in self._ways:
            found: dict[tuple[str, int], None] = {}
            for transition, silent in zip(self._visible, self._needed, strict=True):
                for marking in _closure(state, silent, transition):
                    after = transition.fired(marking)
                    if after >= 0:
                        found[transition.step, after] = None
            self._ways[state] = tuple(found)
        return self._ways[state]

    def may_end(self, state: int) -> bool:
        """Whether all tokens can be gone without a further step. Raises TooManyStates."""
        if state not in self._ends:
            self._ends[state] = 0 in _closure(state, self._silent)
        return self._ends[state]


def _closure(state: int, silent: list[Transition], until: Transition | None = None) -> set[int]:
    """The markings reached by silent transitions; beyond one in which the step can happen there is no need to look."""
    seen = {state}
    waiting = [state]
    while waiting:
        marking = waiting.pop()
        if until and until.fired(marking) >= 0:
            continue
        for transition in silent:
            after = transition.fired(marking)
            if after >= 0 and after not in seen:
                seen.add(after)
                waiting.append(after)
        if len(seen) > MOST_SILENT:
            raise TooManyStates
    return seen
