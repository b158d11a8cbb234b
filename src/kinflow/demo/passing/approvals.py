"""Whether a version of a design asks the regional head for a discount, as its model says."""

from collections.abc import Callable

from kinflow.processes.bpmn.model import ACTIVITIES
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.deployments.models import Deployment
from kinflow.processes.deployments.placing import matches
from kinflow.processes.designs.models import DesignVersion
from kinflow.processes.redesigns.charts import CHOICE, Chart
from kinflow.processes.redesigns.promising import redesign_behind
from kinflow.sales.opportunities.models import Opportunity

APPROVAL = "discount_approval"
CALLED = (("discount", "折扣"), ("approv", "审批", "批准"))
"""One word of each of these is in the name of the step that approves a discount, wherever its model comes from."""
Asks = Callable[[Opportunity], bool]


def asks_in(deployment: Deployment, number: int | None) -> Asks | None:
    """Whether a version asks for an opportunity's discount; None where it says nothing: the company does as ever."""
    if number is None:
        return None
    version = DesignVersion.objects.get(design=deployment.design_id, number=number)
    chart = _chart(version)
    approvals = _approvals(chart)
    if approvals:
        return lambda row: any(_comes_to(chart, deployment, row, key, frozenset()) for key in approvals)
    return _never if _was_left_out(deployment, version) else None


def _never(_row: Opportunity) -> bool:
    return False


def _chart(version: DesignVersion) -> Chart:
    return Chart(read_bpmn(bytes(version.content)), version.bindings)


def _approvals(chart: Chart) -> list[str]:
    return [
        key
        for key, element in chart.elements.items()
        if element.kind in ACTIVITIES
        and all(any(word in element.name.casefold() for word in words) for words in CALLED)
    ]


def _was_left_out(deployment: Deployment, version: DesignVersion) -> bool:
    """Whether an earlier version had the approval, or the moves that made this one speak of it."""
    earlier = DesignVersion.objects.filter(design=version.design_id, number__lt=version.number)
    if any(_approvals(_chart(each)) for each in earlier):
        return True
    redesign = redesign_behind(deployment.design, version.number, None)
    moves = redesign.what_if.moves if redesign is not None and redesign.what_if is not None else []
    return any(APPROVAL in str(move.get("step", "")) for move in moves)


def _comes_to(chart: Chart, deployment: Deployment, row: Opportunity, key: str, seen: frozenset[str]) -> bool:
    """Whether the choices before an element lead an opportunity to it."""
    for flow in chart.into(key):
        choice = flow.source
        if choice in seen:
            continue
        if chart.elements[choice].kind != CHOICE or not _decides(chart, choice):
            return True
        if _taken(chart, deployment, row, choice) == flow.id and _comes_to(
            chart, deployment, row, choice, seen | {key}
        ):
            return True
    return False


def _decides(chart: Chart, choice: str) -> bool:
    """Whether the model decides there; where it leaves that to people, they do as ever."""
    conditions = [chart.bindings.get(flow.id, {}).get("condition") for flow in chart.out(choice)]
    return bool(chart.elements[choice].default) or any(conditions)


def _taken(chart: Chart, deployment: Deployment, row: Opportunity, choice: str) -> str:
    """The way out of a choice that is taken by its conditions; else the usual one."""
    ways = chart.out(choice)
    for flow in ways:
        condition = chart.bindings.get(flow.id, {}).get("condition")
        if condition and matches(deployment, condition, row):
            return flow.id
    usual = chart.elements[choice].default
    return usual or next((f.id for f in ways if not chart.bindings.get(f.id)), "")
