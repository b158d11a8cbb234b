"""What goes on beside an instance in shadow: the same steps of the instance in operation, for the same record."""

from collections.abc import Iterator

from django.db.models import QuerySet

from kinflow.eventlog.models import Entry

from ..designs.kept import plan_for
from ..designs.plans import Node
from .models import OPEN, ProcessInstance, ProcessToken

STEP_DONE = "processes.process_step_done"


def beside(instance: ProcessInstance) -> QuerySet[ProcessInstance]:
    """The instances in operation that an instance in shadow watches, the newest first."""
    return ProcessInstance.objects.filter(
        deployment=instance.deployment,
        about_kind=instance.about_kind,
        about_id=instance.about_id,
        is_shadow=False,
    ).order_by("-pk")


def is_same(one: Node, other: Node) -> bool:
    """Whether two nodes of two versions are the same step: by id, else by name."""
    return one.id == other.id or (bool(one.element.name) and one.element.name == other.element.name)


def stands_beside(instance: ProcessInstance, node: Node) -> bool:
    """Whether an instance in operation stands at the same step now."""
    rows = ProcessToken.objects.filter(instance__in=beside(instance), instance__state__in=OPEN)
    for number, key in rows.values_list("instance__number", "node"):
        if is_same(plan_for(instance.design_id, number).nodes[key], node):
            return True
    return False


def result_beside(instance: ProcessInstance, node: Node) -> str:
    """What came out of the same step of the instance in operation; "done" where it was not there."""
    found = beside(instance).first()
    if found is None:
        return "done"
    nodes = plan_for(instance.design_id, found.number).nodes
    results: dict[str, str] = found.results
    return next((r for key, r in results.items() if key in nodes and is_same(nodes[key], node)), "done")


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
