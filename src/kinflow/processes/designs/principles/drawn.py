"""What a design says of each principle: pure rules over its model and its bindings."""

from collections import Counter
from collections.abc import Iterator, Mapping

from kinflow.automation.rules.plans import walk

from ...bpmn.model import Element
from ..bindings import Automatic, Holding, Results
from .hands import Drawn
from .parallel import forks_of
from .said import COLLECTED, INSIDE, ONCE, OUTCOMES, PARALLEL, SCATTERED, TOGETHER, Evidence, Speaks

FEW, MANY = 0.25, 0.5
"""Of the steps that follow each other, so many in another hand are few, and so many are many."""
ANSWERS = frozenset({"approved", "refused"})
CONTACTS = frozenset({"call", "visit", "meeting"})
"""Tasks in which a customer or supplier is spoken to."""


def evidence_of_design(drawn: Drawn) -> list[Evidence]:
    """All that the design says."""
    rules = (_outcomes, _collected, _scattered, _parallel, _together, _once, _inside)
    return [each for rule in rules for each in rule(drawn)]


def _ids(elements: list[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for each in elements))


def _outcomes(drawn: Drawn) -> Iterator[Evidence]:
    """Whether one hand carries the case to its outcome."""
    steps = len(drawn.people)
    if not steps:
        return
    handed = [(a, b) for a, b in drawn.pairs if drawn.hand(a) != drawn.hand(b)]
    facts = {"steps": steps, "handed": len(handed), "pairs": len(drawn.pairs)}
    if not handed:
        yield Evidence(OUTCOMES, "one_hand", "for", facts)
        return
    share = len(handed) / len(drawn.pairs)
    speaks: Speaks = "for" if share <= FEW else "against" if share > MANY else ""
    yield Evidence(OUTCOMES, "handed", speaks, facts, _ids([b for _a, b in handed]))


def _collected(drawn: Drawn) -> Iterator[Evidence]:
    """Whether whoever takes in what comes from outside works on it, or hands it on."""
    handing, working = list[Element](), list[Element]()
    for source in drawn.model.elements:
        if not (_brings(source) or source.kind == "startEvent"):
            continue
        for taker in drawn.next_of_people(source.id):
            following = [each for each in drawn.next_of_people(taker.id) if each.id != taker.id]
            is_handed = following and all(drawn.hand(each) != drawn.hand(taker) for each in following)
            (handing if is_handed else working).append(taker)
    if handing:
        yield Evidence(COLLECTED, "handed_on", "against", {"count": len(_ids(handing))}, _ids(handing))
    if working:
        yield Evidence(COLLECTED, "worked_on", "for", {"count": len(_ids(working))}, _ids(working))


def _brings(element: Element) -> bool:
    """Whether something from outside comes in here."""
    return element.kind == "receiveTask" or (
        element.event in ("message", "signal")
        and element.kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent")
    )


def _scattered(drawn: Drawn) -> Iterator[Evidence]:
    """Whether the work goes to one pool of people, wherever they are."""
    free = [each for each in drawn.people if each.id not in drawn.lane_of]
    pooled = [each for each in free if drawn.task(each).assign == "scoring"]
    if pooled:
        facts = {"count": len(pooled), "steps": len(drawn.people)}
        speaks: Speaks = "for" if len(pooled) >= MANY * len(drawn.people) else ""
        yield Evidence(SCATTERED, "pooled", speaks, facts, _ids(pooled))
    lanes: dict[str, set[str]] = {}
    for each in drawn.people:
        if each.name and each.id in drawn.lane_of:
            lanes.setdefault(each.name, set()).add(drawn.lane_of[each.id])
    twins = [each for each in drawn.people if len(lanes.get(each.name, ())) > 1]
    if twins:
        facts = {"count": len({each.name for each in twins})}
        yield Evidence(SCATTERED, "twins", "against", facts, _ids(twins))


def _parallel(drawn: Drawn) -> Iterator[Evidence]:
    """Whether what runs side by side is told of each other before it meets."""
    forks = list(forks_of(drawn))
    if not forks:
        yield Evidence(PARALLEL, "nothing_parallel")
    for fork in forks:
        at, facts = (fork.element.id,), {"longest": fork.work[0], "other": fork.work[1]}
        if not fork.joins:
            yield Evidence(PARALLEL, "never_meets", "against", facts, at)
        elif fork.is_linked:
            yield Evidence(PARALLEL, "linked", "for", facts, at)
        elif fork.work[0] > 1:
            yield Evidence(PARALLEL, "meets_late", "against", facts, at)
        else:
            yield Evidence(PARALLEL, "meets_soon", "for", facts, at)


