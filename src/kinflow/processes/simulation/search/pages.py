"""Searches on screen: what may be combined is chosen, the search followed, each point opened as a what-if."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError, Invalid, NotFound
from kinflow.records.long_work.pages import act_page, show
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ...designs.wrong import wrong_fields
from ...studio.pages.frame import frame_of
from ...studio.subject import Subject, subject_of
from ..calibrating.showing import verdict_told
from ..calibrating.written import scenario_of
from ..scenario import Scenario
from ..whatif.actions import calibration_for, start_what_if
from ..whatif.kinds import Move, Named, roles_in
from ..whatif.models import NotCalibrated
from ..whatif.moves import told_move
from ..whatif.suggesting import suggested
from ..whatif.telling import named_in
from ..works.paying import paid, pay_now
from .access import may_search, seen_searches
from .actions import MOST_CHANGE, remove_move_search, resume_move_search, start_move_search, stop_move_search
from .models import LEAST_PLAYS, MOST_PLAYS, USUAL_PLAYS, MoveSearch
from .pictures import scatters_of
from .space import offered, pay_of
from .telling import found_in, headline, is_priced, money, rows_told

SHOWN = 30
TRIED_FIRST = 4
"""So many of the offered moves are chosen already."""


def address_of(subject: Subject) -> str:
    """Where the searches of a process are."""
    return f"/processes/{subject.process.key}/move-searches/"


def _frame(subject: Subject) -> dict[str, Any]:
    return frame_of(subject, "what-ifs") | {
        "filter_form": None,
        "address": address_of(subject),
        "may_search": may_search(subject.by),
    }


FIELDS = {"moves": "/moves", "most_cost": "/most_cost", "plays": "/plays"}


@page
def searches_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """The searches of a process, and the form for a new one; posted to, it begins."""
    subject, problem = subject_of(request, key), None
    if request.method == "POST":
        try:
            row = start_move_search(process=subject.process, **_given(subject, request.POST), by=subject.by)
            return go_on(request, row.address, _("The search began."))
        except Invalid as refused:
            problem = refused
    rows = seen_searches(subject.by).filter(process=subject.process)[:SHOWN]
    context = (
        _frame(subject)
        | {"rows": rows, "problem": problem, "wrong": wrong_fields(problem, FIELDS)}
        | _form(subject, request.POST, problem)
    )
    status = problem.status if problem else 200
    return render(request, "processes/simulation/move_searches.html", context, status=status)


def _form(subject: Subject, given: QueryDict, problem: Invalid | None) -> dict[str, Any]:
    """What can be chosen; nothing where the process is not calibrated."""
    try:
        calibration = calibration_for(subject.process)
    except NotCalibrated:
        return {"is_calibrated": False}
    scenario = scenario_of(calibration.scenario)
    named = named_in(subject.process, calibration, scenario)
    pay = pay_now(subject.process, scenario)
    row = MoveSearch(process=subject.process, pay=pay)
    return {
        "is_calibrated": True,
        "verdict": verdict_told(calibration),
        "offers": _offers(subject, scenario, named, given),
        "roles": [
            {
                "role": role,
                "name": named("role", role),
                "there": sum(role in each.skills for each in scenario.staff),
                "fewer": given.get(f"fewer:{role}", "0"),
                "more": given.get(f"more:{role}", "1"),
                "wrong": wrong_fields(problem, {each: f"/{each}:{role}" for each in ("fewer", "more")}),
            }
            for role in roles_in(scenario)
            if any(step.role == role for step in scenario.steps)
        ],
        "pay": money(row, pay_of(paid(scenario, pay))),
        "unit": pay["currency"] if is_priced(row) else _("hours"),
        "most_cost": given.get("most_cost", ""),
        "plays": given.get("plays", USUAL_PLAYS),
        "least_plays": LEAST_PLAYS,
        "most_plays": MOST_PLAYS,
    }


def _offers(
    subject: Subject, scenario: Scenario, named: Named, given: QueryDict
) -> dict[str, list[dict[str, Any]]]:
    """The moves on offer: those that findings suggest, chosen already, and the others that fit."""
    by_finding = {each.move: each for each in suggested(subject.process, scenario, subject.by)}
    others = [move for move in offered(scenario) if move not in by_finding]
    helping = [move for move, each in by_finding.items() if not each.is_worse]
    first = set([*helping, *others][:TRIED_FIRST])
    found: dict[str, list[dict[str, Any]]] = {"suggested": [], "others": []}
    for move in (*by_finding, *others):
        written = _written(move)
        found["suggested" if move in by_finding else "others"].append(
            {
                "value": written,
                "label": move.label,
                "words": move.words(named),
                "finding": by_finding[move].finding if move in by_finding else None,
                "trial": by_finding[move].trial if move in by_finding else None,
                "chosen": written in given.getlist("moves") if given else move in first,
            }
        )
    return found


def _written(move: Move) -> str:
    return json.dumps(told_move(move), ensure_ascii=False, sort_keys=True)


def _given(subject: Subject, given: QueryDict) -> dict[str, Any]:
    """What the form says. Raises Invalid for what is no number."""
    scenario = scenario_of(calibration_for(subject.process).scenario)
    most = given.get("most_cost", "").strip()
    try:
        most_cost = float(most) if most else None
    except ValueError:
        raise Invalid(errors=[FieldError("/most_cost", _("Give an amount above zero, or none."))]) from None
    return {
        "moves": [_read(each) for each in given.getlist("moves")],
        "fewer": {role: _change(given, f"fewer:{role}") for role in roles_in(scenario)},
        "more": {role: _change(given, f"more:{role}") for role in roles_in(scenario)},
        "most_cost": most_cost,
        "plays": _whole(given, "plays"),
    }


def _read(written: str) -> dict[str, Any]:
    try:
        told = json.loads(written)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Invalid(errors=[FieldError("/moves", _("Choose a move."))])
    return told


def _whole(given: Mapping[str, Any], name: str) -> int:
    text = str(given.get(name, "") or "0").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Invalid(errors=[FieldError(f"/{name}", _("Give a whole number."))])
    return int(text)


def _change(given: Mapping[str, Any], name: str) -> int:
    """By how many people the number in a role may change; each is checked here, for one field stands for each role."""
    number = _whole(given, name)
    if number > MOST_CHANGE:
        words = _("Give a number from %(least)s to %(most)s.") % {"least": 0, "most": MOST_CHANGE}
        raise Invalid(errors=[FieldError(f"/{name}", words)])
    return number


def _row_of(subject: Subject, pk: int) -> MoveSearch:
    return get_object_or_404(seen_searches(subject.by).filter(process=subject.process), pk=pk)


@page
def search_page(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """One search: how far it is, and what it found so far."""
    subject = subject_of(request, key)
    row = _row_of(subject, pk)
    context = _frame(subject) | {"row": row}
    return show(request, "processes/simulation/move_search.html", row, context, lambda: _found(row))


def _found(row: MoveSearch) -> dict[str, Any]:
    found = found_in(row)
    return {
        "headline": headline(found),
        "verdict": verdict_told(row.calibration),
        "scatters": scatters_of(row, found),
        "best": rows_told(row, found, found.best),
        "nearly": rows_told(row, found, found.nearly),
        "played": sum(len(each.plays) for each in found.points),
        "impossible": sum(not each.is_possible for each in found.points),
        "is_priced": is_priced(row),
        "most_cost": money(row, row.most_cost) if row.most_cost else "",
        "more_plays": min(MOST_PLAYS, 2 * row.plays),
    }


def _at(request: HttpRequest, key: str, pk: int) -> MoveSearch:
    return _row_of(subject_of(request, key), pk)


cancel = act_page(
    _at, lambda row, by: stop_move_search(movesearch=row, by=by), gettext_lazy("The search was stopped.")
)
remove = act_page(
    _at,
    lambda row, by: remove_move_search(movesearch=row, by=by),
    gettext_lazy("The search was removed."),
    lambda row: f"/processes/{row.process.key}/{row.PLACE}/",
)


@page
def resume(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let a search go on, perhaps up to more plays."""
    if refused := only_post(request):
        return refused
    row = _at(request, key, pk)
    plays = _whole(request.POST, "plays") or None
    resume_move_search(movesearch=row, plays=plays, by=actor_of(request))
    return go_on(request, row.address, _("The search goes on."))


@page
def open_point(request: HttpRequest, key: str, pk: int, place: int) -> HttpResponse:
    """Play one point before and after, as a what-if."""
    if refused := only_post(request):
        return refused
    subject = subject_of(request, key)
    row = _row_of(subject, pk)
    found = found_in(row)
    if place >= len(found.points) or not found.points[place].is_possible:
        raise NotFound(_("This search has no such combination."))
    moves = [told_move(each) for each in found.space.moves_of(found.points[place].choice)]
    made = start_what_if(process=subject.process, moves=moves, by=subject.by)
    return go_on(request, made.address, _("The what-if began."))
