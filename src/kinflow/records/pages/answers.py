"""How pages answer after something was done: a toast, perhaps with undo, and where to go on."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from kinflow.eventlog import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def only_post(request: HttpRequest) -> HttpResponse | None:
    """An answer where the request is no POST."""
    return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])


def by_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked (and not for a whole page)."""
    return request.headers.get("HX-Request") == "true"


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page the person stands on, as a path within this site."""
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(told)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    same = not parts.netloc or parts.netloc == request.get_host()
    return path if path and same and is_local(path) else otherwise


def is_local(address: str) -> bool:
    """Whether an address given from outside leads to this site."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def toast(text: str, undo: str = "") -> dict[str, Any]:
    """What a toast says; `undo` is the address that takes it back."""
    told: dict[str, Any] = {"text": text}
    return told | {"undo": undo} if undo else told


def tell(response: HttpResponse, text: str, undo: str = "", **more: Any) -> HttpResponse:
    """The answer, with a toast and perhaps other events."""
    response["HX-Trigger"] = json.dumps({"kinflow:toast": toast(text, undo), **more})
    return response


def fresh_page(request: HttpRequest, address: str) -> HttpResponse:
    """Done: on to another page, loaded as a whole."""
    if not by_htmx(request):
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def go_on(request: HttpRequest, address: str, text: str, undo: str = "") -> HttpResponse:
    """Done: on to the address, telling what was done."""
    if not by_htmx(request):
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response["HX-Location"] = json.dumps(
        {"path": address, "target": "#main", "select": "#main", "swap": "outerHTML"}
    )
    return tell(response, text, undo, **{"kinflow:done": {}})
