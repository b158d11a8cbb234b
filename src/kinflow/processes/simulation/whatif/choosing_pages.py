"""Choosing the moves of a what-if: one after the other from pick lists of the calibrated process."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict, Invalid
from kinflow.records.pages.answers import go_on, only_post
from kinflow.web.doors import page

from ...designs.wrong import wrong_fields
from ...diagnosis.telling import ToldFinding, finding_of
from ...studio.subject import Subject, subject_of
from ..calibrating.access import may_calibrate
from ..calibrating.models import Calibration
from ..calibrating.written import scenario_of
from ..scenario import Scenario
from .access import may_try
from .actions import calibration_for, start_what_if
from .kinds import FLAG, KIND, NUMBER, ROLES, Move, Named, asked_of, fitting
from .models import MOST_TIMES, USUAL_TIMES, NotCalibrated
from .moves import MOVES, applied, fits, move_of, told_move
from .pages import address_of, what_if_frame
from .suggesting import suggested, trials_for, tried_moves
from .telling import named_in

Told = list[dict[str, Any]]


@page
def choose_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Choose moves, add and take them out; posted to with `do=start`, they are played."""
    subject = subject_of(request, key)
    given = request.POST if request.method == "POST" else request.GET
    do, moves, problem = given.get("do", ""), _moves_in(given), None
    try:
        calibration = calibration_for(subject.process)
    except NotCalibrated as missing:
        return go_on(request, f"/processes/{key}/simulation/", f"{missing} {missing.remedy}")
    try:
        if request.method == "POST" and do == "start":
            row = start_what_if(
                process=subject.process,
                moves=moves,
                times=_whole(given.get("times", "")),
                finding=given.get("finding", ""),
                by=subject.by,
            )
            return go_on(request, f"{address_of(subject)}{row.pk}/", _("The what-if began."))
        if do == "add" or "take" in given:
            added = [*moves, told_move(_added(given)) if do == "add" else _taken(given)]
            applied(scenario_of(calibration.scenario), [move_of(each) for each in added])
            moves = added
    except Invalid as refusal:
        problem = refusal
    if do.startswith("drop:"):
        moves = [each for place, each in enumerate(moves) if f"drop:{place}" != do]
    chosen = given if problem or request.method == "GET" else {}
    context = what_if_frame(subject) | _form(subject, calibration, moves, given, chosen, problem)
    name = "processes/simulation/what_if_new.html"
    is_part = request.headers.get("HX-Target") == "what-if-form"
    return render(request, f"{name}#form" if is_part else name, context, status=422 if problem else 200)


def _moves_in(given: QueryDict) -> Told:
    try:
        told = json.loads(given.get("moves", "") or "[]")
    except (ValueError, RecursionError):
        return []
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _added(given: QueryDict) -> Move:
    """The move that the form's fields describe."""
    kind = MOVES.get(given.get("move", ""))
    told: dict[str, Any] = {"move": given.get("move", "")}
    for name, asked in asked_of(kind).items() if kind else ():
        if asked.kind == ROLES:
            told[name] = given.getlist(name)
        elif asked.kind == FLAG:
            told[name] = name in given
        else:
            told[name] = given.get(name, "")
    return move_of(told)


def _taken(given: QueryDict) -> dict[str, Any]:
    """The suggested move that was taken. Raises Invalid for what is none."""
    try:
        told = json.loads(given.get("take", ""))
    except (ValueError, RecursionError):
        told = {}
    return told_move(move_of(told if isinstance(told, dict) else {}))


