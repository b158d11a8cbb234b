"""Possible duplicates on screen: all pairs, and saying that two are not the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.records.faces import RecordType, registry
from kinflow.records.pages.answers import actor_of, came_from, go_on, only_post
from kinflow.records.places import sees_kind
from kinflow.web.doors import page

from .noticing import KINDS
from .queries import APART, PAGE, may_tell_apart, pair_at, pairs_of


@page
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs of one kind, open or dismissed, the newest first; `before` goes on below a pair."""
    by = actor_of(request)
    kinds = [kind for kind in KINDS if sees_kind(by, kind)]
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else next(iter(kinds), "contact")
    is_dismissed = request.GET.get("dismissed") == "1"
    before = request.GET.get("before", "")
    rows = pairs_of(kind, by, is_dismissed=is_dismissed)
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    face = registry[kind]
    query = request.GET.copy()
    if len(found) > PAGE:
        query["before"] = str(found[PAGE - 1].pk)
    context = {
        "kinds": [(one, registry[one].plural, one == kind) for one in kinds],
        "kind": kind,
        "is_dismissed": is_dismissed,
        "pairs": [
            (pair, _side(face, pair.record), _side(face, pair.other), may_tell_apart(kind, pair, by))
            for pair in found[:PAGE]
        ],
        "more": f"/duplicates/?{query.urlencode()}" if len(found) > PAGE else "",
    }
    return render(request, "customers/duplicates.html", context)


def _side(face: RecordType, row: Any) -> dict[str, Any]:
    return {
        "title": face.title(row),
        "subtitle": face.subtitle(row) if face.subtitle else "",
        "url": face.url(row.pk),
        "number": face.number(row),
        "made": row.created_at,
    }


@page
def tell_apart(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that the two are not the same."""
    if refused := only_post(request):
        return refused
    by = actor_of(request)
    pair = pair_at(kind, pk, by)
    APART[kind](likeness=pair, by=by)
    return go_on(request, came_from(request, "/duplicates/"), _("Not the same: you hear of them no more"))
