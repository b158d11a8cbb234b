"""Domain errors and broken pages, told as page, as toast or as problem document (RFC 9457); nothing inside leaks."""

import json
import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem, Refused

logger = logging.getLogger(__name__)


class NotUnderstood(Invalid):
    """A request that makes no sense."""

    status = 400
    code = "not-understood"
    title = gettext_lazy("This was not understood")


class Broken(Problem):
    """Something failed inside; its words are in the program's log, under the reference."""

    status = 500
    code = "broken"
    title = gettext_lazy("Something broke on our side")


class Problems:
    """The middleware that answers domain errors of views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a domain error; everything else is left to Django."""
        return answer(request, error) if isinstance(error, Problem) else None


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What is told of a problem, in the form that was asked for."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            document(problem, request.path),
            status=problem.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    if is_fragment(request):
        return _as_toast(problem)
    return _as_page(request, problem)


def document(problem: Problem, instance: str) -> dict[str, Any]:
    """A problem as RFC 9457 writes it."""
    told: dict[str, Any] = {
        "type": f"urn:kinflow:problem:{problem.code}",
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.detail),
        "instance": instance,
        "code": problem.code,
        "remedy": str(problem.remedy),
        "errors": [
            {"field": _field(e.pointer), "pointer": e.pointer, "message": str(e.message)}
            for e in problem.errors or _named(problem)
        ],
    }
    more = {name: _plain(value) for name, value in problem.extra.items() if name not in told}
    return {name: value for name, value in told.items() if value not in ("", [])} | more


def _named(problem: Problem) -> tuple[FieldError, ...]:
    """The one field that a problem without a list of errors is about."""
    if not problem.field:
        return ()
    return (FieldError(f"/{problem.field.lstrip('/')}", problem.detail or problem.title),)


def _field(pointer: str) -> str:
    """The field's name in a pointer: of what was to be changed, or was seen, the field there."""
    parts = [part for part in pointer.split("/") if part]
    return parts[1] if parts[:1] in (["changes"], ["seen"]) and len(parts) > 1 else "".join(parts[:1])


def _plain(value: Any) -> Any:
    """A further member as JSON holds it."""
    return value if isinstance(value, bool | int | float | list | dict | None) else str(value)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def _as_toast(problem: Problem) -> HttpResponse:
    words = " ".join(part for part in (_sentence(str(problem)), str(problem.remedy)) if part)
    told = HttpResponse(status=problem.status)
    told["HX-Reswap"] = "none"
    told["HX-Trigger"] = json.dumps({"kinflow:toast": {"text": words, "tone": "bad"}})
    return told


def _sentence(words: str) -> str:
    stop = "。" if (get_language() or "").startswith("zh") else "."
    return words if not words or words[-1] in ".!?。！？…" else words + stop


def _as_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    user = getattr(request, "user", None)
    inside = bool(user and user.is_authenticated)
    context = {"problem": problem, "base": "web/page.html" if inside else "web/signed_out.html"}
    return render(request, "web/problem.html", context, status=problem.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's answer to a request it does not understand."""
    return answer(request, NotUnderstood(_("The address or what was sent with it makes no sense.")))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's answer to whoever may not do something."""
    return answer(request, Refused(remedy=_("Ask an administrator if you need this for your work.")))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that does not carry this browser's mark."""
    return answer(
        request, Refused(_("This page was open for too long."), remedy=_("Reload it and try again."))
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's answer where nothing is."""
    words = _("There is nothing at this address, or it was removed.")
    return answer(request, NotFound(words, remedy=_("Search for it, or start from your work.")))


def broken(request: HttpRequest) -> HttpResponse:
    """The answer to an error nobody foresaw: a number to ask after, and the error in the log under that number."""
    reference = secrets.token_hex(4).upper()
    logger.error("Error %s at %s %s", reference, request.method, request.path, exc_info=sys.exc_info())
    problem = Broken(
        _("The error has the number %(number)s. Nothing of what you just did was kept.")
        % {"number": reference},
        remedy=_("Try again; if it happens again, tell your administrator the number."),
    )
    if request.path.startswith("/api/") or is_fragment(request):
        return answer(request, problem)
    context = {"problem": problem, "base": "web/signed_out.html", "language": get_language()}
    return HttpResponse(render_to_string("web/problem.html", context), status=500)
