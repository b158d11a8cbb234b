"""What must hold of every drawing: nothing covers anything, flows run at right angles and end where they should."""

from itertools import combinations

from kinflow.processes.bpmn.model import BESIDE, FLOW_NODES, Box, Model


def assert_well_drawn(model: Model) -> None:
    """Fails where two elements of one level overlap, one leaves its lane, or a flow is not drawn as it should be."""
    kinds = {element.id: element for element in model.elements if element.kind != "group"}
    assert set(kinds) <= set(model.boxes)
    levels: dict[str, list[str]] = {}
    for element in kinds.values():
        if not element.attached_to:
            levels.setdefault(_level(model, element.within), []).append(element.id)
    for names in levels.values():
        for one, other in combinations(names, 2):
            assert not _overlap(model.boxes[one], model.boxes[other]), (one, other)
    for lane in model.lanes:
        for member in lane.members:
            if member in kinds and not kinds[member].attached_to:
                assert _inside(model.boxes[member], model.boxes[lane.id]), (member, lane.id)
    for flow in model.flows:
        if flow.source in kinds and flow.target in kinds:
            _assert_route(model, flow.id, model.boxes[flow.source], model.boxes[flow.target])


def _level(model: Model, within: str) -> str:
    return "top" if not within or any(process.id == within for process in model.processes) else within


def _assert_route(model: Model, flow: str, source: Box, target: Box) -> None:
    route = model.routes[flow]
    for (x1, y1), (x2, y2) in zip(route, route[1:], strict=False):
        assert x1 == x2 or y1 == y2, (flow, route)
    assert _on_border(route[0], source), (flow, route[0], source)
    assert _on_border(route[-1], target), (flow, route[-1], target)
    nodes = [element.id for element in model.elements if element.kind in FLOW_NODES | BESIDE]
    top = {
        name
        for name in nodes
        if name in model.boxes and model.element(name).kind not in ("boundaryEvent", "group")
    }  # type: ignore[union-attr]
    holders = {element.within for element in model.elements}
    for name in top - holders:
        box = model.boxes[name]
        if box in (source, target):
            continue
        for (x1, y1), (x2, y2) in zip(route, route[1:], strict=False):
            crossed = (
                min(x1, x2) < box.right
                and max(x1, x2) > box.x
                and min(y1, y2) < box.bottom
                and max(y1, y2) > box.y
            )
            assert not crossed, (flow, name)


def _on_border(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    near = 0.01
    return box.x - near <= x <= box.right + near and box.y - near <= y <= box.bottom + near


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _inside(one: Box, other: Box) -> bool:
    return other.x <= one.x and one.right <= other.right and other.y <= one.y and one.bottom <= other.bottom
