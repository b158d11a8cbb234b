"""The object-centric map on screen: of our own log, and of imported object-centric logs; and our whole log as a file."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from ..access import may_see_people
from ..definitions.models import Process
from ..logs.keeping import path_of
from ..logs.models import ImportedLog
from ..logs.pages import log_at
from ..studio.spans import count
from ..studio.subject import refuse_unseen
from .drawing import MOST_KINDS, OVERLAYS, drawing_of
from .flows import STANDS, Flows, flows_of, kinds_there, usual_stand
from .keeping import kept_objects
from .log import ObjectLog
from .ocel import FORMS
from .own import own_labels, own_log
from .telling import rows_of, told_of_kinds
from .whole import whole_log

USUAL_KINDS = 3
MOST_ROWS = 200


@page
def own_page(request: HttpRequest) -> HttpResponse:
    """Our own log with all kinds of records in one picture."""
    by = actor_of(request)
    refuse_unseen(by)
    held = own_log()
    labels = own_labels(held.log.activities)
    usual = list(dict.fromkeys(Process.objects.filter(is_active=True).values_list("case_kind", flat=True)))
    context = {
        "title": _("All kinds of records together"),
        "place": "/processes/objects/",
        "forms": _forms() if may_see_people(by) else [],
        "newest": "" if held.is_whole else count(held.log.events),
    }
    context |= _picture(request, held.log, usual, lambda key: labels.get(key, key), kind_named)
    return render(request, "processes/objects/map.html", context)


def kind_named(kind: str) -> str:
    """A kind of record, several of it, in the reader's language."""
    return str(registry[kind].plural) if kind in registry else kind


@page
def imported_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An imported object-centric log with all its kinds of objects in one picture."""
    imported = log_at(request, pk)
    log = objects_of(imported)
    context = {"title": imported.name, "imported": imported, "place": f"/imported-log/{pk}/objects/"}
    context |= _picture(request, log, [], str, str)
    return render(request, "processes/objects/map.html", context)


def objects_of(imported: ImportedLog) -> ObjectLog:
    """The object-centric side of an imported log. Raises NotFound where it has none."""
    log = kept_objects(path_of(imported.folder)) if imported.state == "ready" else None
    if log is None:
        raise NotFound(
            _("This log has no several kinds of objects."),
            remedy=_("Look at its process, or give an OCEL file."),
        )
    return log


def chosen_kinds(log: ObjectLog, asked: list[str], usual: list[str]) -> list[int]:
    """The kinds that are asked for, or else the usual ones, in the order of how often they are mentioned."""
    there = [code for code, _objects in kinds_there(log)]
    wanted = [code for code in there if log.kinds[code] in asked][:MOST_KINDS]
    cases = [code for code in there if log.kinds[code] in usual]
    return wanted or (cases or there)[:USUAL_KINDS]


def _picture(
    request: HttpRequest,
    log: ObjectLog,
    usual: list[str],
    named: Callable[[str], str],
    kinds_named: Callable[[str], str],
) -> dict[str, Any]:
    kinds = chosen_kinds(log, request.GET.getlist("kinds"), usual)
    flows = flows_of(log, kinds)
    data = drawing_of(flows, named, kinds_named, _("Kinds of objects"))
    show, level = request.GET.get("show", ""), request.GET.get("level", "")
    overlay = show if show in OVERLAYS else "frequency"
    at = min(int(level), STANDS) if level.isdecimal() and len(level) < 4 else usual_stand(flows)
    rows = rows_of(flows, named, kinds_named)
    query = "".join(f"&kinds={log.kinds[kind]}" for kind in kinds)
    return {
        "json": json.dumps(data, ensure_ascii=False),
        "has_steps": bool(data["steps"]),
        "caption": data["titles"][overlay],
        "overlay": overlay,
        "overlays": [
            {"key": key, "label": label, "url": f"?show={key}{query}"} for key, label in OVERLAYS.items()
        ],
        "kinds": _choices(log, flows, kinds_named),
        "chosen": told_of_kinds(flows, kinds_named),
        "level": at,
        "last_level": STANDS,
        "shown": _shown(data, at),
        "rows": rows[:MOST_ROWS],
        "further": count(len(rows) - MOST_ROWS) if len(rows) > MOST_ROWS else "",
    }


def _choices(log: ObjectLog, flows: Flows, kinds_named: Callable[[str], str]) -> list[dict[str, Any]]:
    chosen = {flow.kind for flow in flows.flows}
    return [
        {"key": log.kinds[code], "label": kinds_named(log.kinds[code]), "on": code in chosen, "count": count(objects)}
        for code, objects in kinds_there(log)
    ]  # fmt: skip


def _shown(data: dict[str, Any], level: int) -> str:
    return str(data["words"]["shown"]).format(
        steps=sum(each["level"] <= level for each in data["steps"]),
        all_steps=len(data["steps"]),
        arrows=sum(each["level"] <= level for each in data["arrows"]),
        all_arrows=len(data["arrows"]),
    )


def _forms() -> list[dict[str, str]]:
    labels = {"jsonocel": "OCEL 2.0 (JSON)", "xmlocel": "OCEL 2.0 (XML)", "sqlite": "OCEL 2.0 (SQLite)"}
    return [{"url": f"/processes/objects/log.{end}", "label": labels[end]} for end in FORMS]


@page
def whole_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Our whole log, all kinds of records, as a file."""
    return whole_exported(form, actor_of(request), timezone.now())


def whole_exported(end: str, by: Actor, now: datetime) -> StreamingHttpResponse:
    """Our whole log as a download. Raises Refused for who may not see people, NotFound for a form that there is none."""
    if not may_see_people(by):
        raise Refused(
            _("The whole log names people: it is for process owners, auditors and administrators."),
            remedy=_("Ask one of them."),
        )
    form = FORMS.get(end)
    if form is None:
        raise NotFound(
            _("Logs do not go out as “%(form)s”.") % {"form": end[:40]},
            remedy=_("There are: %(names)s.") % {"names": ", ".join(FORMS)},
        )
    answer = StreamingHttpResponse(form.write(whole_log()), content_type=form.media)
    answer["Content-Disposition"] = f'attachment; filename="kinflow-{now:%Y-%m-%d}.{end}"'
    return answer
