"""A model to BPMN 2.0 XML, with its drawing."""

from lxml import etree

from .foreign_back import at_its_place, parts_of, put_back, put_back_drawing, spaces_of
from .model import SUBPROCESSES, Box, Element, Flow, Lane, Model, Names
from .names import NAMES, PREFIX, is_named
from .nodes import LOOP, SEVERAL
from .xml import BPMNDI, DC, DI, MODEL, XSI

_NAMESPACES = {"bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI}
TARGET = "urn:kinflow:processes"


def write_bpmn(model: Model) -> bytes:
    """The file; what `read_bpmn` read of it is the same model."""
    spaces = spaces_of(model) | _NAMESPACES | ({PREFIX: NAMES} if is_named(model) else {})
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=spaces)  # type: ignore[arg-type]
    root.set("targetNamespace", TARGET)
    root.set("exporter", "Kinflow")
    if model.name:
        root.set("name", clean(model.name))
    _write_categories(root, model)
    _write_errors(root, model)
    _write_collaboration(root, model)
    inside: dict[str, list[Element]] = {}
    flows: dict[str, list[Flow]] = {}
    for element in model.elements:
        inside.setdefault(element.within, []).append(element)
    for flow in model.flows:
        flows.setdefault(flow.within, []).append(flow)
    data_flows: dict[str, list[Flow]] = {}
    for flow in model.flows:
        if flow.kind == "dataInputAssociation":
            data_flows.setdefault(flow.target, []).append(flow)
        elif flow.kind == "dataOutputAssociation":
            data_flows.setdefault(flow.source, []).append(flow)
    for process in model.processes:
        node = _child(root, "process", process.id, process.name, process.names)
        node.set("isExecutable", "false")
        _write_lanes(node, [lane for lane in model.lanes if lane.process == process.id], "")
        put_back(node, process.foreign)
        _write_content(node, process.id, inside, flows, data_flows)
    _write_drawing(root, model)
    put_back(root, model.foreign)
    etree.indent(root)
    at_its_place(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        char
        if char in "\t\n\r"
        or (char >= " " and char not in "\ufffe\uffff" and not "\ud800" <= char <= "\udfff")
        else "\ufffd"
        for char in text
    )


def _child(
    parent: etree._Element, kind: str, key: str = "", name: str = "", names: Names = ()
) -> etree._Element:
    node = etree.SubElement(parent, f"{{{MODEL}}}{kind}")
    if key:
        node.set("id", clean(key))
    if name:
        node.set("name", clean(name))
    for language, text in names:
        node.set(f"{{{NAMES}}}{language}", clean(text))
    return node


def _write_categories(root: etree._Element, model: Model) -> None:
    for element in model.elements:
        if element.kind == "group" and element.name:
            category = _child(root, "category", f"category_{element.id}")
            _child(category, "categoryValue", f"value_{element.id}").set("value", clean(element.name))


def _write_errors(root: etree._Element, model: Model) -> None:
    for code in sorted({element.code for element in model.elements if element.code}):
        _child(root, "error", _error(code), code).set("errorCode", clean(code))


def _error(code: str) -> str:
    """The id of an error in the file: it may hold letters that no id may."""
    return f"error_{code.encode().hex()}"


def _write_collaboration(root: etree._Element, model: Model) -> None:
    outside = [element for element in model.elements if not element.within]
    flows = [flow for flow in model.flows if not flow.within]
    if not (model.participants or outside or flows):
        return
    node = _child(root, "collaboration", "collaboration")
    for participant in model.participants:
        child = _child(node, "participant", participant.id, participant.name, participant.names)
        if participant.process:
            child.set("processRef", participant.process)
        put_back(child, participant.foreign)
    for element in outside:
        _write_element(node, element, [])
    for flow in flows:
        _write_flow(node, flow)


def _write_lanes(parent: etree._Element, lanes: list[Lane], within: str) -> None:
    here = [lane for lane in lanes if lane.parent == within]
    if not here:
        return
    lane_set = _child(
        parent, "childLaneSet" if within else "laneSet", f"lanes_of_{within or here[0].process}"
    )
    for lane in here:
        node = _child(lane_set, "lane", lane.id, lane.name, lane.names)
        for member in lane.members:
            _child(node, "flowNodeRef").text = member
        put_back(node, lane.foreign)
        _write_lanes(node, lanes, lane.id)


