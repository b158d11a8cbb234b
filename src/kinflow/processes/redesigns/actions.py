"""All that can be done with redesigns: make the moves of a what-if a design, and take them back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.automation.bilingual import in_all_languages
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit

from ..bpmn.model import Model
from ..bpmn.words import note_words
from ..bpmn.writing import write_bpmn
from ..designs.actions import add_design, change_design, remove_design
from ..designs.drawn_check import read_drawn, still_fitting
from ..designs.models import DesignVersion, ProcessDesign
from ..designs.versions import newest, write_again
from ..simulation.calibrating.written import scenario_of
from ..simulation.scenario import Scenario
from ..simulation.whatif.access import seen_what_ifs
from ..simulation.whatif.kinds import ROLE
from ..simulation.whatif.models import WhatIf
from ..simulation.whatif.moves import move_of
from ..simulation.whatif.telling import moves_told, named_in
from .authority import move_authority
from .charts import Chart
from .covering import covered, held_to
from .deciders import deciders as groups_of
from .done import Left
from .events import DesignRedesigned, RedesignUndone
from .models import Redesign
from .moves import changes_model, make
from .organising import organise
from .places import DoesNotFit
from .placing import Names, asking, placed, steps_in
from .promising import horizon_of, milestone_of, promise_of
from .taking_back import take_back
from .training import Training, train, untrain


class NothingToUndo(Conflict):
    """The moves cannot be taken back any more."""

    code = "nothing-to-undo"


@action
def make_design(
    *,
    whatif: WhatIf,
    design: ProcessDesign | None = None,
    file: bytes = b"",
    kind: str = "",
    name: str = "",
    name_zh: str = "",
    steps: Mapping[str, str] | None = None,
    policies: Mapping[int, Mapping[str, Any]] | None = None,
    training: Mapping[int, Training] | None = None,
    restructures: bool = False,
    deciders: Mapping[int, str] | None = None,
    authority: bool = False,
    found: Mapping[str, str] | None = None,
    seen: int | None = None,
    by: Actor,
) -> Redesign:
    """Make the moves of a what-if in a design's newest version, as a new one, or in a file's model as a new design.

    Moves that change the organisation alone make a version, too, with the model as it was: so it can go live, be
    measured, and be taken back.

    `steps` says which element a step of the process is, where it is not called so; `policies` for which records the
    policy of a move holds; `training` which skill the people of a cross-training move get, by the places of the moves;
    `restructures` whether units and lines, posts and working calendars of the organisation are changed, too, as the moves
    have them; `deciders` the unit or position ("unit:4", "position:7") that a moved decision goes to, by the places of
    the moves, and `authority` whether policies ask that position from now on.
    Raises Invalid, naming the move that does not fit; Conflict where somebody changed the design meanwhile.
    """
    if design is not None:
        design = hold(design)
        permit(by, design)
    else:
        permit(by, kind="processdesign")
    _refuse_unready(whatif, by)
    before = newest(design) if design is not None else None
    content = bytes(before.content) if before is not None else file
    scenario = scenario_of(whatif.calibration.scenario)
    moves = [move_of(each) for each in whatif.moves]
    called = partial(named_in(whatif.process, whatif.calibration, scenario), ROLE)
    structure, places = organise(scenario, moves, called, by) if restructures else ([], set())
    groups = groups_of(scenario, moves, deciders or {}, structure, by)
    if authority:
        moved, where = move_authority(whatif.process, moves, groups, by)
        structure, places = structure + moved, places | where
    bound = before.bindings if before is not None else {}
    changed, bindings, told = _changed(whatif, content, bound, steps or {}, policies or {}, groups)
    if design is None:
        design = add_design(file=changed, kind=kind, name=name, name_zh=name_zh, bindings=bindings, by=by)
    else:
        design = _written(design, changed, bindings, seen, by)
    trained = train(scenario, moves, training or {}, by)
    for place, one in enumerate(told):
        one["done"] = place in places
    covers = covered(whatif, policies or {}, design.owner, told)
    made = Redesign(
        design=design,
        number=design.number,
        before=before.number if before is not None else None,
        what_if=whatif,
        finding=whatif.finding,
        found=dict(found or {}),
        moves=told,
        skills=trained,
        structure=structure,
        promise=held_to(promise_of(whatif.figures), covers),
        horizon_days=horizon_of(whatif.figures),
        milestone=milestone_of(whatif),
    )
    made.save()
    record(
        DesignRedesigned(
            processdesign=design,
            number=design.number,
            moves=len(told),
            trained=len(trained),
            restructured=len(structure),
        )
    )
    return made


def _written(
    design: ProcessDesign, content: bytes, bindings: Mapping[str, Any], seen: int | None, by: Actor
) -> ProcessDesign:
    """The design's next version, also where the model stays: then only the organisation changes with it."""
    number = design.number
    design = change_design(processdesign=design, file=content, bindings=bindings, seen=seen, by=by)
    return design if design.number != number else write_again(design, by)