def _together(drawn: Drawn) -> Iterator[Evidence]:
    """Whether who does the work checks and decides, too."""
    if not drawn.people:
        return
    checks = [each for each in drawn.people if _is_check(drawn, each)]
    by_others = [
        each
        for each in checks
        if any(b.id == each.id and drawn.hand(a) != drawn.hand(b) for a, b in drawn.pairs)
    ]
    if by_others:
        facts = {"count": len(by_others), "steps": len(drawn.people)}
        yield Evidence(TOGETHER, "checked_by_others", "against", facts, _ids(by_others))
    if own := [each for each in checks if each not in by_others]:
        yield Evidence(TOGETHER, "checked_together", "for", {"count": len(own)}, _ids(own))
    if not checks:
        yield Evidence(TOGETHER, "no_checks", "for", {"steps": len(drawn.people)})
    sources = {flow.id: flow.source for flow in drawn.model.flows}
    ruled = [
        sources[key] for key, bound in drawn.bindings.items() if isinstance(bound, Holding) and key in sources
    ]
    if ruled:
        yield Evidence(TOGETHER, "ruled", "for", {"count": len(set(ruled))}, tuple(dict.fromkeys(ruled)))


def _is_check(drawn: Drawn, element: Element) -> bool:
    """Whether it is an approval, or the way goes on by whether it was approved."""
    if drawn.task(element).kind == "approval":
        return True
    ways = [
        flow.id
        for after in drawn.after.get(element.id, ())
        for flow in drawn.model.flows
        if flow.source == after and drawn.by_id[after].kind == "exclusiveGateway"
    ]
    bound = [drawn.bindings.get(way) for way in ways]
    return any(isinstance(each, Results) and set(each.results) <= ANSWERS for each in bound)


def _once(drawn: Drawn) -> Iterator[Evidence]:
    """Whether the same is asked, or the same field written, at two places."""
    names = Counter(each.name.casefold() for each in drawn.people if each.name)
    twice = [each for each in drawn.people if names[each.name.casefold()] > 1]
    if twice:
        facts = {"count": len({each.name.casefold() for each in twice})}
        yield Evidence(ONCE, "done_twice", "against", facts, _ids(twice))
    writing = _fields_written(drawn)
    again = {name: places for name, places in writing.items() if len(places) > 1}
    if again:
        at = tuple(dict.fromkeys(key for places in again.values() for key in places))
        yield Evidence(ONCE, "written_twice", "against", {"fields": tuple(sorted(again))}, at)
    elif writing:
        at = tuple(dict.fromkeys(key for places in writing.values() for key in places))
        yield Evidence(ONCE, "written_once", "for", {"count": len(writing)}, at)


def _fields_written(drawn: Drawn) -> Mapping[str, list[str]]:
    """By field the elements at which the program writes it."""
    found: dict[str, list[str]] = {}
    for key, bound in drawn.bindings.items():
        if not isinstance(bound, Automatic):
            continue
        for planned in walk(bound.steps):
            for name in getattr(planned.step, "values", {}) if planned.step.name == "change_fields" else ():
                if key not in found.setdefault(name, []):
                    found[name].append(key)
    return found


def _inside(drawn: Drawn) -> Iterator[Evidence]:
    """Whether customers and suppliers take part in the process itself."""
    holding = {each.within for each in drawn.model.elements}
    outside = [each for each in drawn.model.participants if not each.process or each.process not in holding]
    heard = [each for each in drawn.model.elements if _brings(each)]
    spoken = [each for each in drawn.people if drawn.task(each).kind in CONTACTS]
    if outside:
        facts = {"count": len(outside), "names": tuple(each.name for each in outside if each.name)}
        yield Evidence(INSIDE, "participants", "for", facts)
    if heard:
        yield Evidence(INSIDE, "heard", "for", {"count": len(heard)}, _ids(heard))
    if spoken:
        yield Evidence(INSIDE, "spoken_to", "", {"count": len(spoken)}, _ids(spoken))
    if not (outside or heard or spoken) and drawn.work:
        yield Evidence(INSIDE, "nobody_outside", "against", {"steps": len(drawn.work)})