def _write_content(
    parent: etree._Element,
    within: str,
    inside: dict[str, list[Element]],
    flows: dict[str, list[Flow]],
    data_flows: dict[str, list[Flow]],
) -> None:
    for element in inside.get(within, []):
        node = _write_element(parent, element, data_flows.get(element.id, []))
        if element.kind in SUBPROCESSES:
            _write_content(node, element.id, inside, flows, data_flows)
    for flow in flows.get(within, []):
        if flow.kind in ("sequenceFlow", "association", "messageFlow"):
            _write_flow(parent, flow)


def _write_element(parent: etree._Element, element: Element, data_flows: list[Flow]) -> etree._Element:
    beside = element.kind in ("textAnnotation", "group")
    node = _child(parent, element.kind, element.id, "" if beside else element.name, element.names)
    if element.kind == "group" and element.name:
        node.set("categoryValueRef", f"value_{element.id}")
    if element.attached_to:
        node.set("attachedToRef", element.attached_to)
    if not element.interrupts:
        node.set("isInterrupting" if element.kind == "startEvent" else "cancelActivity", "false")
    if element.by_event:
        node.set("triggeredByEvent", "true")
    if element.for_compensation:
        node.set("isForCompensation", "true")
    if element.default:
        node.set("default", element.default)
    if element.kind == "textAnnotation":
        _child(node, "text").text = clean(element.name)
    for flow in data_flows:
        child = _child(node, flow.kind, flow.id)
        if flow.kind == "dataInputAssociation":
            _child(child, "sourceRef").text = flow.source
        else:
            _child(child, "targetRef").text = flow.target
        put_back(child, flow.foreign)
    if element.repeats == "loop":
        loop = _child(node, LOOP)
        if element.asks_first:
            loop.set("testBefore", "true")
        if element.times:
            loop.set("loopMaximum", clean(element.times))
        if element.again:
            _child(loop, "loopCondition").text = clean(element.again)
    elif element.repeats:
        several = _child(node, SEVERAL)
        several.set("isSequential", "true" if element.repeats == "sequential" else "false")
        for part, text in (("loopCardinality", element.times), ("completionCondition", element.until)):
            if text:
                _child(several, part).text = clean(text)
    if element.event:
        told = _child(node, f"{element.event}EventDefinition", f"{element.event}_of_{element.id}")
        if element.code:
            told.set("errorRef", _error(element.code))
        if element.undoes:
            told.set("activityRef", element.undoes)
        if not element.awaits:
            told.set("waitForCompletion", "false")
    if element.script:
        _child(node, "script").text = clean(element.script)
    put_back(node, element.foreign)
    return node


def _write_flow(parent: etree._Element, flow: Flow) -> None:
    node = _child(parent, flow.kind, flow.id, flow.name, flow.names)
    node.set("sourceRef", flow.source)
    node.set("targetRef", flow.target)
    if flow.condition:
        condition = _child(node, "conditionExpression")
        sort = f"{node.prefix}:tFormalExpression" if node.prefix else "tFormalExpression"
        condition.set(f"{{{XSI}}}type", sort)
        condition.text = clean(flow.condition)
    put_back(node, flow.foreign)


def _write_drawing(root: etree._Element, model: Model) -> None:
    if not model.boxes and not model.routes:
        return
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", id="plane")
    plane.set("bpmnElement", "collaboration" if model.participants else model.processes[0].id)
    pools = {pool.id for pool in model.participants} | {lane.id for lane in model.lanes}
    subprocesses = {element.id for element in model.elements if element.kind in SUBPROCESSES}
    foreign = {part.id: part.foreign for part in parts_of(model)}
    for key, box in model.boxes.items():
        shape = _write_box(plane, key, box, key in pools, key in subprocesses)
        put_back_drawing(shape, foreign.get(key, ()))
    for key, route in model.routes.items():
        edge = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"edge_{key}", bpmnElement=key)
        for x, y in route:
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=_number(x), y=_number(y))
        put_back_drawing(edge, foreign.get(key, ()))


def _write_box(
    plane: etree._Element, key: str, box: Box, is_pool: bool, is_subprocess: bool
) -> etree._Element:
    shape = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"shape_{key}", bpmnElement=key)
    if is_pool or box.upright:
        shape.set("isHorizontal", "false" if box.upright else "true")
    if is_subprocess or not box.expanded:
        shape.set("isExpanded", "true" if box.expanded else "false")
    etree.SubElement(
        shape,
        f"{{{DC}}}Bounds",
        x=_number(box.x),
        y=_number(box.y),
        width=_number(box.width),
        height=_number(box.height),
    )
    return shape


def _number(value: float) -> str:
    return f"{value:.10g}"
