"""What each move of a what-if does to the chart of a design; what it cannot do there, it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..bpmn.model import Flow
from ..simulation.whatif.border_moves import MoveOutside
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.order_moves import Merge, Parallelise, Reorder
from ..simulation.whatif.people_moves import CaseManager
from ..simulation.whatif.way_moves import Automate, Eliminate, Empower, Triage
from .charts import CHOICE, INCLUSIVE, SPLIT, Chart
from .merging import bound_as_one, unmergeable

GOOD = frozenset({"approved", "done", "reached", "sent"})
"""The results of a task with which a case goes on."""
PER_CENT = 100


class DoesNotFit(Exception):
    """A move cannot be made in this design; says why."""


@dataclass(frozen=True)
class Places:
    """Where the steps of the process stand in the design, by their ids in the scenario; who does what there."""

    elements: Mapping[str, str]
    roles: Mapping[str, str]
    conditions: Mapping[int, Mapping[str, Any]]
    """By the place of a move in the what-if: for which records its policy, or its kind of case, holds."""
    asking: Mapping[str, str] = field(default_factory=dict)
    """By the element of a step the one in which it is asked for: who is spared the step is not asked for it."""

    def of(self, step: str) -> str:
        """The element of a step; steps that an earlier move made stand where their first part stood."""
        for key in (step, step.split("+")[0], step.removesuffix(" early"), step.removesuffix(" beside")):
            if key in self.elements:
                return self.elements[key]
        raise DoesNotFit(_("Say which step of the design it is."))


def _next(chart: Chart, key: str) -> Flow:
    out = chart.out(key)
    if len(out) != 1:
        raise DoesNotFit(
            _("Not exactly one way leads on from “%(step)s” in the design.") % {"step": _named(chart, key)}
        )
    return out[0]


def _named(chart: Chart, key: str) -> str:
    return chart.elements[key].name or key


def _after(chart: Chart, key: str) -> Flow:
    """The way on which a case goes on without a step: that of a good result where its result decided."""
    on = _next(chart, key)
    target = on.target
    ways = [f for f in chart.out(target) if f.target != key]
    decided = any("results" in chart.bindings.get(f.id, {}) for f in ways)
    if chart.elements[target].kind == CHOICE and decided:
        return _good(chart, target, key)
    return on


def _good(chart: Chart, choice: str, but: str) -> Flow:
    """The way out of a choice on which most go on: that of a good result, else the usual one, else the first."""
    ways = [f for f in chart.out(choice) if f.target != but]
    if not ways:
        raise DoesNotFit(_("Behind this step the design only goes back."))
    for flow in ways:
        if GOOD & set(chart.bindings.get(flow.id, {}).get("results", ())):
            return flow
    usual = chart.elements[choice].default
    return next((f for f in ways if f.id == usual), ways[0])


def _eliminate(chart: Chart, move: Eliminate, places: Places, _place: int) -> list[str]:
    key = places.of(move.step)
    return [_left_out(chart, each) for each in (*_asking(chart, places, key), key)]


def _left_out(chart: Chart, key: str) -> str:
    after = chart.end_of(_after(chart, key))
    name = _named(chart, key)
    for flow in chart.into(key):
        chart.lead(flow, after)
    chart.drop(key)
    return name


def _asking(chart: Chart, places: Places, key: str) -> list[str]:
    """Where a step is asked for, if one way leads on from there."""
    asked = places.asking.get(key, "")
    return [asked] if asked in chart.elements and len(chart.out(asked)) == 1 else []


def _pass_by(chart: Chart, key: str, question: Any, answer: Any, condition: Mapping[str, Any]) -> list[str]:
    after = chart.end_of(_after(chart, key))
    choice = chart.add(CHOICE, key, question)
    for flow in chart.into(key):
        chart.lead(flow, choice)
    way = chart.join(choice, after, answer)
    chart.change(choice, default=chart.join(choice, key))
    if condition:
        chart.bindings[way] = {"condition": dict(condition)}
    return [str(question), _named(chart, key)]


def _empower(chart: Chart, move: Empower, places: Places, place: int) -> list[str]:
    condition = places.conditions.get(place, {})
    words = gettext_lazy("Within the policy?"), gettext_lazy("within it, whoever has the case decides")
    return _spared(chart, places, move.step, *words, condition)


def _triage(chart: Chart, move: Triage, places: Places, place: int) -> list[str]:
    condition = places.conditions.get(place, {})
    return _spared(chart, places, move.step, f"{move.kind}?", move.kind, condition)


def _spared(
    chart: Chart, places: Places, step: str, question: Any, answer: Any, condition: Mapping[str, Any]
) -> list[str]:
    key = places.of(step)
    passed = [*_asking(chart, places, key), key]
    return [name for each in passed for name in _pass_by(chart, each, question, answer, condition)]


def _automate(chart: Chart, move: Automate, places: Places, _place: int) -> list[str]:
    key = places.of(move.step)
    _becomes(chart, key, "serviceTask")
    return [_named(chart, key)]


def _becomes(chart: Chart, key: str, kind: str) -> None:
    """Nobody's task any more, so that nothing comes out of it: what its result decided is to be said anew."""
    chart.empty(key)
    chart.change(key, kind=kind)
    chart.bindings.pop(key, None)
    for on in chart.out(key):
        if chart.elements[on.target].kind in (CHOICE, INCLUSIVE):
            for flow in chart.out(on.target):
                if "results" in chart.bindings.get(flow.id, {}):
                    del chart.bindings[flow.id]


