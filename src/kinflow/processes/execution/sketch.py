"""An instance that is none: takes down what its tokens do, and breaks off where the world would have to be asked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from kinflow.eventlog import Event
from kinflow.eventlog.alike import Alike, alike

from ..designs.bindings import Binding, Decided, Holding, Results, Timer
from ..designs.kept import Kept
from ..designs.plans import Node
from .held import Row
from .marking import Marking, Token
from .models import ProcessInstance
from .working import Working

Stand = tuple[tuple[Any, ...], ...]
"""Where the tokens of an instance stand, in their order, each as `STANDS`, with scopes named by that order, from 1."""
Taken = tuple[int, str, Any]
"""A token by that order, an element, and what is waited for there; None: nothing any more."""
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class NotAlike(Exception):
    """What is done differs from instance to instance, or is done in the world."""


class Asks(Exception):
    """It depends on whether this holds, of a record or of what was done before."""

    def __init__(self, binding: Binding) -> None:
        super().__init__(binding)
        self.binding = binding


class _World:
    """What must not be asked."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAlike(name)


class _Waits(dict[Any, Any]):
    """What is waited for, taken down in its order."""

    def __init__(self, taken: list[Taken]) -> None:
        super().__init__()
        self._taken = taken

    def __setitem__(self, key: tuple[int, str], what: tuple[str, str]) -> None:
        self._taken.append((*key, what))

    def pop(self, key: tuple[int, str], default: Any = None) -> Any:
        self._taken.append((*key, None))
        return default


class Sketch(Working):
    """Tokens numbered in their order; `answers` are those to the first conditions that are asked.

    `told_alike` is what is told, `taken` the waits and `timed` the timers that come and go, each in its order.
    """

    def __init__(self, of: Kept, stand: Stand, answers: Sequence[bool]) -> None:
        self.instance: Any = _World()
        self.around: Any = _World()
        self.plan, self._bindings, self._answers = of.plan, of.bindings, list(answers)
        numbered = list(enumerate(stand, 1))
        self.flat = None
        self._marking = Marking({n: Token(n, *stands) for n, stands in numbered}, len(stand))
        self._rows = {n: Row(_NO_TIME) for n, _stands in numbered}
        self.told_alike: list[Alike] = []
        self.taken: list[Taken] = []
        self.timed: list[Taken] = []
        self.waits, self.calls, self.calls_left = _Waits(self.taken), {}, []

    @property
    def bindings(self) -> Mapping[str, Binding]:
        """What the version is bound to."""
        return self._bindings

    def row(self, token: Token) -> Row:
        """The row of a token, of no time."""
        return self._rows.setdefault(token.number, Row(_NO_TIME))

    def tell(self, event: type[Event], node: Node, **more: Any) -> None:
        """Take down an event of a step."""
        of = ProcessInstance(pk=0)
        told = {"step": node.name, "element": node.id, **more}
        self.told_alike.append(alike(event(processinstance=of, record=of, **told)))  # type: ignore[call-arg]

    def end_of(self, timer: Timer, since: datetime | None = None) -> Any:
        """The timer: when it is up is asked of each instance."""
        return timer

    def start_timer(self, number: int, node: str, at: Any) -> None:
        """Take down a timer."""
        self.timed.append((number, node, at))

    def stop_timer(self, number: int, node: str) -> None:
        """Take down that a timer is not waited for any more."""
        self.timed.append((number, node, None))

    def is_so(self, binding: Binding | None) -> bool:
        """What was answered. Raises Asks where nothing was yet."""
        if not isinstance(binding, Results | Decided | Holding):
            return super().is_so(binding)
        if not self._answers:
            raise Asks(binding)
        return self._answers.pop(0)
