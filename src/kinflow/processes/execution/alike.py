"""Moves made out once for all instances that stand alike: the same version, the same places, and the same happened.

What tokens do depends on where they stand, on what happened, and on what the world answers. So a move is played once, on
a `Sketch` that takes down what is told, waited for and timed. It breaks off at a condition, and is played again with the
answer; and at work that is to be done in the world: such a move is made by each instance for itself (`moving.let_go`),
as are those of instances in shadow, and where a step has a task or has failed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from kinflow.eventlog.alike import Alike, record_alike
from kinflow.kit.problem import Problem

from ..designs.bindings import Binding
from ..designs.kept import Kept, NotFit, kept
from . import tokens
from .batch import Batch
from .happening import come_to_end, happened
from .held import PLAIN, STANDS, Flat
from .marking import GoesRound, NoWay, Uncaught, WrongTimes
from .models import RUNNING
from .sketch import Asks, NotAlike, Sketch, Stand, Taken
from .working import Working

MOST_KEPT = 2_000
"""After so many moves of a version those that were made out are forgotten."""
Key = tuple[Stand, int, str, tuple[bool, ...]]
_NODES = len(STANDS)
_SCOPE, _TASK = STANDS.index("scope"), _NODES + 1
_CANNOT = (NotAlike, GoesRound, NoWay, Uncaught, WrongTimes)


@dataclass(frozen=True, slots=True)
class Move:
    """What a move comes to, with tokens named by their order: those that are `new` follow those that stood before.

    `tokens` are all that stand then: how each does, or None where it stands as before.
    """

    tokens: tuple[tuple[int, tuple[Any, ...] | None], ...]
    new: int
    told: tuple[Alike, ...]
    taken: tuple[Taken, ...]
    timed: tuple[Taken, ...]


def moved_alike(batch: Batch, work: Working, number: int = 0, node: str = "") -> bool:
    """Let an instance make the move that something at a token leads to (0: it begins), if that is the same for all.

    False where it is not: then nothing has changed. Within an action, as the doing of the design.
    """
    flat = work.flat
    if flat is None or type(work) is not Working:
        return False
    stand = stand_of(flat)
    if stand is None or not work.has_record:
        return False
    numbers = [0, *flat]
    try:
        move = _move_of(batch, work, stand, numbers.index(number), node)
        if move is None:
            return False
        due = [None if timer is None else work.end_of(timer) for _place, _node, timer in move.timed]
    except (NotFit, Problem):
        return False  # it is met, and told, where the instance moves by itself
    batch.touch(work)
    _make(move, work, flat, numbers, due)
    return True


def stand_of(flat: Flat) -> Stand | None:
    """Where the tokens of an instance stand, if nothing but that matters."""
    for values in flat.values():
        if values[_TASK:] != PLAIN:
            return None
    stand = tuple([values[:_NODES] for values in flat.values()])
    if any(values[_SCOPE] for values in stand):
        place = {number: place for place, number in enumerate((0, *flat))}
        stand = tuple([(*s[:_SCOPE], place[s[_SCOPE]], *s[_SCOPE + 1 :]) for s in stand])
    return stand


def _move_of(batch: Batch, work: Working, stand: Stand, place: int, node: str) -> Move | None:
    """The move, by what the world answers; None where each makes it for itself."""
    of = kept(work.instance.design_id, work.instance.number)
    answers: tuple[bool, ...] = ()
    while True:
        found = made_out(of, (stand, place, node, answers))
        if found is None or type(found) is Move:
            return found
        with batch.speaking(work.instance.design_id):
            answers = (*answers, work.is_so(cast(Binding, found)))


def made_out(of: Kept, key: Key) -> Move | Binding | None:
    """The move of those that stand so, when something happens at a place, after answers; or what is asked next.

    None where each makes it for itself.
    """
    try:
        return cast(Move | Binding | None, of.moves[key])
    except KeyError:
        if len(of.moves) >= MOST_KEPT:
            of.moves.clear()
        found = of.moves[key] = _made_out(of, *key)
        return found


def _made_out(
    of: Kept, stand: Stand, place: int, node: str, answers: tuple[bool, ...]
) -> Move | Binding | None:
    """The move after these answers, or what is asked next; None where each makes it for itself."""
    sketch = Sketch(of, stand, answers)
    try:
        if place:
            happened(sketch, place, node, "")
        else:
            tokens.begin(of.plan, sketch.marking, sketch)
    except Asks as asks:
        return asks.binding
    except _CANNOT:
        return None
    if sketch.calls or sketch.calls_left:
        return None
    standing, last = sketch.as_stored()
    return Move(
        tuple((n, None if stand[n - 1 : n] == (v[:_NODES],) else v[:_NODES]) for n, v in standing.items()),
        last - len(stand),
        tuple(sketch.told_alike),
        tuple(sketch.taken),
        tuple(sketch.timed),
    )


def _make(move: Move, work: Working, flat: Flat, numbers: list[int], due: list[datetime | None]) -> None:
    """Let the tokens stand so, and tell it."""
    last = work.last + move.new
    numbers += range(work.last + 1, last + 1)
    fresh = (work.now, *PLAIN)
    standing: Flat = {}
    for place, stands in move.tokens:
        number = numbers[place]
        if stands is None:
            standing[number] = flat[number]
            continue
        if stands[_SCOPE]:
            stands = (*stands[:_SCOPE], numbers[stands[_SCOPE]], *stands[_SCOPE + 1 :])
        standing[number] = stands + (flat[number][_NODES:] if number in flat else fresh)
    work.lay(standing, last)
    for place, node, what in move.taken:
        if what is None:
            work.waits.pop((numbers[place], node), None)
        else:
            work.waits[numbers[place], node] = what
    for (place, node, _timer), at in zip(move.timed, due, strict=True):
        if at is None:
            work.stop_timer(numbers[place], node)
        else:
            work.start_timer(numbers[place], node, at)
    record_alike(move.told, *work.mentioned())
    if standing:
        work.instance.state = RUNNING
    else:
        come_to_end(work)
