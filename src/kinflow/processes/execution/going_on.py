"""What lets instances go on: many of them in one transaction, each as if it were alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from kinflow.automation.said import kept_fault
from kinflow.eventlog import Actor, action
from kinflow.eventlog.actor import ChainTooDeep
from kinflow.eventlog.command import acting_as
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Problem

from ..designs.bindings import Automatic
from . import tokens
from .alike import moved_alike
from .as_one import Came, Crowds
from .batch import Batch, moved_together
from .happening import happened, remember
from .marking import Token
from .moving import acting, design_actor, let_go
from .stuck import get_stuck
from .working import Working


class Happened(NamedTuple):
    """What a token waited for is there: the event of `node`, or ("") the end of its own step, with its result.

    `entry` says because of what. With a `problem` the instance is not to go on from there: it is stuck, and says why;
    `is_kept`: what happened is taken up when somebody tries again.
    """

    instance_id: int
    token: int
    node: str = ""
    result: str = ""
    entry: Entry | None = None
    problem: Problem | None = None
    is_kept: bool = True


@action
def go_on(*, happenings: Sequence[Happened], by: Actor) -> int:
    """What tokens waited for is there: each instance goes on, as the doing of its design. How many still counted.

    Where the tokens of one cannot move, it is stuck at that step; what happened is kept, so that it goes on from there
    when somebody has mended it. The others do not feel it.
    """
    with moved_together() as batch:
        read = batch.read(one.instance_id for one in happenings)
        crowds = Crowds(batch, read, came_by(happenings))
        batch.take(read, [pk for pk in read.rows if pk not in crowds.ids])
        alone = [one for one in happenings if one.instance_id not in crowds.ids]
        done = len(crowds.ids) + sum([let_one_go_on(batch, one) for one in alone])
        let_left_go_on(batch, crowds.move(len(happenings)))
    return done


def came_by(happenings: Sequence[Happened]) -> dict[int, Came]:
    """By instance what happened to it, where that is one thing only, and has no result of its own."""
    times = Counter(one.instance_id for one in happenings)
    return {
        one.instance_id: Came(one.token, one.node, one.entry, turn)
        for turn, one in enumerate(happenings)
        if times[one.instance_id] == 1 and not one.result and one.problem is None
    }


def let_left_go_on(batch: Batch, left: Mapping[int, Came]) -> None:
    """Let those go on alone that were not alike any longer, where what came is waited for still."""
    batch.hold(left)
    for pk, one in left.items():
        work = batch.works.get(pk)
        if work is not None and (one.is_due or (one.token, one.node) in work.waits):
            let_one_go_on(batch, Happened(pk, one.token, one.node, entry=one.entry))


def let_one_go_on(batch: Batch, one: Happened) -> bool:
    """Let an instance of a batch go on, or be stuck. Whether it still counted. Within an action."""
    work = batch.works.get(one.instance_id)
    if work is None or not work.waits_at(one.token):
        return False
    by, problem, again = acting(batch, work.instance), one.problem, None
    if one.entry is not None:
        because = partial(by.because_of, one.entry.id, one.entry.depth)
        try:
            by = because()
        except ChainTooDeep as deep:
            problem, again = deep, because
    with acting_as(by):
        if problem is None and not one.result and moved_alike(batch, work, one.token, one.node):
            return True
        if problem is None:
            problem = _tried(
                batch, work, lambda w: happened(w, one.token, one.node, one.result), by=by, entry=one.entry
            )
        if problem is not None:
            _stop(batch, work, one, problem, by, again)
    return True


@action
def try_again(*, instance_id: int, token: int, by: Actor) -> None:
    """A step that failed is tried again by itself, after a pause."""
    with moved_together() as batch:
        batch.hold([instance_id])
        work = batch.works.get(instance_id)
        if work is None or not work.waits_at(token):
            return
        as_design = design_actor(work.instance)
        with acting_as(as_design):
            problem = _tried(batch, work, lambda w: do_again(w, w.marking.tokens[token]), by=as_design)
            if problem is not None:
                _stop(batch, work, Happened(instance_id, token), problem, as_design)


def _tried(
    batch: Batch, work: Working, how: Callable[[Working], Any], *, by: Actor, entry: Entry | None = None
) -> Problem | None:
    """Let tokens move; where they cannot, nothing of it is left but what is returned."""
    try:
        with batch.trying():
            let_go(batch, work, how, by=by, entry=entry)
    except Problem as problem:
        return problem
    return None


def _stop(
    batch: Batch,
    work: Working,
    one: Happened,
    problem: Problem,
    by: Actor,
    again: Callable[[], Any] | None = None,
) -> None:
    """Keep what happened and why it led nowhere; the instance is stuck. `again` raises the problem anew."""
    batch.touch(work)
    instance, row = work.instance, work.rows[one.token]
    own = work.marking.tokens[one.token].node
    row.happened = (one.node or own) if one.is_kept else ""
    row.fault, row.remedy = kept_fault(problem, again)
    if one.result:
        remember(instance, own, one.result)
    about = work.told or instance
    batch.reach()
    step, last = work.plan.nodes[own].name, work.marking.last
    get_stuck(instance, about=about, last=last, step=step, fault=row.fault, now=batch.now, by=by)


def do_again(work: Working, token: Token) -> None:
    """Take up what happened and led nowhere, or do once more what failed."""
    node, row = work.plan.nodes[token.node], work.rows[token.number]
    event, row.happened, row.fault, row.remedy = row.happened, "", "", ""
    if event:
        result = work.instance.results.get(node.id, "") if event == node.id else ""
        happened(work, token.number, event, result)
    elif isinstance(work.bindings.get(node.id), Automatic) and work.work(token, node):
        tokens.finish(work.plan, work.marking, work, token.number)