def _refuse_unready(whatif: WhatIf, by: Actor) -> None:
    if not seen_what_ifs(by).filter(pk=whatif.pk).exists():
        raise Invalid(errors=[FieldError("/whatif", _("There is no such what-if."))])
    if not whatif.figures:
        raise Conflict(
            _("This what-if was not played to its end."), remedy=_("Wait for it, or play it anew.")
        )


def _changed(
    whatif: WhatIf,
    content: bytes,
    bindings: Mapping[str, Any],
    steps: Mapping[str, str],
    policies: Mapping[int, Mapping[str, Any]],
    groups: Mapping[int, str],
) -> tuple[bytes, dict[str, Any], list[dict[str, Any]]]:
    """The model after the moves with what is bound in it, and each move told."""
    scenario = scenario_of(whatif.calibration.scenario)
    moves = [move_of(each) for each in whatif.moves]
    words = in_languages(whatif)
    told: list[dict[str, Any]] = [
        {"move": move.key, "words": words[place], "model": changes_model(move)}
        for place, move in enumerate(moves)
    ]
    if not any(each["model"] for each in told):
        return content, dict(bindings), told
    model = read_drawn(content)
    chart = Chart(model, bindings)
    asked = steps_in(moves, scenario)
    found = placed(asked, names_in(whatif, scenario), model, steps, scenario)
    asks = asking(whatif, found.elements, model, scenario)
    places = replace(found, conditions=policies, asking=asks, groups=groups)
    for place, move in enumerate(moves):
        if changes_model(move):
            many = len(chart.lost)
            try:
                made = make(chart, move, places, place)
            except DoesNotFit as fault:
                raise Invalid(
                    errors=[FieldError(f"/moves/{place}", str(fault))],
                    remedy=_("Say which steps they are, choose another design, or draw the change."),
                ) from None
            told[place] |= {"model": bool(made), "left_out": chart.lost[many:]}
    first = next((each for each in told if each["model"]), None)
    if first is None:
        return content, dict(bindings), told
    first["left_out"] += _unkept(model)
    tidy = chart.tidied()
    return write_bpmn(tidy), still_fitting(chart.bindings, tidy), told


def _unkept(model: Model) -> list[dict[str, str]]:
    """What stands in a file and will not in the one that is written of its model, by language."""
    notes = [note for note in model.notes if note.code in ("extension", "not_read", "several_events")]
    return [in_all_languages(partial(note_words, note)) for note in notes]


def names_in(whatif: WhatIf, scenario: Scenario) -> Names:
    """What the steps of a what-if's process are called in all languages."""

    def called(step: str) -> list[str]:
        def say() -> str:
            return named_in(whatif.process, whatif.calibration, scenario)("step", step)

        return list(in_all_languages(say).values())

    return called


def in_languages(whatif: WhatIf) -> list[dict[str, str]]:
    """Each move of a what-if in words, by language."""
    by_language: list[dict[str, str]] = [{} for _move in whatif.moves]
    languages = in_all_languages(lambda: "")
    for language in languages:
        with translation.override(language):
            for told, words in zip(by_language, moves_told(whatif), strict=True):
                told[language] = words
    return by_language


@dataclass(frozen=True)
class Undone:
    """The design without the moves (None: it is gone with them), and what could not be taken back."""

    design: ProcessDesign | None
    stayed: list[Left]


@action
def undo_redesign(*, design: ProcessDesign, number: int, by: Actor) -> Undone:
    """Take the moves of a version back: design, people's skills and the organisation are as before.

    What somebody changed otherwise since, or needs, stays as it is now. A design that the moves began is gone.

    Raises NothingToUndo where it was changed since; Conflict where something ran by a design that would go.
    """
    design = hold(design)
    permit(by, design)
    made = Redesign.objects.filter(design=design, number=number, undone_number=None).first()
    if made is None or design.number != number:
        raise NothingToUndo(
            _("The design was changed since these moves were made."),
            remedy=_("Take back what came after them first, or draw it as it was."),
        )
    stayed = untrain(made.skills, by) + take_back(made.structure, by)
    if made.before is None:
        made.delete()
        remove_design(processdesign=design, by=by)
        return Undone(None, stayed)
    old = DesignVersion.objects.get(design=design, number=made.before)
    design = _written(design, bytes(old.content), old.bindings, None, by)
    made.undone_number, made.stayed = design.number, stayed
    made.save()
    record(RedesignUndone(processdesign=design, undone=number, number=design.number, stayed=len(stayed)))
    return Undone(design, stayed)