def _outside(chart: Chart, move: MoveOutside, places: Places, _place: int) -> list[str]:
    """The instance waits for word that it is done, from whoever does it; the others have the task as before."""
    key = places.of(move.step)
    if move.share < PER_CENT:
        raise DoesNotFit(
            _("Draw who does “%(step)s” outside: the simulation knows only their share.")
            % {"step": _named(chart, key)}
        )
    _becomes(chart, key, "receiveTask")
    return [_named(chart, key)]


def _between(chart: Chart, first: str, second: str) -> tuple[Flow, str]:
    """The flow with which a case comes to the second step from the first, and the choice between, "" for none."""
    on = _next(chart, first)
    if on.target == second:
        return on, ""
    if chart.elements[on.target].kind == CHOICE:
        for flow in chart.out(on.target):
            if flow.target == second:
                return flow, on.target
    told = {"first": _named(chart, first), "second": _named(chart, second)}
    raise DoesNotFit(_("“%(second)s” does not follow “%(first)s” in the design.") % told)


def _merge(chart: Chart, move: Merge, places: Places, _place: int) -> list[str]:
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    if choice:
        told = {"first": _named(chart, first), "second": _named(chart, second)}
        raise DoesNotFit(
            _("Between “%(first)s” and “%(second)s” the design decides: draw there what is merged.") % told
        )
    if fault := unmergeable(chart, first, second):
        raise DoesNotFit(fault)
    on = _next(chart, second)
    by_second = move.role != "" and move.role in {
        role for step, role in places.roles.items() if places.elements.get(step) == second
    }
    if bound := bound_as_one(chart, first, second, by_second):
        chart.bindings[first] = bound
    both = f"{_named(chart, first)} + {_named(chart, second)}"
    one, two = (dict(chart.elements[each].names) for each in (first, second))
    names = tuple((language, f"{one[language]} + {two[language]}") for language in one if language in two)
    chart.change(first, name=both, names=names)
    chart.lead(way, chart.end_of(on))
    if not chart.into(second):
        for border in chart.border_of(second):
            chart.change(border.id, attached_to=first)
        chart.drop(second)
    return [both]


