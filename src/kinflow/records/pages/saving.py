"""Dialogs of saved views: save what the list shows now, share it, remove it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.conditions import sentence, to_json
from kinflow.kit.problem import Problem
from kinflow.web.doors import page

from ..saved.actions import remove_view, save_view, share_view
from ..saved.models import SavedView
from .answers import actor_of, by_htmx, go_on, only_post
from .filters import names_in
from .found import face_at, refuse_unseen
from .wanted import tabs_of, wanted_from


@page
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what the list shows now under a name."""
    face, by = face_at(slug), actor_of(request)
    refuse_unseen(face, by)
    wanted = wanted_from(face, request.GET.dict(), by, tabs_of(face, by))
    context: dict[str, Any] = {
        "face": face,
        "address": request.get_full_path(),
        "told": sentence(wanted.condition, names_in(wanted.condition)),
        "name": request.POST.get("name", ""),
    }
    if request.method == "POST":
        try:
            view = save_view(
                kind=face.name,
                name=request.POST.get("name", ""),
                condition=to_json(wanted.condition),
                columns=wanted.columns,
                sort=wanted.sort,
                is_shared=request.POST.get("is_shared") == "on",
                by=by,
            )
            return go_on(request, f"/{face.slug}/?view={view.key}", _("View saved"))
        except Problem as problem:
            context["faults"] = [str(e.message) for e in problem.errors] or [str(problem)]
    template = "records/save_view.html#dialog" if by_htmx(request) else "records/save_view.html"
    return render(request, template, context, status=422 if "faults" in context else 200)


@page
def change_saved(request: HttpRequest, slug: str, pk: int, what: str) -> HttpResponse:
    """Share a view, keep it for oneself, or remove it."""
    if refused := only_post(request):
        return refused
    face, by = face_at(slug), actor_of(request)
    view = SavedView.objects.filter(pk=pk, kind=face.name).first()
    if view is None or not (view.is_shared or view.owner_id == by.person_id):
        raise Http404(pk)
    if what == "remove":
        remove_view(view=view, by=by)
        return go_on(request, f"/{face.slug}/", _("View removed"))
    share_view(view=view, is_shared=what == "share", by=by)
    words = _("Everybody has this view now") if what == "share" else _("This view is yours alone now")
    return go_on(request, f"/{face.slug}/?view={view.key}", words)
