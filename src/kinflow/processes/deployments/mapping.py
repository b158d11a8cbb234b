"""Which step of one version is the same step of another: proposed, and where each token comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from kinflow.automation.said import said

from ..designs.bindings import Binding, Call, Task
from ..designs.kept import Kept
from ..designs.plans import Node, Plan
from ..execution.models import ProcessToken
from ..execution.waits import waits_of


class Stays(Exception):
    """An instance that cannot be moved, and why."""

    def __init__(self, message: str, **within: str) -> None:
        super().__init__(message)
        self.why = said(message, **within)


@dataclass(frozen=True)
class Place:
    """Where a token comes to: its node, and the flow that it waits for others on."""

    node: str
    flow: str = ""


def proposed(old: Plan, new: Plan) -> dict[str, str]:
    """By node of the old plan the same one of the new: by id, else by a name that is there once, of the same kind."""
    named: dict[tuple[str, str], list[str]] = {}
    for node in new.nodes.values():
        if node.element.name:
            named.setdefault((node.kind, node.element.name), []).append(node.id)
    found: dict[str, str] = {}
    for node in old.nodes.values():
        same = new.nodes.get(node.id)
        alike = named.get((node.kind, node.element.name), [])
        if same is not None and same.kind == node.kind:
            found[node.id] = node.id
        elif len(alike) == 1:
            found[node.id] = alike[0]
    return found


def places_for(
    tokens: Sequence[ProcessToken], old: Kept, new: Kept, mapping: Mapping[str, str]
) -> dict[int, Place]:
    """Where each token comes to. Raises Stays where one of them has no place, for then the instance is left whole."""
    standing = {token.number: token.node for token in tokens}
    found: dict[int, Place] = {}
    for token in tokens:
        node = old.plan.nodes[token.node]
        if token.state == "listens" and mapping.get(node.id, "") not in new.plan.nodes:
            continue  # it waits for what the new version does not listen for
        if node.kind == "undo":
            raise Stays(gettext_noop("“%(step)s” has steps undone, and ends by its version"), step=node.name)
        if node.element.repeats:
            raise Stays(
                gettext_noop("“%(step)s” is done several times, and ends by its version"), step=node.name
            )
        target = new.plan.nodes.get(mapping.get(node.id, ""))
        if target is None:
            raise Stays(gettext_noop("“%(step)s” has no place in the new version"), step=node.name)
        holder = mapping.get(standing.get(token.scope, ""), "")
        if (
            target.kind != node.kind
            or new.plan.holder_of(target) != holder
            or _is_begun_otherwise(node, target)
        ):
            raise Stays(gettext_noop("“%(step)s” is of another kind in the new version"), step=node.name)
        if target.element.repeats:
            raise Stays(gettext_noop("“%(step)s” is done several times in the new version"), step=node.name)
        if token.state == "waits":
            _refuse_other_work(node, target, old, new)
        if (
            token.happened
            and token.happened != node.id
            and token.happened not in _events_mapped(mapping, new, target)
        ):
            raise Stays(
                gettext_noop("What happened at “%(step)s” has no place in the new version"), step=node.name
            )
        flow = _flow(token.flow, node, target, old, new, mapping) if token.state == "joins" else ""
        found[token.number] = Place(target.id, flow)
    return found


def _is_begun_otherwise(node: Node, target: Node) -> bool:
    return node.element.by_event != target.element.by_event or (
        node.kind == "listen" and node.element.interrupts != target.element.interrupts
    )


def _refuse_other_work(node: Node, target: Node, old: Kept, new: Kept) -> None:
    """A task stays a task, a call the same call, a choice of a person one; else the instance stays."""
    if node.kind == "work":
        before, after = old.bindings.get(node.id, Task()), new.bindings.get(target.id, Task())
        if type(before) is not type(after) or (isinstance(before, Call) and before != after):
            raise Stays(gettext_noop("“%(step)s” does something else in the new version"), step=node.name)
    if node.kind == "choose" and (_decides_itself(target, new.bindings)):
        raise Stays(gettext_noop("Nobody chooses the way at “%(step)s” in the new version"), step=node.name)


def _decides_itself(node: Node, bindings: Mapping[str, Binding]) -> bool:
    return bool(node.element.default) or len(node.out) < 2 or any(flow in bindings for flow in node.out)


def _events_mapped(mapping: Mapping[str, str], new: Kept, target: Node) -> set[str]:
    """The old events that are events of the same step in the new version."""
    there = {event.id for event in waits_of(new.plan, target)}
    return {key for key, value in mapping.items() if value in there}


def _flow(flow: str, node: Node, target: Node, old: Kept, new: Kept, mapping: Mapping[str, str]) -> str:
    """The flow into a join along which a token came, in the new version."""
    if flow in target.into:
        return flow
    source = mapping.get(old.plan.sources.get(flow, ""), "")
    alike = [f for f in target.into if new.plan.sources[f] == source]
    if len(alike) != 1:
        raise Stays(gettext_noop("The way into “%(step)s” has no place in the new version"), step=node.name)
    return alike[0]
