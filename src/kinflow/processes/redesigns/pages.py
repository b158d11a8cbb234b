"""“Make this the design”: from the page of a what-if, and taking it back from the page of a design."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinflow.automation.authority.naming import called
from kinflow.automation.rules.forms import condition_of
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.organisation.models import Skill
from kinflow.records.access import may, visible
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..access import may_see_people
from ..bpmn.model import ACTIVITIES, Model
from ..conformance.pages import USUAL_NOISE
from ..definitions.models import Process
from ..designs.access import may_change_designs
from ..designs.drawn_check import read_drawn
from ..designs.groups import group_words, is_group
from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from ..designs.pages import design_at, show_design
from ..designs.sources import Source
from ..designs.versions import newest
from ..designs.wrong import wrong_fields
from ..simulation.calibrating.written import scenario_of
from ..simulation.scenario import Scenario
from ..simulation.whatif.access import seen_what_ifs
from ..simulation.whatif.border_moves import Buffer, Unbuffer
from ..simulation.whatif.kinds import ROLE, Move
from ..simulation.whatif.models import WhatIf
from ..simulation.whatif.moves import move_of
from ..simulation.whatif.organising.moves import MoveDecision
from ..simulation.whatif.pages import what_if_frame
from ..simulation.whatif.telling import moves_told, named_in
from ..simulation.whatif.way_moves import Empower, Triage
from ..studio.subject import Subject, subject_of
from . import actions
from .authority import may_move_authority, policies_behind
from .deciders import choices_for
from .finding import found_words
from .moves import changes_model
from .organising import changes_organisation, foreseen
from .placing import placed, steps_in
from .restructuring import changes_structure, may_restructure
from .staying import staying_words
from .training import Training, learners


@page
@require_http_methods(["GET", "POST"])
def make_page(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """Choose the design, say which steps are which and for whom a policy holds; POST makes the moves."""
    subject = subject_of(request, key)
    row = get_object_or_404(seen_what_ifs(subject.by).filter(process=subject.process), pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    problem: Problem | None = None
    designs = _designs(subject)
    base = next((each for each in designs if str(each.pk) == given.get("base")), None)
    if request.method == "POST":
        try:
            made = actions.make_design(
                whatif=row,
                by=subject.by,
                found=found_words(row, subject.by),
                **_given(request, subject, row, base),
            )
        except Problem as error:
            problem = error
        else:
            told = _("This is version %(number)s now.") % {"number": made.number}
            return go_on(request, f"/process-design/{made.design_id}/", told)
    context = what_if_frame(subject) | {
        "row": row,
        "designs": [(each.pk, design_called(each), each.number) for each in designs],
        "base": base,
        "kind": subject.process.case_kind,
        "can_begin_anew": subject.process.case_kind in registry,
        "may_make": may_change_designs(subject.by),
        "problem": problem,
        "wrong": wrong_fields(problem, {"name": "/name", "base": "/base"}),
        "sent": given,
        "vocabulary": VOCABULARY,
        "is_for_people": not any(changes_model(each) for each in _moves(row)),
        **_form(request, subject, row, base, problem),
    }
    status = problem.status if problem else 200
    return render(request, "processes/redesigns/make.html", context, status=status)


def _designs(subject: Subject) -> list[ProcessDesign]:
    rows = visible(subject.by, ProcessDesign.objects.filter(kind=subject.process.case_kind))
    return list(rows.order_by("name")[:100])


def _model(subject: Subject, base: ProcessDesign | None) -> bytes:
    if base is not None:
        return bytes(newest(base).content)
    return Source(subject, 0, USUAL_NOISE, subject.process.called).content()


def _moves(row: WhatIf) -> list[Move]:
    return [move_of(each) for each in row.moves]


def _form(
    request: HttpRequest, subject: Subject, row: WhatIf, base: ProcessDesign | None, problem: Problem | None
) -> dict[str, Any]:
    """The fields: an element for each step, a condition for each policy, a skill for each training."""
    wrong = wrong_fields(problem, {str(place): f"/moves/{place}" for place in range(len(row.moves))})
    scenario = scenario_of(row.calibration.scenario)
    moves = _moves(row)
    given = request.POST if request.method == "POST" else request.GET
    deciding = _deciding(scenario, moves, subject.by)
    behind = _behind(subject, moves)
    is_drawn = base is not None and any(changes_model(each) for each in moves)
    model = read_drawn(_model(subject, base)) if is_drawn else None
    return {
        "steps": _steps(row, scenario, model, given) if model is not None else [],
        "asked": [
            {
                "place": place,
                "at": str(place),
                "words": words,
                "wrong": wrong.get(str(place), ""),
                "skill": given.get(f"skill:{place}", ""),
                "asks": _asks(move),
                "condition": condition_of(given.get(f"condition:{place}", ""), subject.process.case_kind),
                "foreseen": told,
                "deciders": deciding[place],
                "decider": given.get(f"decider:{place}", ""),
                "learners": len(learners(scenario, move)) if _may_train(subject.by) else 0,
            }
            for place, (move, words, told) in enumerate(
                zip(moves, moves_told(row), _foreseen(row, scenario, moves, subject.by), strict=True)
            )
        ],
        "restructures": any(changes_organisation(each) for each in moves) and may_restructure(subject.by),
        "behind": behind,
        "has_structure": any(changes_structure(each) for each in moves),
        "skills": list(visible(subject.by, Skill.objects.order_by("name"))[:200])
        if _may_train(subject.by)
        else [],
    }


def _deciding(scenario: Scenario, moves: Sequence[Move], by: Actor) -> list[list[tuple[str, str]]]:
    """By the place of each move whom the decision can go to that it gives away."""
    found = []
    for move in moves:
        role = move.role if isinstance(move, MoveDecision) else ""
        choices = choices_for(scenario, role, by) if role else []
        found.append([(group, group_words(group)) for group, _row in choices])
        scenario = move.apply(scenario)
    return found


def _behind(subject: Subject, moves: Sequence[Move]) -> list[str]:
    """The policies, by name, that ask somebody at a step that goes to another role; none for who may not change them."""
    if not may_move_authority(subject.by):
        return []
    found = [called(each) for move in moves for each in policies_behind(subject.process, move, subject.by)]
    return list(dict.fromkeys(found))


def _asks(move: Move) -> str:
    """What condition over the record a move is made by, in words; "" for none."""
    if isinstance(move, Empower | Triage):
        return _("For which records it holds")
    if isinstance(move, Buffer) and move.share < 100:
        return _("By which it is known to be at hand")
    return _("By which it is known to have come") if isinstance(move, Unbuffer) else ""


def _foreseen(row: WhatIf, scenario: Scenario, moves: Sequence[Move], by: Actor) -> list[str]:
    """What each move would change in posts and calendars; nothing for who may not change them."""
    if not may_restructure(by):
        return [""] * len(moves)
    role_called = partial(named_in(row.process, row.calibration, scenario), ROLE)
    told = []
    for move in moves:
        told.append(foreseen(scenario, move, role_called, by))
        scenario = move.apply(scenario)
    return told


def _may_train(by: Actor) -> bool:
    return may_see_people(by) and may(by, "organisation.set_skill", kind="person")


def _steps(row: WhatIf, scenario: Scenario, model: Model, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    asked = steps_in(_moves(row), scenario)
    chosen = {step: given[f"element:{step}"] for step in asked if given.get(f"element:{step}")}
    found = placed(asked, actions.names_in(row, scenario), model, chosen, scenario)
    named = named_in(row.process, row.calibration, scenario)
    options = [(each.id, each.name or each.id) for each in model.elements if each.kind in ACTIVITIES]
    return [
        {
            "step": step,
            "name": named("step", step),
            "element": found.elements.get(step, ""),
            "options": options,
        }
        for step in asked
    ]


def _given(request: HttpRequest, subject: Subject, row: WhatIf, base: ProcessDesign | None) -> dict[str, Any]:
    """What the form says."""
    sent, kind = request.POST, subject.process.case_kind
    if base is None and (sent.get("base") or kind not in registry):
        raise Invalid(errors=[FieldError("/base", _("Choose a design."))])
    scenario = scenario_of(row.calibration.scenario)
    steps = {
        step: sent[f"element:{step}"]
        for step in steps_in(_moves(row), scenario)
        if sent.get(f"element:{step}")
    }
    policies = {
        place: condition
        for place in range(len(row.moves))
        if (condition := condition_of(sent.get(f"condition:{place}", ""), kind))
    }
    training = {
        place: Training(int(skill))
        for place in range(len(row.moves))
        if (skill := sent.get(f"skill:{place}", "")).isdecimal()
        and len(skill) < 15
        and _may_train(subject.by)
    }
    seen = sent.get("seen", "")
    asked: dict[str, Any] = {"steps": steps, "policies": policies, "training": training}
    asked["deciders"] = {
        place: group for place in range(len(row.moves)) if is_group(group := sent.get(f"decider:{place}", ""))
    }
    asked["authority"] = sent.get("authority") == "on"
    asked["restructures"] = sent.get("restructures") == "on" and may_restructure(subject.by)
    if base is not None:
        return asked | {"design": base, "seen": int(seen) if seen.isdecimal() and len(seen) < 10 else None}
    name = sent.get("name", "").strip()
    names = {"name": name} if name else free_names(row)
    return asked | {"file": _model(subject, None), "kind": kind, **names}


def free_names(row: WhatIf) -> dict[str, str]:
    """What a new design is called that nobody named, in both languages."""
    english, chinese = (_redesigned(row.process, language) for language in ("en", "zh-hans"))
    taken = set(ProcessDesign.objects.filter(name__startswith=english).values_list("name", flat=True))
    numbers = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    free = next(number for number in numbers if f"{english}{number}" not in taken)
    return {"name": f"{english}{free}", "name_zh": f"{chinese}{free}"}


def _redesigned(process: Process, language: str) -> str:
    with translation.override(language):
        return _("%(process)s, redesigned") % {"process": process.called}


@page
@require_POST
def undo_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the moves of a version back."""
    design = design_at(request, pk)
    try:
        undone = actions.undo_redesign(design=design, number=number, by=actor_of(request))
    except Problem as problem:
        return show_design(request, design, problem)
    stayed = staying_words(undone.stayed, actor_of(request))
    if undone.design is None:
        return go_on(request, "/process-design/", " ".join([_("The design is gone."), *stayed]))
    told = _("Taken back: version %(number)s is as it was before.") % {"number": undone.design.number}
    return go_on(request, f"/process-design/{pk}/", " ".join([told, *stayed]))
