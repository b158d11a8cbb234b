"""Approvals on screen: what I am asked, what I answered, answering."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem
from kinflow.records.pages.answers import actor_of, came_from, go_on
from kinflow.web.doors import page

from ..assignments.pages import is_fragment
from .access import sees_approval
from .answering import answer_approval
from .models import APPROVED, Approval
from .showing import answered_by, asked_below, asked_by, asked_of, shown


def approval_at(by: Actor, pk: int) -> Approval:
    """The approval, for who may see it. Raises Http404."""
    rows = Approval.objects.select_related(
        "person__reports_to", "caused_by", "answered_by", "run__rule", "use__policy"
    )
    found = rows.filter(pk=pk).first()
    if found is None or not sees_approval(by, found):
        raise Http404(pk)
    return found


@page
def approvals(request: HttpRequest) -> HttpResponse:
    """What I am asked, what those are asked who report to me, what I asked, and what I answered."""
    by = actor_of(request)
    context = {
        "mine": asked_of(by),
        "below": asked_below(by),
        "answered": answered_by(by),
        "asked": asked_by(by),
    }
    return render(request, "automation/approvals.html", context)


@page
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, and the answer to it."""
    by = actor_of(request)
    given = approval_at(by, pk)
    problem: Problem | None = None
    comment = request.POST.get("comment", "")
    if request.method == "POST":
        try:
            held = answer_approval(
                approval=given, answer=request.POST.get("answer", ""), comment=comment, by=by
            )
        except Problem as refused:
            problem = refused
        else:
            told = _("Approved.") if held.state == APPROVED else _("Refused.")
            return go_on(request, came_from(request, "/approvals/"), told)
    errors = {e.pointer.strip("/"): e.message for e in problem.errors} if problem else {}
    context = {
        "one": shown([given], by)[0],
        "comment": comment,
        "errors": errors,
        "fault": "" if errors or problem is None else f"{problem} {problem.remedy}",
    }
    template = "automation/approval.html#dialog" if is_fragment(request) else "automation/approval.html"
    return render(request, template, context, status=problem.status if problem else 200)
