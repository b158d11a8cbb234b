"""The pages of import: give a file, say what its columns are, watch it go in, take it back."""

from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem, Refused
from kinflow.web.doors import page

from ..access import may, visible
from ..pages.answers import actor_of, by_htmx, fresh_page
from . import actions
from .access import kinds_for, may_import
from .dry_runs import DryRun, dry_run
from .giving import Given
from .keeping import DRAFTS, REJECTS
from .kinds import importable
from .limits import DEFAULT
from .models import ACTIVE, ImportRun
from .rejecting import rejects_of
from .showing import kinds_made, preview_of
from .storing import discard, store

TRIED = 500  # rows of the trial before the start
EARLIER = 50
SHOWN_REJECTS = 10


def _importer(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if not may_import(by):
        raise Refused(
            _("Imports are for marketers, team leads and administrators."),
            remedy=_("Ask one of them to import your file."),
        )
    return by


def _run_at(request: HttpRequest, pk: int) -> ImportRun:
    run = visible(_importer(request), ImportRun.objects.all()).filter(pk=pk).first()
    if run is None:
        raise NotFound(_("There is no import %(number)s.") % {"number": pk})
    return run


@page
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the place to give a file; POST takes the file in."""
    by, problem = _importer(request), None
    if request.method == "POST":
        try:
            run = _taken_in(request, by)
            return HttpResponseRedirect(f"/import/{run.pk}/")
        except (Invalid, Problem) as error:
            problem = error
    context = {
        "kinds": kinds_for(by),
        "kind": request.POST.get("kind") or request.GET.get("kind", "lead"),
        "runs": visible(by, ImportRun.objects.all()).order_by("-id")[:EARLIER],
        "problem": problem,
        "most": f"{DEFAULT.size >> 20:,}",
        "most_rows": f"{DEFAULT.rows:,}",
    }
    return render(
        request, "records/importing/imports.html", context, status=problem.status if problem else 200
    )


def _taken_in(request: HttpRequest, by: Actor) -> ImportRun:
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid(errors=[FieldError("/file", _("Choose a file."))])
    kind = request.POST.get("kind", "")
    importable(kind)
    stored = store(upload.chunks())
    try:
        return actions.prepare_import(kind=kind, given=Given(str(upload.name), stored), by=by)
    except BaseException:
        discard(stored.place)
        raise


@page
@require_GET
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import as it stands; `part=state` answers what changes while it runs."""
    run = _run_at(request, pk)
    if run.state == "draft":
        return _draft(request, run)
    part = "#state" if request.GET.get("part") == "state" else ""
    return render(request, f"records/importing/run.html{part}", _context(request, run))


def _context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    by = actor_of(request)
    return {
        "run": run,
        "one": importable(run.kind),
        "made": kinds_made(run.made),
        "rejects": list(run.rejects.order_by("number")[:SHOWN_REJECTS]) if run.rejected else (),
        "days_kept": REJECTS.days,
        "can_cancel": run.state in ("waiting", "running") and may(by, "records.cancel_import", run),
        "can_undo": run.state in ("done", "cancelled", "failed")
        and any(run.made.values())
        and may(by, "records.undo_import", run),
    }


def _draft(request: HttpRequest, run: ImportRun, problem: Problem | None = None) -> HttpResponse:
    by = actor_of(request)
    tried: DryRun | None = None
    if problem is None:
        try:
            tried = dry_run(run, by=by, most=TRIED)
        except Problem as error:
            problem = error
    context = {
        "run": run,
        "one": importable(run.kind),
        "days_kept": DRAFTS.days,
        "preview": preview_of(run),
        "tried": tried,
        "made": kinds_made(tried.made) if tried else (),
        "problem": problem,
        "before": ImportRun.objects.filter(digest=run.digest, kind=run.kind)
        .exclude(pk=run.pk)
        .exclude(state__in=("draft", "undone"))
        .order_by("-id")
        .first(),
    }
    part = "#draft" if by_htmx(request) and request.method == "POST" else ""
    return render(
        request, f"records/importing/draft.html{part}", context, status=problem.status if problem else 200
    )


@page
@require_POST
def choose_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was chosen for the columns; with `start`, begin."""
    run, by = _run_at(request, pk), actor_of(request)
    choices = {
        header: request.POST[f"column-{at}"]
        for at, header in enumerate(run.headers)
        if f"column-{at}" in request.POST
    }
    try:
        run = actions.map_import(importrun=run, choices=choices, by=by)
        if "start" in request.POST:
            actions.start_import(importrun=run, by=by)
            return fresh_page(request, f"/import/{pk}/")
    except Invalid as problem:
        run.mapping = {**run.mapping, **choices}
        return _draft(request, run, problem)
    return _draft(request, run) if by_htmx(request) else HttpResponseRedirect(f"/import/{pk}/")


@page
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End the import where it stands."""
    run = _run_at(request, pk)
    was_draft = run.state == "draft"
    actions.cancel_import(importrun=run, by=actor_of(request))
    return fresh_page(request, "/import/" if was_draft else f"/import/{pk}/")


@page
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what the import made."""
    actions.undo_import(importrun=_run_at(request, pk), by=actor_of(request))
    return fresh_page(request, f"/import/{pk}/")


@page
@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows as a file to correct."""
    run = _run_at(request, pk)
    answer = StreamingHttpResponse(rejects_of(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{run.pk}.csv"'
    return answer


@page
@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """The imports that are on their way, for the tray; empty where there are none."""
    by = actor_of(request)
    runs = (
        visible(by, ImportRun.objects.filter(state__in=ACTIVE)).order_by("-id")[:10] if may_import(by) else ()
    )
    return render(request, "records/importing/tray.html", {"runs": runs})
