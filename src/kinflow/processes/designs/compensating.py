"""What undoes which step, and what has it undone: read from a model, with what cannot be executed (BPMN 2.0, 10.7)."""

from collections.abc import Iterable, Iterator, Mapping

from ..bpmn.model import Element, Flow

Wrong = tuple[str, Element]
"""A code of `words.FAULTS`, and the element it is about."""


def undoing_of(elements: Mapping[str, Element], flows: Iterable[Flow]) -> dict[str, str]:
    """By step what undoes it: what an association leads to from a compensation event on its border."""
    beside = [(f.source, f.target) for f in flows if f.kind == "association"]
    pairs = [*beside, *((target, source) for source, target in beside)]
    found: dict[str, str] = {}
    for source, target in pairs:
        event, undoes = elements.get(source), elements.get(target)
        if event and undoes and event.event == "compensate" and undoes.for_compensation:
            found.setdefault(event.attached_to, undoes.id)
    return found


def wrongly_undone(
    elements: Mapping[str, Element], flows: Iterable[Flow], undoing: Mapping[str, str]
) -> Iterator[Wrong]:
    """What is drawn so that it cannot be executed."""
    led = {end for f in flows if f.kind == "sequenceFlow" for end in (f.source, f.target)}
    bordered = {e.attached_to for e in elements.values() if e.attached_to}
    for one in elements.values():
        if one.kind == "boundaryEvent" and one.event == "compensate":
            host, handler = elements.get(one.attached_to), elements.get(undoing.get(one.attached_to, ""))
            is_apart = host is None or host.by_event or host.for_compensation
            if is_apart or handler is None or handler.within != one.within or one.id in led:
                yield "no_handler", one
        if one.for_compensation and (one.id in led or one.id in bordered or one.id not in undoing.values()):
            yield "handler", one
        if one.event == "compensate" and one.kind in ("endEvent", "intermediateThrowEvent"):
            if not one.awaits:
                yield "undo_wait", one
            elif one.undoes and not _can_be_undone(elements, one, undoing):
                yield "undo_what", one


def _can_be_undone(elements: Mapping[str, Element], thrown: Element, undoing: Mapping[str, str]) -> bool:
    """Whether what an event names stands beside it, and can be undone, or a part of it."""
    what = elements.get(thrown.undoes)
    if what is None or _scope(elements, what.within) not in scopes_undone(elements, thrown.within):
        return False
    return any(is_within(elements, step, what.id) for step in undoing)


def scopes_undone(elements: Mapping[str, Element], scope: str) -> tuple[str, ...]:
    """The scopes whose steps an event in this one has undone ("": the process): of what an event began, also that
    around it.
    """
    holder = elements.get(scope)
    if holder is None or not holder.by_event:
        return (_scope(elements, scope),)
    return (scope, *scopes_undone(elements, holder.within))


def _scope(elements: Mapping[str, Element], within: str) -> str:
    return within if within in elements else ""


def is_within(elements: Mapping[str, Element], step: str, what: str) -> bool:
    """Whether a step is this one, or stands in it."""
    while step in elements:
        if step == what:
            return True
        step = elements[step].within
    return False


def undone_by(elements: Mapping[str, Element], undoing: Mapping[str, str], thrown: Element) -> list[str]:
    """What may undo steps when an event is thrown."""
    scopes = scopes_undone(elements, thrown.within)
    return [
        handler
        for step, handler in undoing.items()
        if (not thrown.undoes or is_within(elements, step, thrown.undoes))
        and any(not scope or is_within(elements, elements[step].within, scope) for scope in scopes)
    ]
