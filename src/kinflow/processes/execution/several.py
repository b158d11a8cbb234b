"""Activities that are done several times, at once or in turn, or again while something holds (BPMN 2.0, 13.3.6)."""

from ..designs.plans import Node, Plan
from ..designs.repeating import MOST_TIMES
from .marking import Marking, Token, World, WrongTimes
from .undoing import keep_done
from .ways import go_out, leave


def begin_several(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    """The token stands for the whole from now on, and holds one for each time; none at all goes on at once."""
    open_now = sum(marking.whole_of(t) is not None for t in marking.tokens.values())
    token.state = "holds"
    token.times = world.begin_several(token, node)
    first = token.times if node.element.repeats == "parallel" else min(token.times, 1)
    if node.element.asks_first and world.is_enough(token, node):
        first = 0
    if not 0 <= token.times <= MOST_TIMES or open_now + first > MOST_TIMES:
        raise WrongTimes(node.id, MOST_TIMES)
    for _time in range(first):
        marking.put(node.id, token.number)
    if not first:
        _end(plan, marking, world, token)


def go_on(plan: Plan, marking: Marking, world: World, token: Token, *, is_done: bool = True) -> None:
    """What a token stood for is over: it moves on, or one of several times is over. What was done can be undone."""
    whole = marking.whole_of(token)
    if is_done and plan.undoing:
        keep_done(plan, marking, world, token, token.scope if whole is None else whole.scope)
    if whole is None:
        go_out(plan, marking, token, plan.nodes[token.node].out)
        return
    node = plan.nodes[whole.node]
    marking.tokens.pop(token.number, None)
    whole.done += 1
    if _is_over(world, whole, node):
        _end(plan, marking, world, whole)
    elif node.element.repeats != "parallel":
        marking.put(node.id, whole.number)


def _is_over(world: World, whole: Token, node: Node) -> bool:
    """Whether all times are done, or it is enough. Raises WrongTimes for a loop that says no limit and comes to ours."""
    if whole.done < whole.times:
        return world.is_enough(whole, node)
    if node.element.repeats == "loop" and not node.element.times and not world.is_enough(whole, node):
        raise WrongTimes(node.id, MOST_TIMES)
    return True


def _end(plan: Plan, marking: Marking, world: World, whole: Token) -> None:
    """The times that are still open are taken back, and the whole moves on."""
    leave(plan, marking, world, whole)
    go_out(plan, marking, whole, plan.nodes[whole.node].out)
