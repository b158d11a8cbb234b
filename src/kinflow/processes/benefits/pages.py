"""The story of one re-engineering on one page: what was found, what is different, what was promised, what it brought."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Problem
from kinflow.records.access import may, visible
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page
from kinflow.web.pictures.files import file_name
from kinflow.web.pictures.printing import pages_as_pdf, printable
from kinflow.web.pictures.standing import standing

from ..deployments.access import EXPECT
from ..deployments.models import Deployment
from ..designs.difference_pages import told_differences
from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from ..designs.pages import design_at
from ..designs.wrong import wrong_fields
from ..redesigns.promising import redesign_behind
from ..redesigns.telling import found_told, told_redesign
from ..studio.pages.files import csv_file
from .actions import expect_benefit
from .figures import FIGURES
from .judging import Benefit, benefit_of
from .milestones import called, figures_of
from .showing import judged, shown
from .states import states_of
from .words import besides_of, headline_of, notes_of, promised_of, row_of, unit_of

HEADS = (
    "figure",
    "unit",
    "comparison",
    "new_version",
    "difference",
    "low",
    "high",
    "always_low",
    "always_high",
)


def deployment_at(design: ProcessDesign, pk: int, by: Actor) -> Deployment:
    """A deployment of the design. Raises NotFound where there is none that the actor may see."""
    rows = visible(by, Deployment.objects.select_related("design"))
    found = rows.filter(pk=pk, design=design).first()
    if found is None:
        raise NotFound(_("There is no such deployment."))
    return found


@page
@require_http_methods(["GET", "POST"])
def benefit_page(request: HttpRequest, pk: int, deployment: int) -> HttpResponse:
    """The story with its figures; POST says what is expected."""
    design, by, problem = design_at(request, pk), actor_of(request), None
    found = deployment_at(design, deployment, by)
    if request.method == "POST":
        try:
            expect_benefit(deployment=found, by=by, **_asked(request.POST))
        except Problem as error:
            problem = error
        else:
            return go_on(request, f"/process-design/{pk}/live/{deployment}/benefit/", _("Saved"))
    context = _story(found, by, request.GET.get("figure", "")) | {
        "sent": request.POST,
        "problem": problem,
        "may_expect": may(by, EXPECT, found),
        "columns": _columns(),
        "wrong": wrong_fields(problem, {"found": "/found", "horizon_days": "/horizon_days"}),
        "expected": _expected(found, request.POST, problem),
    }
    status = problem.status if problem else 200
    return render(request, "processes/benefits/benefit.html", context, status=status)


@page
@require_GET
def benefit_pdf(request: HttpRequest, pk: int, deployment: int) -> HttpResponse:
    """The story as a PDF, in the reader's language."""
    found = deployment_at(design_at(request, pk), deployment, actor_of(request))
    story = _story(found, actor_of(request), request.GET.get("figure", ""))
    for one in story["shown"]:
        drawing = printable(standing(one.pictures["wide"])).decode()
        one.pictures["paper"] = mark_safe(drawing)  # noqa: S308  # drawn by us
    content = pages_as_pdf(render_to_string("processes/benefits/print.html", story), story["title"])
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, file_name(story["title"], "pdf")) or ""
    return answer


@page
@require_GET
def benefit_csv(request: HttpRequest, pk: int, deployment: int) -> Any:
    """The figures as a table."""
    by = actor_of(request)
    found = benefit_of(deployment_at(design_at(request, pk), deployment, by), by, timezone.now())
    rows = (
        [one.figure, FIGURES[one.figure].unit, d.mean_compared, d.mean_new, d.value]
        + [d.low, d.high, d.always_low, d.always_high]
        for one in found.results
        for d in (one.difference,)
    )
    return csv_file(f"benefit-{deployment}.csv", HEADS, rows)


