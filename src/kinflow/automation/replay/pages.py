"""Replays and proposed weights on screen: begin, follow, read, export; take weights into the editor."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Problem
from kinflow.records.long_work.models import DONE
from kinflow.records.long_work.pages import act_page, show
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..rebalancing.drawing import drawing_of
from ..scorings.forms import content_of
from ..scorings.models import Scoring
from ..scorings.pages import show_draft
from ..scorings.using import current_version
from .access import learnings_of, may_learn, may_replay, replays_of, scoring_for, seen_replays
from .actions import cancel_replay, period_of, start_replay
from .learning_actions import USUAL_DAYS, cancel_learning, learn_weights
from .models import ScoringReplay, WeightLearning
from .outcomes import MEASURES
from .showing import (
    csv_lines,
    empty_words,
    moves_page,
    moves_told,
    outcomes_told,
    proposed_content,
    weight_rows,
)

SHOWN = 50


def _found(request: HttpRequest, pk: int) -> tuple[Scoring, Actor]:
    by = actor_of(request)
    return scoring_for(by, pk), by


@page
def replays(request: HttpRequest, pk: int) -> HttpResponse:
    """The replays and proposals of a scoring, and the forms for new ones; what is sent begins a replay."""
    scoring, by = _found(request, pk)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _begin(request, scoring, by)
        except Problem as refused:
            if not refused.errors or request.POST.get("draft"):
                raise
            problem = refused
    return _list(request, scoring, by, problem)


def _begin(request: HttpRequest, scoring: Scoring, by: Actor) -> HttpResponse:
    post = request.POST
    number = post.get("number", "")
    row = start_replay(
        scoring=scoring,
        content=content_of(post) if post.get("draft") else None,
        number=int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else None,
        since=post.get("since"),
        until=post.get("until"),
        by=by,
    )
    return go_on(request, row.address, _("The replay began."))


def _list(request: HttpRequest, scoring: Scoring, by: Actor, problem: Problem | None) -> HttpResponse:
    since, until = period_of("", "")
    context = {
        "scoring": scoring,
        "rows": seen_replays(by).filter(scoring=scoring)[:SHOWN],
        "learnings": WeightLearning.objects.filter(scoring=scoring)[:SHOWN],
        "versions": scoring.versions.values_list("number", flat=True)[:SHOWN],
        "since": request.POST.get("since") or timezone.localdate(since).isoformat(),
        "until": request.POST.get("until") or timezone.localdate().isoformat(),
        "learn_since": timezone.localdate(period_of("", "", usual_days=USUAL_DAYS)[0]).isoformat(),
        "may_replay": may_replay(by),
        "may_learn": may_learn(by) and scoring.kind in MEASURES,
        "problem": problem,
    }
    status = problem.status if problem else 200
    return render(request, "automation/replays.html", context, status=status)


def _replay(request: HttpRequest, pk: int, number: int) -> tuple[ScoringReplay, Actor]:
    by = actor_of(request)
    return get_object_or_404(replays_of(by, pk), pk=number), by


@page
def replay(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One replay: how far it is, or what came of it with the moved items page by page."""
    row, by = _replay(request, pk, number)
    context: dict[str, Any] = {
        "row": row,
        "scoring": row.scoring,
        "may_cancel": row.is_running and may_replay(by),
    }
    return show(
        request,
        "automation/replay.html",
        row,
        context,
        lambda: _outcome(request, row, by) if row.state == DONE else {},
    )


def _outcome(request: HttpRequest, row: ScoringReplay, by: Actor) -> dict[str, Any]:
    figures = row.figures
    moves, after = moves_page(row, request.GET.get("after", ""))
    people = [{**one, "limit": None} for one in figures["people"]]
    return {
        "figures": figures,
        "is_complete": figures.get("is_complete", True),
        "empty": empty_words(figures),
        "gini": dict(zip(("before", "own", "after"), figures["gini"], strict=True)),
        "drawing": drawing_of(people),
        "people": people,
        "outcomes": outcomes_told(row),
        "moves": moves_told(row, moves, by),
        "after": after,
    }


cancel = act_page(
    lambda request, pk, number: _replay(request, pk, number)[0],
    lambda row, by: cancel_replay(replay=row, by=by),
    gettext_lazy("The replay was cancelled."),
)


@page
def export(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The moved items as a CSV file."""
    row, by = _replay(request, pk, number)
    response = StreamingHttpResponse(csv_lines(row, by), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="replay-{row.pk}.csv"'
    return response


@page
def learn(request: HttpRequest, pk: int) -> HttpResponse:
    """Have weights learnt."""
    if refused := only_post(request):
        return refused
    scoring, by = _found(request, pk)
    try:
        row = learn_weights(
            scoring=scoring, since=request.POST.get("since"), until=request.POST.get("until"), by=by
        )
    except Problem as problem:
        if not problem.errors:
            raise
        return _list(request, scoring, by, problem)
    return go_on(request, row.address, _("Weights are being learnt."))


def _learning(request: HttpRequest, pk: int, number: int) -> tuple[WeightLearning, Actor]:
    by = actor_of(request)
    return get_object_or_404(learnings_of(by, pk), pk=number), by


def _learnt(request: HttpRequest, pk: int, number: int) -> WeightLearning:
    """One that is done. Raises NotFound."""
    row, _by = _learning(request, pk, number)
    if row.state != DONE:
        raise NotFound(_("No weights are proposed here."))
    return row


@page
def learning(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Proposed weights beside the present ones, or how far it is."""
    row, by = _learning(request, pk, number)
    context = {
        "may_cancel": row.is_running and may_learn(by),
        "row": row,
        "scoring": row.scoring,
        "told": row.proposed,
        "rows": weight_rows(row) if row.state == DONE else [],
        "may_replay": may_replay(by),
        "is_complete": row.proposed.get("is_complete", True),
        "is_outdated": row.number != row.scoring.number,
    }
    return show(request, "automation/learning.html", row, context)


cancel_learnt = act_page(
    lambda request, pk, number: _learning(request, pk, number)[0],
    lambda row, by: cancel_learning(learning=row, by=by),
    gettext_lazy("The learning was cancelled."),
)


@page
def draft(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The editor filled with the proposed weights; nothing changes until somebody saves it."""
    row = _learnt(request, pk, number)
    content = proposed_content(row, current_version(row.scoring).content())
    return show_draft(request, row.scoring, content)


@page
def replay_proposed(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Begin a replay of the proposed weights over the period they were learnt from."""
    if refused := only_post(request):
        return refused
    row = _learnt(request, pk, number)
    made = start_replay(
        scoring=row.scoring,
        content=proposed_content(row, current_version(row.scoring).content()),
        since=timezone.localdate(row.since).isoformat(),
        until=row.last.isoformat(),
        by=actor_of(request),
    )
    return go_on(request, made.address, _("The replay began."))
