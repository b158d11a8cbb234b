"""How tokens move over a plan (BPMN 2.0, chapter 13): pure, without a database; the world says what happens at a node."""

from collections.abc import Sequence

from ..designs.plans import Node, Plan
from ..designs.repeating import MOST_TIMES
from .catching import begin_listening, catch, enter, fail
from .gateways import include, is_complete, join
from .marking import WAITING, GoesRound, Marking, Token, World
from .several import begin_several, go_on
from .undoing import begin_undoing, undo_next
from .ways import go_out, leave, take_event

MOST_MOVES = 1_000
"""So many moves without a token that waits, and the model goes round for ever."""
MOVES_A_TIME = 100
"""So many more for each time that an activity is done, of several."""


def begin(plan: Plan, marking: Marking, world: World) -> None:
    """Put the first tokens, and let them move."""
    enter(plan, marking, "", 0)
    play(plan, marking, world)


def finish(plan: Plan, marking: Marking, world: World, number: int, along: Sequence[str] = ()) -> bool:
    """What a token waited for is done: it moves on, along the given flows if any. Whether it was still waiting."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    if along:
        go_out(plan, marking, token, along)
    elif token.state == "listens":
        catch(plan, marking, world, token)
    else:
        go_on(plan, marking, world, token)
    play(plan, marking, world)
    return True


def happen(plan: Plan, marking: Marking, world: World, number: int, event: str) -> bool:
    """An event on the border of where a token waits, or one of those a gateway waits for. Whether it still counted."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    take_event(plan, marking, world, token, plan.nodes[event])
    play(plan, marking, world)
    return True


def skip(plan: Plan, marking: Marking, world: World, number: int) -> bool:
    """Go on without what a token waits for, which is taken back with all that it holds. Whether it still waited."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    leave(plan, marking, world, token)
    go_on(plan, marking, world, token, is_done=False)
    play(plan, marking, world)
    return True


def leave_all(plan: Plan, marking: Marking, world: World) -> None:
    """Take all tokens away."""
    for token in marking.within(0):
        leave(plan, marking, world, token)


def move(plan: Plan, marking: Marking, world: World, number: int, to: str) -> bool:
    """Take a token from where it stands to another node of its scope. Whether it was still there."""
    token = marking.tokens.get(number)
    if token is None:
        return False
    leave(plan, marking, world, token)
    marking.put(to, token.scope)
    play(plan, marking, world)
    return True


def listen(plan: Plan, marking: Marking, scope: str, holder: int) -> None:
    """Let tokens listen at the event sub-processes of a scope that goes on, where none does yet."""
    here = marking.within(holder)
    if any(plan.nodes[t.node].element.by_event and _has_interrupted(plan, plan.nodes[t.node]) for t in here):
        return
    for start in plan.listens.get(scope, ()):
        if start not in [t.node for t in here]:
            marking.put(start, holder)


def _has_interrupted(plan: Plan, node: Node) -> bool:
    return any(
        n.scope == node.id and n.kind == "listen" and n.element.interrupts for n in plan.nodes.values()
    )


def play(plan: Plan, marking: Marking, world: World) -> None:
    """Move tokens until all of them wait. Raises GoesRound, NoWay, Uncaught, WrongTimes."""
    moves, times = MOST_MOVES, MOST_TIMES
    while moves > 0:
        moves -= 1
        for token in marking.tokens.values():
            if token.state == "ready":
                break
        else:
            if not _close(plan, marking, world):
                return
            continue
        if times and marking.whole_of(token) is not None:
            moves, times = moves + MOVES_A_TIME, times - 1
        _step(plan, marking, world, token)
    raise GoesRound


def _end_scope(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """A sub-process is done: what only listened in it ends with it."""
    for inner in marking.within(token.number):
        if inner.state == "listens":
            leave(plan, marking, world, inner)
    world.leave(token, plan.nodes[token.node])
    go_on(plan, marking, world, token)


def _step(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    node = plan.nodes[token.node]
    if node.element.repeats and marking.whole_of(token) is None:
        begin_several(plan, marking, world, token, node)
        return
    match node.kind:
        case "pass":
            go_out(plan, marking, token, node.out)
        case "work" | "wait":
            token.state = "waits"
            if world.begin(token, node) and token.number in marking.tokens:
                go_on(plan, marking, world, token)
        case "race":
            token.state = "waits"
            world.begin(token, node)
        case "choose":
            _choose(plan, marking, world, token, node)
        case "fork":
            join(plan, marking, token, node)
        case "include":
            if len(node.into) > 1:
                token.state = "joins"
            else:
                include(plan, marking, world, token, node)
        case "inside":
            token.state = "holds"
            world.begin(token, node)
            enter(plan, marking, node.id, token.number)
        case "listen":
            begin_listening(plan, marking, world, token, node)
        case "end":
            marking.tokens.pop(token.number)
        case "stop":
            for other in marking.within(token.scope):
                if other is not token and other.state != "undoable":
                    leave(plan, marking, world, other)
            marking.tokens.pop(token.number)
        case "undo":
            begin_undoing(plan, marking, token, node)
        case "fail":
            fail(plan, marking, world, token)


def _choose(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    chosen = world.choose(token, node)
    if chosen is None:
        token.state = "waits"
    else:
        go_out(plan, marking, token, list(chosen)[:1])


def _close(plan: Plan, marking: Marking, world: World) -> bool:
    """When nothing moves: let an inclusive gateway go on that no token can reach any more, or end an empty scope."""
    for token in list(marking.tokens.values()):
        if token.state not in ("joins", "holds"):
            continue
        node = plan.nodes[token.node]
        if token.state == "joins" and node.kind == "include" and is_complete(plan, marking, token, node):
            here = [t for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"]
            for one in {t.flow: t for t in reversed(here)}.values():
                if one is not token:
                    marking.tokens.pop(one.number)
            include(plan, marking, world, token, node)
            return True
        if token.state == "holds" and marking.has_ended(token.number):
            if node.kind != "undo" or not undo_next(plan, marking, world, token):
                _end_scope(plan, marking, world, token)
            return True
    if marking.has_ended(0):
        leave_all(plan, marking, world)
    return False
