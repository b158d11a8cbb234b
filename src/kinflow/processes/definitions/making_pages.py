"""A process made on screen: over which records, by which steps of the log; copied from another one; its steps changed."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem, Refused
from kinflow.records.access import may
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..studio.spans import count
from ..studio.subject import process_at, refuse_unseen
from .actions import add_process, change_process
from .candidates import Candidate, candidates
from .forms import OUTCOMES, faults_of, goals_shown, rates_shown, wrong_in
from .kinds import work_kinds
from .making import MOST_PHASES, Preview, blank, content_of, preview_of, sent_content
from .models import Process


@page
def new_page(request: HttpRequest) -> HttpResponse:
    """Choose what the cases are, or what to copy; then the steps. What is sent makes the process, or shows a preview."""
    by = actor_of(request)
    refuse_unseen(by)
    if not may(by, "processes.add_process", kind="process"):
        raise Refused(
            _("Processes are made by process owners and administrators."), remedy=_("Ask one of them.")
        )
    asked = request.POST if request.method == "POST" else request.GET
    copied = process_at(asked["copy"]) if asked.get("copy") else None
    kind = copied.case_kind if copied else asked.get("kind", "")
    if not kind:
        return _choose(request)
    if kind not in registry or kind not in {face.name for face in work_kinds()}:
        raise Http404(kind)
    before = content_of(copied) if copied else blank(kind)
    listed = candidates(kind, before["steps"])
    if copied:
        before |= {"key": "", **_copied_names(copied)}
    if request.method != "POST":
        return _show(request, before, listed, copied=copied)
    content = sent_content(request.POST, listed, before)
    try:
        if request.POST.get("do") == "preview":
            return _show(request, content, listed, copied=copied, preview=preview_of(content, listed))
        made = add_process(**content, by=by)
    except Problem as problem:
        return _show(request, content, listed, copied=copied, problem=problem)
    return go_on(request, f"/processes/{made.key}/", _("%(name)s is made.") % {"name": made.called})


def _copied_names(process: Process) -> dict[str, str]:
    """What a copy is called at first, in both languages."""
    names = {}
    for language, name in (("en", "name"), ("zh-hans", "name_zh")):
        with translation.override(language):
            told = getattr(process, name)
            names[name] = _("%(name)s (copy)") % {"name": told} if told else ""
    return names


@page
def steps_page(request: HttpRequest, key: str) -> HttpResponse:
    """Which events of the log are the steps of a process; what is sent changes it, or shows a preview."""
    by = actor_of(request)
    refuse_unseen(by)
    process = process_at(key)
    if not process.case_kind or process.case_kind not in registry:
        raise Http404(key)
    if not may(by, "processes.change_process", process):
        raise Refused(
            _("Processes are changed by process owners and administrators."), remedy=_("Ask one of them.")
        )
    before = content_of(process)
    listed = candidates(process.case_kind, before["steps"])
    if request.method != "POST":
        return _show(request, before, listed, process=process)
    content = sent_content(request.POST, listed, before) | {"key": process.key}
    seen = request.POST.get("seen", "")
    try:
        if request.POST.get("do") == "preview":
            return _show(request, content, listed, process=process, preview=preview_of(content, listed))
        changes = {name: content[name] for name in content if name not in ("key", "case_kind")}
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
        change_process(process=process, changes=changes, seen=number, by=by)
    except Problem as problem:
        return _show(request, content, listed, process=process, problem=problem)
    return go_on(request, f"/processes/{process.key}/", _("Saved."))


def _choose(request: HttpRequest) -> HttpResponse:
    rows = list(Process.objects.all())
    context = {
        "kinds": [{"key": face.name, "label": face.plural, "icon": face.icon} for face in work_kinds()],
        "copies": [row for row in rows if row.case_kind],
        "aside": [row for row in rows if not row.is_active],
    }
    return render(request, "processes/definitions/choose.html", context)


def _show(
    request: HttpRequest,
    content: Mapping[str, Any],
    listed: list[Candidate],
    *,
    process: Process | None = None,
    copied: Process | None = None,
    preview: Preview | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    face = registry[content["case_kind"]]
    wrong = wrong_in(problem, content["goals"])
    phases = [*content["phases"], *({} for _at in range(MOST_PHASES))][:MOST_PHASES]
    context = {
        "process": process,
        "copied": copied,
        "own": content,
        "kind": content["case_kind"],
        "kind_label": face.plural,
        "vocabulary": VOCABULARY,
        "phases": [{"at": at, **phase, "called": _called(phase)} for at, phase in enumerate(phases)],
        "rows": [_row(each, content) for each in listed],
        "goals": goals_shown(content["goals"], wrong),
        "rates": rates_shown(content["rates"], wrong),
        "outcomes": OUTCOMES,
        "may_change": True,
        "preview": _told(preview) if preview else [],
        "wrong": wrong,
        "errors": faults_of(problem, wrong),
        "fault": problem if problem and not problem.errors else None,
    }
    status = problem.status if problem else 200
    return render(request, "processes/definitions/making.html", context, status=status)


def _called(part: Mapping[str, Any]) -> str:
    """The name of a part in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (part.get("name_zh", "") if is_chinese else "") or part.get("name", "")


def _row(candidate: Candidate, content: Mapping[str, Any]) -> dict[str, Any]:
    """A step that could be taken, as it was chosen and named."""
    step = candidate.step
    chosen = next((each for each in content["steps"] if each["key"] == step["key"]), None)
    return {
        **step,
        **(chosen or {}),
        "count": count(candidate.count),
        "on": chosen is not None,
        "begins_case": step["key"] in content["begins"],
        "ends_case": step["key"] in content["ends"],
    }


def _told(preview: Preview) -> list[tuple[str, str]]:
    rows = [(_("Events"), count(preview.events))]
    if preview.cases is None or preview.ended is None or preview.ways is None:
        return rows
    return [
        (_("Cases"), count(preview.cases)),
        *rows,
        (_("Ended cases"), count(preview.ended)),
        (_("Variants"), count(preview.ways)),
    ]