def _story(deployment: Deployment, by: Actor, asked: str) -> dict[str, Any]:
    """All that page and print tell; `asked` is the figure to show, where the reader chose one."""
    design, now = deployment.design, timezone.now()
    benefit = benefit_of(deployment, by, now)
    name = design_called(design)
    labels = [called(deployment, one.figure) for one in benefit.results]
    names = dict(zip([one.figure for one in benefit.results], labels, strict=True))
    figure, sides = judged(deployment, list(names), asked), _sides(benefit)
    redesign = redesign_behind(design, deployment.number, deployment.before)
    return {
        "deployment": deployment,
        "called": name,
        "here": f"/process-design/{design.pk}/",
        "title": _("Benefit of %(design)s, version %(number)s")
        % {"design": name, "number": deployment.number},
        "now": now,
        "benefit": benefit,
        "rows": [row_of(*each) for each in zip(benefit.results, labels, strict=True)],
        "headline": headline_of(benefit.results, labels),
        "besides": besides_of(benefit.results, labels),
        "states": states_of(deployment, benefit),
        "notes": notes_of(benefit, deployment.horizon_days),
        "changes": _changes(deployment),
        "redesign": told_redesign(redesign, by) if redesign else None,
        "found": found_told(redesign, deployment.found) if redesign else deployment.found,
        "promised": [promised_of(each, called(deployment, each["figure"])) for each in deployment.promise],
        "sides": sides,
        "figure": figure,
        "figures": names,
        "shown": shown(deployment, benefit, figure, names[figure], sides) if figure else [],
    }


def _sides(benefit: Benefit) -> tuple[str, str]:
    if benefit.way in ("others", "before_after"):
        return _("After"), _("Before")
    return _("New version"), pgettext("group", "Comparison")


def _changes(deployment: Deployment) -> list[str]:
    """What the new version does otherwise than the one before."""
    if deployment.before is None or deployment.before == deployment.number:
        return []
    return [one.words for one in told_differences(deployment.design, deployment.before, deployment.number)]


def _expected(deployment: Deployment, sent: QueryDict, problem: Problem | None) -> list[dict[str, Any]]:
    """The form's rows: each figure with what is kept of it, or with what was sent, and what is wrong with that."""
    kept: dict[str, dict[str, Any]] = {one["figure"]: dict(one) for one in deployment.promise}
    for one in deployment.goals:
        kept.setdefault(one["figure"], {})["by"] = one["by"]
    return [
        {
            "key": key,
            "label": called(deployment, key),
            "unit": unit_of(key),
            "fields": [
                (
                    name,
                    words,
                    sent.get(f"{name}:{key}", "") if problem else kept.get(key, {}).get(name, ""),
                    fault,
                )
                for name, words in _columns()
                for fault in (wrong.get(name, ""),)
            ],
        }
        for key in figures_of(deployment)
        for wrong in (_wrong_in(key, sent, problem),)
    ]


def _columns() -> list[tuple[str, str]]:
    return [
        ("by", _("Goal: better by")),
        ("value", _("Promised difference")),
        ("low", _("at least")),
        ("high", _("at most")),
    ]


def _wrong_in(key: str, sent: QueryDict, problem: Problem | None) -> dict[str, str]:
    """What is wrong in the row of a figure, by its field; goals and promises stand in the order of the figures."""
    places = {"by": f"/goals/{_given(sent, GOAL).index(key)}/by"} if key in _given(sent, GOAL) else {}
    if key in _given(sent, PROMISE):
        place = _given(sent, PROMISE).index(key)
        places |= {name: f"/promise/{place}/{name}" for name in PROMISE}
    return wrong_fields(problem, places)


GOAL, PROMISE = ("by",), ("low", "value", "high")


def _given(sent: QueryDict, names: tuple[str, ...]) -> list[str]:
    """The figures for which one of the fields says something."""
    return [key for key in FIGURES if any(sent.get(f"{name}:{key}", "").strip() for name in names)]


def _asked(sent: QueryDict) -> dict[str, Any]:
    """What the form says; what is no number is refused by the action with its place."""
    days, seen = sent.get("horizon_days", ""), sent.get("seen", "")
    return {
        "horizon_days": int(days) if days.isdecimal() and len(days) < 6 else 0,
        "found": sent.get("found", ""),
        "seen": int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        "goals": [{"figure": key, "by": _number(sent.get(f"by:{key}", ""))} for key in _given(sent, GOAL)],
        "promise": [
            {"figure": key} | {name: _number(sent.get(f"{name}:{key}", "")) for name in PROMISE}
            for key in _given(sent, PROMISE)
        ],
    }


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text
