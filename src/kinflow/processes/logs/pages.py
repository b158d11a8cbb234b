"""The pages of imported logs: give a file, say how it is read, watch it being read; and logs as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem, Refused
from kinflow.records.access import may, visible
from kinflow.records.importing.giving import Given
from kinflow.records.importing.limits import DEFAULT as FILES
from kinflow.records.importing.storing import discard, store
from kinflow.records.long_work.pages import show
from kinflow.records.pages.answers import actor_of, by_htmx, fresh_page
from kinflow.web.doors import page
from kinflow.web.preferences import time_zones

from ..definitions.reading import process_called
from . import actions
from .access import may_give_logs, sees_logs
from .exporting import exported
from .kinds import OBJECT_CENTRIC, LogKind
from .limits import DEFAULT
from .models import OPEN, ImportedLog
from .notes import notes_of
from .roles import LABELS
from .showing import preview_of

SHOWN = 100


def _reader(request: HttpRequest) -> Actor:
    by = actor_of(request)
    if not sees_logs(by):
        raise Refused(
            _("Imported logs are for process owners, auditors and administrators."),
            remedy=_("Ask one of them."),
        )
    return by


def log_at(request: HttpRequest, pk: int) -> ImportedLog:
    """The log of an address. Raises Refused, NotFound."""
    log = visible(_reader(request), ImportedLog.objects.select_related("process")).filter(pk=pk).first()
    if log is None:
        raise NotFound(_("There is no imported log %(number)s.") % {"number": pk})
    return log


@page
@require_http_methods(["GET", "POST"])
def logs(request: HttpRequest) -> HttpResponse:
    """The imported logs, and the place to give a file; POST takes the file in."""
    by, problem = _reader(request), None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"/imported-log/{_taken_in(request, by).pk}/")
        except Problem as error:
            problem = error
    context = {
        "logs": visible(by, ImportedLog.objects.select_related("process")).order_by("-id")[:SHOWN],
        "can_give": may_give_logs(by),
        "name": request.POST.get("name", ""),
        "problem": problem,
        "most": f"{FILES.size >> 20:,}",
        "most_events": f"{DEFAULT.events:,}",
    }
    return render(request, "processes/logs/logs.html", context, status=problem.status if problem else 200)


def _taken_in(request: HttpRequest, by: Actor) -> ImportedLog:
    if not may_give_logs(by):
        raise Refused(_("Logs are taken in by process owners and administrators."))
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid(errors=[FieldError("/file", _("Choose a file."))])
    stored = store(upload.chunks())
    try:
        given = Given(str(upload.name), stored)
        return actions.give_log(name=request.POST.get("name", ""), given=given, by=by)
    except BaseException:
        discard(stored.place)
        raise


@page
@require_GET
def log_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One log as it stands; `part=state` answers what changes while it is read."""
    log = log_at(request, pk)
    if log.state == "draft":
        return _draft(request, log)
    by = actor_of(request)
    context = {
        "log": log,
        "notes": notes_of(log.counts),
        "may_cancel": log.is_running and may(by, "processes.cancel_log", log),
        "can_change": log.state in ("failed", "cancelled") and may(by, "processes.map_log", log),
        "can_remove": not log.is_running and may(by, "processes.remove_log", log),
    }
    return show(request, "processes/logs/log.html", log, context)


@page
@require_GET
def change_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How a log that could not be read is read another time."""
    log = log_at(request, pk)
    if log.state not in OPEN:
        return HttpResponseRedirect(f"/imported-log/{pk}/")
    return _draft(request, log)


def _draft(request: HttpRequest, log: ImportedLog, problem: Problem | None = None) -> HttpResponse:
    by = actor_of(request)
    preview = preview_of(log)
    is_table = log.kind == LogKind.TABLE
    context: dict[str, Any] = {
        "log": log,
        "how": log.reads,
        "preview": preview,
        "notes": notes_of(preview.counts),
        "problem": problem,
        "roles": LABELS.items(),
        "zones": time_zones() if is_table else (),
        "object_types": log.look["object_types"] if log.kind in OBJECT_CENTRIC else (),
        "asks_lifecycle": log.kind == LogKind.XES
        or "transition" in {column.role for column in preview.columns},
        "can_start": may(by, "processes.start_log", log),
        "can_remove": may(by, "processes.remove_log", log),
        "zone_now": timezone.get_current_timezone_name(),
    }
    part = "#draft" if by_htmx(request) and request.method == "POST" else ""
    return render(
        request, f"processes/logs/draft.html{part}", context, status=problem.status if problem else 200
    )


@page
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was chosen; with `start`, let the log be read."""
    log, by = log_at(request, pk), actor_of(request)
    roles = {
        column["header"]: request.POST[f"column-{at}"]
        for at, column in enumerate(log.look["columns"])
        if f"column-{at}" in request.POST
    }
    chosen = {key: request.POST.get(key) for key in ("name", "zone", "lifecycle", "object_type")}
    try:
        log = actions.map_log(importedlog=log, roles=roles, **chosen, by=by)
        if "start" in request.POST:
            actions.start_log(importedlog=log, by=by)
            return fresh_page(request, f"/imported-log/{pk}/")
    except Invalid as problem:
        log.how = {**log.how, "roles": {**log.how["roles"], **roles}}
        return _draft(request, log, problem)
    return _draft(request, log) if by_htmx(request) else HttpResponseRedirect(f"/imported-log/{pk}/how/")


@page
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End the reading before its end."""
    actions.cancel_log(importedlog=log_at(request, pk), by=actor_of(request))
    return fresh_page(request, f"/imported-log/{pk}/")


@page
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the log."""
    actions.remove_log(importedlog=log_at(request, pk), by=actor_of(request))
    return fresh_page(request, "/imported-log/")


@page
@require_GET
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The log of a process as a file."""
    by = actor_of(request)
    return exported(process_called(key, by), form, by)
