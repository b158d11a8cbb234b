"""What each move of a what-if does to the chart of a design; what it cannot do there, it says."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.organisation.models import Unit

from ..bpmn.foreign_back import of_any_kind, says_more
from ..designs.groups import row_of
from ..designs.plans import WAITS_FOR_PEOPLE
from ..simulation.whatif.border_moves import Buffer, MoveOutside, Unbuffer
from ..simulation.whatif.kinds import Move
from ..simulation.whatif.order_moves import Merge, Parallelise, Reorder
from ..simulation.whatif.organising.moves import CaseTeam, MoveDecision
from ..simulation.whatif.people_moves import CaseManager
from ..simulation.whatif.way_moves import Automate, Batching, Eliminate, Empower, Triage
from .charts import CHOICE, INCLUSIVE, Chart
from .collecting import batch
from .holding import buffer, unbuffer
from .orders import merge, parallelise, reorder
from .passing import left_out, pass_by
from .places import DoesNotFit, Places, named

PER_CENT = 100


def _eliminate(chart: Chart, move: Eliminate, places: Places, _place: int) -> list[str]:
    key = places.of(move.step)
    return [left_out(chart, each) for each in (*_asking(chart, places, key), key)]


def _asking(chart: Chart, places: Places, key: str) -> list[str]:
    """Where a step is asked for, if one way leads on from there."""
    asked = places.asking.get(key, "")
    return [asked] if asked in chart.elements and len(chart.out(asked)) == 1 else []


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
    return [name for each in passed for name in pass_by(chart, each, question, answer, condition)]


def _automate(chart: Chart, move: Automate, places: Places, _place: int) -> list[str]:
    key = places.of(move.step)
    _becomes(chart, key, "serviceTask")
    return [named(chart, key)]


def _becomes(chart: Chart, key: str, kind: str) -> None:
    """Nobody's task any more, so that nothing comes out of it: what its result decided is to be said anew.

    What other tools said of it as a task of a person would be wrong of it now, and is left out.
    """
    chart.empty(key)
    foreign = chart.elements[key].foreign
    if says_more(foreign):
        chart.lose(key)
    chart.change(key, kind=kind, foreign=of_any_kind(foreign))
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
            % {"step": named(chart, key)}
        )
    _becomes(chart, key, "receiveTask")
    return [named(chart, key)]


def _case_manager(chart: Chart, move: CaseManager, places: Places, _place: int) -> list[str]:
    """Whoever has the record does every step of these roles, instead of somebody for each step."""
    found = _assigned(chart, move, places, "owner")
    if not found:
        raise DoesNotFit(_("None of the steps of these roles stands in the design."))
    return found


def _case_team(chart: Chart, move: CaseTeam, places: Places, place: int) -> list[str]:
    """The scoring finds somebody of the team for every step of these roles, once there is such a unit."""
    return _assigned(chart, move, places, places.groups[place]) if place in places.groups else []


def _assigned(chart: Chart, move: CaseManager, places: Places, to: str) -> list[str]:
    found = []
    for step, role in places.roles.items():
        key = places.elements.get(step)
        if role in move.roles and key is not None and "do" not in chart.bindings.get(key, {}):
            _give(chart, key, to)
            found.append(named(chart, key))
    return found


def _give(chart: Chart, key: str, to: str) -> None:
    chart.bindings[key] = {"kind": "task", **chart.bindings.get(key, {}), "assign": to}
    row = row_of(to)
    if row is not None:
        chart.lay_in(key, {row.name} if isinstance(row, Unit) else {row.name, row.unit.name})


def _decision(chart: Chart, move: MoveDecision, places: Places, place: int) -> list[str]:
    """The step goes to the position or unit that decides now; nothing changes where none of ours fills the role."""
    if place not in places.groups:
        return []
    key = places.of(move.step)
    if chart.elements[key].kind not in WAITS_FOR_PEOPLE or "do" in chart.bindings.get(key, {}):
        raise DoesNotFit(_("No person does “%(step)s” in the design.") % {"step": named(chart, key)})
    _give(chart, key, places.groups[place])
    return [named(chart, key)]


_MAKES: Mapping[type[Move], Callable[..., list[str]]] = {
    Eliminate: _eliminate,
    Empower: _empower,
    Triage: _triage,
    Automate: _automate,
    MoveOutside: _outside,
    Merge: merge,
    Parallelise: parallelise,
    Reorder: reorder,
    CaseManager: _case_manager,
    CaseTeam: _case_team,
    MoveDecision: _decision,
    Batching: batch,
    Buffer: buffer,
    Unbuffer: unbuffer,
}


def changes_model(move: Move) -> bool:
    """Whether a move changes the flow; the others are for the organisation."""
    return type(move) in _MAKES


def make(chart: Chart, move: Move, places: Places, place: int) -> list[str]:
    """Make a move in the chart; what it touches, nothing where there is nothing to change. Raises DoesNotFit."""
    return _MAKES[type(move)](chart, move, places, place)
