"""Drawing a design in the browser: the page, the model it opens, the check while drawing, and saving."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kinflow.kit.problem import Problem, Refused
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from ..bpmn.names import drawn_in, shown_in
from ..bpmn.writing import write_bpmn
from . import actions
from .access import may_change_designs
from .drawn_check import Finding, check_drawn, read_drawn
from .editor_words import editor_words
from .kept import filed_model
from .models import ProcessDesign
from .naming import design_called
from .pages import design_at, file_of
from .versions import newest

FOUND = "processes/designs/edit.html#found"


def _drawable(request: HttpRequest, pk: int) -> ProcessDesign:
    """The design, where the actor may draw it. Raises Refused, NotFound."""
    design = design_at(request, pk)
    if not may_change_designs(actor_of(request)):
        raise Refused(
            _("Designs are drawn by process owners and administrators."), remedy=_("Ask one of them.")
        )
    return design


@page
@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version in the editor; POST keeps what was drawn as a new version, unless another came meanwhile."""
    design = _drawable(request, pk)
    if request.method == "POST":
        return _saved(request, design)
    context = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{pk}/",
        "words": editor_words() if get_language() != "en" else {},
        "findings": check_drawn(design, bytes(newest(design).content)),
    }
    return render(request, "processes/designs/edit.html", context)


def _saved(request: HttpRequest, design: ProcessDesign) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        drawn = file_of(request)
        read_drawn(drawn)
        before = bytes(newest(design).content)
        content = drawn_in(drawn, before, get_language() or "")
        changed = actions.change_design(
            processdesign=design,
            file=content,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
            by=actor_of(request),
        )
    except Problem as problem:
        return render(request, FOUND, {"problem": problem}, status=problem.status)
    told = _("This is version %(number)s now.") % {"number": changed.number}
    answer = _findings(request, check_drawn(changed, content), told)
    answer["X-Design-Number"] = str(changed.number)
    return answer


@page
@require_POST
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What keeps the model as it is drawn now from operation; nothing is kept."""
    design = _drawable(request, pk)
    try:
        return _findings(request, check_drawn(design, file_of(request), is_shown=True))
    except Problem as problem:
        return render(request, FOUND, {"problem": problem})


def _findings(request: HttpRequest, findings: list[Finding], told: str = "") -> HttpResponse:
    context: dict[str, Any] = {"findings": findings, "told": told}
    return render(request, FOUND, context)


@page
@require_GET
def drawing_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the editor opens: the newest version's file, laid out by us where a drawing is missing, named in the
    reader's language.

    As plain text, so that no browser takes a stranger's file for a page.
    """
    design = _drawable(request, pk)
    content = bytes(newest(design).content)
    if not read_drawn(content).is_drawn:
        content = write_bpmn(filed_model(design.pk, design.number))
    content = shown_in(content, get_language() or "")
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
