"""All moves, their JSON, and scenarios after several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid

from ..refusing import check_scenario
from ..scenario import Scenario
from .border_moves import Buffer, MoveOutside, Unbuffer
from .kinds import FLAG, NUMBER, ROLES, Move, asked_of, within, wrong_in
from .order_moves import Merge, Parallelise, Reorder
from .organising.moves import CaseTeam, FewerLayers, MergeUnits, MoveDecision, SplitUnit
from .people_moves import AddPeople, CaseManager, ChangeHours, CrossTrain, FewerPeople
from .quality_moves import CaptureAtSource, Standardise
from .way_moves import Automate, Batching, Eliminate, Empower, Triage

MOVES: Mapping[str, type[Move]] = {
    each.key: each
    for each in (
        Eliminate, Empower, Merge, CaseManager, Parallelise, Reorder, Automate, Triage, CrossTrain, AddPeople,
        FewerPeople, ChangeHours, Batching,
        CaptureAtSource, Standardise, MoveOutside, Buffer, Unbuffer,
        CaseTeam, MergeUnits, SplitUnit, FewerLayers, MoveDecision,
    )
}  # fmt: skip
MOST = 20
"""Moves of a what-if."""


def told_move(move: Move) -> dict[str, Any]:
    """A move as JSON."""
    return {"move": move.key, **asdict(move)}


def move_of(told: Mapping[str, Any], pointer: str = "") -> Move:
    """The move that was written so; numbers may be text. Raises Invalid, naming what cannot be read."""
    kind = MOVES.get(str(told.get("move")))
    if kind is None:
        raise Invalid(errors=[FieldError(f"{pointer}/move", _("Choose a move."))])
    values: dict[str, Any] = {}
    for name, asked in asked_of(kind).items():
        if name not in told:
            continue
        try:
            values[name] = _value(asked.kind, told[name])
        except (TypeError, ValueError, OverflowError):
            words = within(asked) if asked.kind == NUMBER else _("This cannot be read.")
            raise Invalid(errors=[FieldError(f"{pointer}/{name}", words)]) from None
    return kind(**values)


def _value(kind: str, told: Any) -> Any:
    if kind == NUMBER:
        return float(told)
    if kind == FLAG:
        return told in (True, "true", "on")
    if kind == ROLES:
        if isinstance(told, str):
            raise TypeError(told)
        return tuple(dict.fromkeys(str(each) for each in told))
    return str(told)


def applied(scenario: Scenario, moves: Sequence[Move]) -> Scenario:
    """The scenario after the moves, in their order. Raises Invalid, naming the move and parameter that do not fit."""
    if len(moves) > MOST:
        raise Invalid(errors=[FieldError("/moves", _("At most %(most)s moves.") % {"most": MOST})])
    for place, move in enumerate(moves):
        if wrong := wrong_in(move, scenario):
            errors = [FieldError(f"/moves/{place}{each.pointer}", each.message) for each in wrong]
            raise Invalid(errors=errors, remedy=_("Change the move, or take it out."))
        scenario = _playable(move.apply(scenario), place)
    return scenario


def fits(move: Move, scenario: Scenario) -> bool:
    """Whether the scenario can be played after this move alone."""
    try:
        applied(scenario, [move])
    except Invalid:
        return False
    return True


def _playable(scenario: Scenario, place: int) -> Scenario:
    try:
        check_scenario(scenario)
    except Invalid as problem:
        errors = [FieldError(f"/moves/{place}", each.message) for each in problem.errors[:1]]
        raise Invalid(
            _("After this move the process could not be played."),
            errors=errors,
            remedy=_("Choose another step, or take the move out."),
        ) from None
    return scenario
