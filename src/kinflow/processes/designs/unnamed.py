"""What elements without a name are called on screens: by what they do, and the named step that they stand beside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..bpmn.model import GATEWAYS, Element, Model
from .plans import Plan
from .telling import element_kinds

Ways = Mapping[str, Sequence[str]]


def placed_in(model: Model) -> Model:
    """The model with names for its nameless elements."""
    ways = [(flow.source, flow.target) for flow in model.flows if flow.kind == "sequenceFlow"]
    names = _places(model.elements, ways)
    return replace(model, elements=tuple(_named(each, names) for each in model.elements))


def placed_on(plan: Plan) -> Plan:
    """The plan with names for its nameless nodes."""
    ways = [(node.id, plan.targets[flow]) for node in plan.nodes.values() for flow in node.out]
    names = _places([node.element for node in plan.nodes.values()], ways)
    nodes = {key: replace(node, element=_named(node.element, names)) for key, node in plan.nodes.items()}
    return replace(plan, nodes=nodes)


def _named(element: Element, names: Mapping[str, str]) -> Element:
    return element if element.name else replace(element, name=names.get(element.id, ""))


def _places(elements: Sequence[Element], ways: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By id what each nameless element is called; two of one place are told apart by numbers."""
    before, after = dict[str, list[str]](), dict[str, list[str]]()
    for source, target in ways:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    named = {each.id: each.name for each in elements if each.name}
    found, seen = dict[str, str](), dict[str, int]()
    for each in elements:
        if each.name or not (each.id in before or each.id in after or each.attached_to):
            continue
        words = _words(each, named, before, after)
        seen[words] = seen.get(words, 0) + 1
        found[each.id] = words if seen[words] == 1 else f"{words} ({seen[words]})"
    return found


def _words(element: Element, named: Mapping[str, str], before: Ways, after: Ways) -> str:
    if element.attached_to:
        return _("Event at “%(step)s”") % {"step": named.get(element.attached_to, element.attached_to)}
    if element.id not in before:
        return _("Begin")
    if element.id not in after:
        behind = _nearest(element.id, named, before)
        return _("End after “%(step)s”") % {"step": behind} if behind else _("End")
    if element.kind in GATEWAYS and len(after[element.id]) == 1:
        ahead = _nearest(element.id, named, after)
        return _("Ways meet before “%(step)s”") % {"step": ahead} if ahead else _("Ways meet before the end")
    behind = _nearest(element.id, named, before)
    told = {"what": _doing(element.kind), "step": behind}
    return _("%(what)s after “%(step)s”") % told if behind else _("%(what)s at the begin") % told


def _doing(kind: str) -> str:
    """What an element does, as a noun."""
    if kind == "parallelGateway":
        return _("Several ways at once")
    return _("Choice of a way") if kind in GATEWAYS else element_kinds().get(kind, _("Step"))


def _nearest(start: str, named: Mapping[str, str], ways: Ways) -> str:
    """The name of the nearest element in a direction that has one; "" where none has."""
    return next((named[key] for key in _walk(start, ways) if key in named), "")


def _walk(start: str, ways: Ways) -> Iterator[str]:
    """Everything in a direction, nearest first, each once."""
    met, line = {start}, [start]
    for key in line:
        for one in ways.get(key, ()):
            if one not in met:
                met.add(one)
                line.append(one)
                yield one
