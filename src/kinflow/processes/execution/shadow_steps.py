"""What goes on beside an instance in shadow: the same steps of the instance in operation, for the same record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinflow.eventlog.models import Entry

from ..designs.kept import plan_for
from ..designs.plans import Node
from .models import OPEN, ProcessInstance, ProcessToken

STEP_DONE = "processes.process_step_done"


@dataclass(frozen=True)
class Standing:
    """An instance in operation as it stands now: by which version, at which nodes, with which results by node."""

    pk: int
    number: int
    nodes: frozenset[str]
    results: Mapping[str, str]


def standing_in(deployment: int, kind: str, ids: Iterable[int]) -> dict[int, list[Standing]]:
    """By the id of their record the instances in operation of a deployment, as the database has them."""
    theirs = ProcessInstance.objects.filter(deployment_id=deployment, about_kind=kind, about_id__in=[*ids])
    rows = theirs.filter(is_shadow=False).order_by("pk").values_list("about_id", "pk", "number", "results")
    known = list(rows)
    at: dict[int, set[str]] = defaultdict(set)
    if known:
        tokens = ProcessToken.objects.filter(
            instance__in=[pk for _, pk, *_ in known], instance__state__in=OPEN
        )
        for pk, node in tokens.values_list("instance_id", "node"):
            at[pk].add(node)
    found: dict[int, list[Standing]] = defaultdict(list)
    for about, pk, number, results in known:
        found[about].append(Standing(pk, number, frozenset(at[pk]), results))
    return found


def is_same(one: Node, other: Node) -> bool:
    """Whether two nodes of two versions are the same step: by id, else by name."""
    return one.id == other.id or (bool(one.element.name) and one.element.name == other.element.name)


def stands_at(beside: Iterable[Standing], design: int, node: Node) -> bool:
    """Whether one of the instances in operation stands at the same step now."""
    return any(is_same(plan_for(design, one.number).nodes[key], node) for one in beside for key in one.nodes)


def result_of(beside: Iterable[Standing], design: int, node: Node) -> str:
    """What came out of the same step of the newest instance in operation; "done" where it was not there."""
    newest = max(beside, key=lambda one: one.pk, default=None)
    if newest is None:
        return "done"
    nodes = plan_for(design, newest.number).nodes
    found = (r for key, r in newest.results.items() if key in nodes and is_same(nodes[key], node))
    return next(found, "done")


def matching_steps(entry: Entry) -> Iterator[tuple[ProcessInstance, int, str]]:
    """The tokens in shadow that wait for the step that was done, with what came out of it.

    Of a step that is done several times one is done, too.
    """
    ids = [m.object_id for m in entry.mentioned if m.kind == "processinstance"]
    done = ProcessInstance.objects.filter(pk__in=ids, is_shadow=False, deployment__isnull=False).first()
    if done is None:
        return
    step = plan_for(done.design_id, done.number).nodes.get(str(entry.data.get("element")))
    watching = ProcessToken.objects.filter(
        instance__deployment=done.deployment,
        instance__about_kind=done.about_kind,
        instance__about_id=done.about_id,
        instance__is_shadow=True,
        instance__state__in=OPEN,
        state="waits",
    ).select_related("instance__design__owner")
    one_of_several: set[tuple[int, str]] = set()
    for row in watching.order_by("instance_id", "number"):
        node = plan_for(row.instance.design_id, row.instance.number).nodes[row.node]
        if step is not None and node.kind == "work" and is_same(step, node):
            if node.element.repeats and (row.instance_id, row.node) in one_of_several:
                continue
            one_of_several.add((row.instance_id, row.node))
            yield row.instance, row.number, str(entry.data.get("result") or "done")