def _whole(text: str) -> int:
    """How often to play; 0 for what is no number, which is refused."""
    if not text.strip():
        return USUAL_TIMES
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _form(
    subject: Subject,
    calibration: Calibration,
    moves: Told,
    given: QueryDict,
    chosen: Mapping[str, Any],
    problem: Invalid | None,
) -> dict[str, Any]:
    """What the form shows: the moves so far, those there are, the fields of the one that is picked as `chosen`."""
    scenario = scenario_of(calibration.scenario)
    words: list[str] = []
    for each in moves:
        try:
            move = move_of(each)
            named = named_in(subject.process, calibration, scenario)
            scenario = applied(scenario, [move])
        except Invalid as refusal:
            problem, moves = refusal, moves[: len(words)]
            break
        words.append(move.words(named))
    made = [move_of(each) for each in moves]
    kind = MOVES.get(given.get("move", ""))
    named = named_in(subject.process, calibration, scenario)
    ideas = suggested(subject.process, scenario_of(calibration.scenario), subject.by)
    return {
        "moves": words,
        "suggestions": [
            {
                "take": json.dumps(told_move(each.move), ensure_ascii=False),
                "words": each.move.words(named),
                "finding": each.finding,
                "trial": each.trial,
            }
            for each in ideas
            if each.move not in made and fits(each.move, scenario)
        ],
        "carried_moves": json.dumps(moves, ensure_ascii=False),
        "kinds": [(key, each.label) for key, each in MOVES.items()],
        "picked": kind,
        "fields": _fields(kind, scenario, named, chosen, _wrong(problem, kind, len(moves))) if kind else [],
        "problem": problem,
        "wrong": wrong_fields(problem, {"times": "/times"}),
        "times": given.get("times", USUAL_TIMES) if problem else _whole(given.get("times", "")),
        "most_times": MOST_TIMES,
        "finding": given.get("finding")
        or next((each.finding.key for each in ideas if each.move in made), ""),
    }


def _wrong(problem: Invalid | None, kind: type[Move], place: int) -> dict[str, str]:
    """By parameter what is wrong with the move that was to be added, behind the others."""
    names = asked_of(kind)
    unread = wrong_fields(problem, {name: f"/{name}" for name in names})
    return unread | wrong_fields(problem, {name: f"/moves/{place}/{name}" for name in names})


def _fields(
    kind: type[Move], scenario: Scenario, named: Named, given: Mapping[str, Any], wrong: Mapping[str, str]
) -> list[dict[str, Any]]:
    usual = kind()
    return [
        {
            "name": name,
            "asked": asked,
            "value": _chosen(given, name, asked.kind, _plain(getattr(usual, name))),
            "wrong": wrong.get(name, ""),
            "options": [
                (each, named("role" if asked.kind == ROLES else asked.kind, each))
                for each in fitting(kind, name, scenario)
            ],
            "is_number": asked.kind == NUMBER,
            "is_flag": asked.kind == FLAG,
            "is_many": asked.kind == ROLES,
            "hint": _("The calibration tells no kinds of cases apart.") if asked.kind == KIND else "",
        }
        for name, asked in asked_of(kind).items()
    ]


def _chosen(given: Mapping[str, Any], name: str, kind: str, usual: Any) -> Any:
    """What was given for a parameter, to show it again; else what is usual."""
    if kind == ROLES and isinstance(given, QueryDict):
        return given.getlist(name)
    return name in given if kind == FLAG else given.get(name, usual)


def _plain(value: Any) -> Any:
    return f"{value:g}" if isinstance(value, float) else value


@page
def try_finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """Play one of the moves that a finding proposes: `move` says which."""
    if refused := only_post(request):
        return refused
    subject = subject_of(request, key)
    found = finding_of(subject.process, finding, subject.by)
    move = next((each for each in _proposed(subject, found) if each.key == request.POST.get("move")), None)
    if move is None:
        raise Conflict(_("This move does not fit any more."), remedy=_("Look at the finding again."))
    row = start_what_if(process=subject.process, moves=[told_move(move)], finding=found.key, by=subject.by)
    return go_on(request, f"{address_of(subject)}{row.pk}/", _("The what-if began."))


def _proposed(subject: Subject, found: ToldFinding) -> list[Move]:
    scenario = scenario_of(calibration_for(subject.process).scenario)
    return [move for move, _trial in tried_moves(found.finding, scenario, trials_for(subject.process))]


def can_try(subject: Subject) -> bool:
    """Whether the reader may try moves of this process, and it is calibrated."""
    try:
        return may_try(subject.by) and bool(calibration_for(subject.process))
    except NotCalibrated:
        return False


def can_prepare(subject: Subject) -> bool:
    """Whether the reader may try moves once the process is calibrated, and may calibrate it."""
    return may_try(subject.by) and may_calibrate(subject.by) and not can_try(subject)


def tries_of(subject: Subject, found: ToldFinding) -> list[dict[str, Any]]:
    """What a finding's page offers to try, with what came of it if it was tried: nothing to who may not, or where the
    process is not calibrated."""
    if not can_try(subject):
        return []
    calibration = calibration_for(subject.process)
    scenario = scenario_of(calibration.scenario)
    named = named_in(subject.process, calibration, scenario)
    moves = tried_moves(found.finding, scenario, trials_for(subject.process))
    return [{"move": each.key, "words": each.words(named), "trial": trial} for each, trial in moves]