def _parallelise(chart: Chart, move: Parallelise, places: Places, _place: int) -> list[str]:
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    for each in (first, second):
        if any(border.interrupts and border.event != "compensate" for border in chart.border_of(each)):
            raise DoesNotFit(
                _("What stands on the border of “%(step)s” can end it: draw there what runs side by side.")
                % {"step": _named(chart, each)}
            )
    end = _next(chart, second)
    begin = choice or second
    others = [f for f in chart.out(choice) if f.id != way.id] if choice else []
    if (
        len(chart.into(begin)) > 1
        or len(chart.into(second)) > 1
        or any(f.target != end.target for f in others)
    ):
        raise DoesNotFit(
            _("Other ways lead to “%(step)s” or past it in the design: draw there what runs side by side.")
            % {"step": _named(chart, second)}
        )
    if any("results" in chart.bindings.get(f.id, {}) for f in (way, *others)):
        told = {"first": _named(chart, first), "second": _named(chart, second)}
        raise DoesNotFit(_("Whether “%(second)s” is done hangs on what comes out of “%(first)s”.") % told)
    split, together = chart.add(SPLIT, first), chart.add(SPLIT, second)
    aim = end.target
    for flow in chart.out(aim):
        asked = chart.bindings.get(flow.id, {})
        if chart.elements[aim].kind in (CHOICE, INCLUSIVE) and "results" in asked:
            chart.bindings[flow.id] = {"of": second, **asked}
    begins = chart.into(first)
    door = chart.add(CHOICE, first) if len(begins) > 1 else split
    for flow in begins:
        chart.lead(flow, door)
    if door != split:
        chart.join(door, split)
    chart.lead(_next(chart, first), together)
    chart.join(split, first)
    chart.join(split, begin)
    meet = chart.add(CHOICE, second) if others else together
    for flow in (end, *others):
        chart.lead(flow, meet)
    if others:
        chart.join(meet, together)
    chart.join(together, aim)
    return [_named(chart, first), _named(chart, second)]


def _reorder(chart: Chart, move: Reorder, places: Places, _place: int) -> list[str]:
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    if choice or len(chart.into(second)) > 1:
        raise DoesNotFit(
            _("Other ways lead to “%(step)s” or past it in the design: draw there what comes first.")
            % {"step": _named(chart, second)}
        )
    on = _next(chart, second)
    if chart.elements[on.target].kind == CHOICE and len(chart.out(on.target)) > 1:
        on = _good(chart, on.target, first)
    aim = on.target
    for flow in chart.into(first):
        if flow.id != on.id:
            chart.lead(flow, second)
    chart.lead(on, first)
    chart.lead(way, aim)
    return [_named(chart, second), _named(chart, first)]


def _case_manager(chart: Chart, move: CaseManager, places: Places, _place: int) -> list[str]:
    """Whoever has the record does every step of these roles, instead of somebody for each step."""
    named = []
    for step, role in places.roles.items():
        key = places.elements.get(step)
        if role in move.roles and key is not None and "do" not in chart.bindings.get(key, {}):
            chart.bindings[key] = {"kind": "task", **chart.bindings.get(key, {}), "assign": "owner"}
            named.append(_named(chart, key))
    if not named:
        raise DoesNotFit(_("None of the steps of these roles stands in the design."))
    return named


_MAKES: Mapping[type[Move], Callable[..., list[str]]] = {
    Eliminate: _eliminate,
    Empower: _empower,
    Triage: _triage,
    Automate: _automate,
    MoveOutside: _outside,
    Merge: _merge,
    Parallelise: _parallelise,
    Reorder: _reorder,
    CaseManager: _case_manager,
}


def changes_model(move: Move) -> bool:
    """Whether a move changes the flow; the others are for the organisation."""
    return type(move) in _MAKES


def make(chart: Chart, move: Move, places: Places, place: int) -> list[str]:
    """Make a move in the chart; the names of what it touches. Raises DoesNotFit."""
    return _MAKES[type(move)](chart, move, places, place)
