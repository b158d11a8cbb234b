"""How two versions of a design differ: a pure function of their models and bindings, in terms of elements and flows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..bpmn.model import Element, Flow, Lane, Model, Participant
from ..bpmn.repeats import repeats_of
from .unnamed import placed_in

Part = Element | Flow | Lane | Participant
P = TypeVar("P", Element, Flow, Lane, Participant)
FLOWS = frozenset(
    {"sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation"}
)


@dataclass(frozen=True)
class Difference:
    """One difference: a code of `difference_words.SENTENCES`, the part's id, what it was and is called.

    `detail` is for bindings: what was bound before, what after; for flows the ends before and after.
    """

    code: str
    part: str
    kind: str
    before: str = ""
    after: str = ""
    detail: tuple[Any, Any] | None = None


ADDED = frozenset({"element_added", "flow_added", "lane_added", "pool_added"})
REMOVED = frozenset({"element_removed", "flow_removed", "lane_removed", "pool_removed"})


def differences_of(
    before: Model, after: Model, bound_before: Mapping[str, Any], bound_after: Mapping[str, Any]
) -> list[Difference]:
    """All that differs but the drawing: what is new, gone, called otherwise, of another kind, led or bound otherwise.

    Empty exactly where models without their drawing, and bindings, are equal (but for the order in the file).
    """
    found = _compared("element", before.elements, after.elements, _of_element, _names(before), _names(after))
    found += _compared("flow", before.flows, after.flows, _of_flow, _names(before), _names(after))
    found += _compared("lane", before.lanes, after.lanes, _of_lane)
    found += _compared("pool", before.participants, after.participants, _of_pool)
    names = _names(before) | _names(after)
    for part in sorted(bound_before.keys() | bound_after.keys()):
        was, now = bound_before.get(part), bound_after.get(part)
        if was != now:
            kind = _kind_of(part, after) or _kind_of(part, before)
            code = "bound" if was is None else "unbound" if now is None else "bound_otherwise"
            found.append(
                Difference(code, part, kind, names.get(part, part), names.get(part, part), (was, now))
            )
    if before.name != after.name or before.processes != after.processes:
        found.append(Difference("model_renamed", "", "model", _called(before), _called(after)))
    return found


def marks_of(found: Iterable[Difference], *, is_before: bool) -> dict[str, str]:
    """How to mark what differs in the picture of the version before or after: by class."""
    marks: dict[str, str] = {}
    for one in found:
        if one.code in ADDED:
            mark = "" if is_before else "bpmn-added"
        elif one.code in REMOVED:
            mark = "bpmn-removed" if is_before else ""
        else:
            mark = "bpmn-changed"
        if mark:
            marks.setdefault(one.part, f"{mark}-flow" if one.kind in FLOWS else mark)
    return marks


def _compared(
    what: str,
    before: Iterable[P],
    after: Iterable[P],
    changed: Callable[[P, P], list[tuple[str, Any, Any]]],
    names_before: Mapping[str, str] | None = None,
    names_after: Mapping[str, str] | None = None,
) -> list[Difference]:
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    found = [
        Difference(f"{what}_removed", key, _kind(one), before=_told(one, names_before))
        for key, one in old.items()
        if key not in new
    ]
    for key, one in new.items():
        if key not in old:
            found.append(Difference(f"{what}_added", key, _kind(one), after=_told(one, names_after)))
            continue
        was, now = _told(old[key], names_before), _told(one, names_after)
        found += [
            Difference(code, key, _kind(one), was, now, (left, right))
            for code, left, right in changed(old[key], one)
        ]
    return found


def _of_element(old: Element, new: Element) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    if old.name != new.name:
        found.append(("renamed", old.name, new.name))
    if (old.kind, old.event) != (new.kind, new.event):
        found.append(("kind", old.kind, new.kind))
    if old.default != new.default:
        found.append(("default", old.default, new.default))
    if old.within != new.within:
        found.append(("moved", old.within, new.within))
    if old.attached_to != new.attached_to:
        found.append(("attached", old.attached_to, new.attached_to))
    if old.script != new.script:
        found.append(("script", old.script, new.script))
    if repeats_of(old) != repeats_of(new):
        found.append(("repeated", repeats_of(old), repeats_of(new)))
    if _compensation(old) != _compensation(new):
        found.append(("compensation", None, None))
    rest = replace(
        new,
        for_compensation=old.for_compensation,
        undoes=old.undoes,
        awaits=old.awaits,
        repeats=old.repeats,
        times=old.times,
        until=old.until,
        again=old.again,
        asks_first=old.asks_first,
        name=old.name,
        kind=old.kind,
        event=old.event,
        default=old.default,
        within=old.within,
        attached_to=old.attached_to,
        script=old.script,
    )
    if rest != old:
        found.append(("marker", None, None))
    return found


def _compensation(element: Element) -> tuple[bool, str, bool]:
    return element.for_compensation, element.undoes, element.awaits


def _of_flow(old: Flow, new: Flow) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    if (old.source, old.target) != (new.source, new.target):
        found.append(("flow_moved", (old.source, old.target), (new.source, new.target)))
    if old.name != new.name:
        found.append(("flow_renamed", old.name, new.name))
    if replace(new, source=old.source, target=old.target, name=old.name) != old:
        found.append(("flow_changed", old.condition, new.condition))
    return found


def _of_lane(old: Lane, new: Lane) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    if old.name != new.name:
        found.append(("renamed", old.name, new.name))
    if replace(new, name=old.name) != old:
        found.append(("lane_changed", old.members, new.members))
    return found


def _of_pool(old: Participant, new: Participant) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = [("renamed", old.name, new.name)] if old.name != new.name else []
    return found + ([("pool_changed", old.process, new.process)] if old.process != new.process else [])


def _kind(part: Part) -> str:
    return part.kind if isinstance(part, Element | Flow) else "lane" if isinstance(part, Lane) else "pool"


def _told(part: Part, names: Mapping[str, str] | None) -> str:
    """What a part is called; a flow by what it leads from and to."""
    if isinstance(part, Flow) and names is not None:
        return f"{names.get(part.source, part.source)} → {names.get(part.target, part.target)}"
    return part.name or (names or {}).get(part.id, part.id)


def _names(model: Model) -> dict[str, str]:
    named: list[Part] = [*placed_in(model).elements, *model.lanes, *model.participants]
    names = {each.id: each.name or each.id for each in named}
    return {flow.id: _told(flow, names) for flow in model.flows} | names


def _kind_of(part: str, model: Model) -> str:
    parts: list[Element | Flow] = [*model.elements, *model.flows]
    return next((each.kind for each in parts if each.id == part), "")


def _called(model: Model) -> str:
    return model.name or next((process.name for process in model.processes if process.name), "")
