"""The gate of the API: what every request passes, whoever answers it in the end."""

from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Problem, TooLarge
from kinflow.organisation.users.models import User
from kinflow.records.importing.limits import DEFAULT as FILES
from kinflow.records.importing.limits import too_large
from kinflow.web.once import digest_of, once
from kinflow.web.preferences import zone_of
from kinflow.web.problems import NotUnderstood, answer

from . import rates
from .door import let_in
from .reading import refuse_strange

ROOT = "/api/v1/"
DESCRIPTION = f"{ROOT}openapi.json"
RAW = f"{ROOT}emails/raw"  # reads its body by itself, with bounds of its own
# Forms with a file; they keep their idempotency key by the file's content.
UPLOADS = (f"{ROOT}import/files", f"{ROOT}imported-log/files")
FORMS = (f"{ROOT}decisions/dmn",)  # with a small file
WRITES = ("POST", "PATCH", "PUT", "DELETE")
Answer = Callable[[HttpRequest], HttpResponse]


class WrongMethod(Problem):
    """Nothing of the kind can be done at this address."""

    status = 405
    code = "wrong-method"
    title = gettext_lazy("This cannot be done at this address")


class WrongType(Problem):
    """The body is of a type that is not read."""

    status = 415
    code = "wrong-type"
    title = gettext_lazy("This kind of body is not read here")


def gate(get_response: Answer) -> Answer:
    """The middleware, behind all others."""

    def pass_through(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/") or request.path == DESCRIPTION:
            return get_response(request)
        try:
            return _finished(request, _passed(request, get_response))
        except Problem as problem:
            told = answer(request, problem)
            if wait := problem.extra.get("wait_seconds"):
                told["Retry-After"] = str(wait)
            return _finished(request, told)

    return pass_through


def _passed(request: HttpRequest, get_response: Answer) -> HttpResponse:
    rates.count_address(request)
    try:
        by, user = let_in(request)
    except Problem:
        rates.count_stranger(request)
        raise
    request.by = by  # type: ignore[attr-defined]
    with _as_liked(request, user):
        rates.count_caller(by)
        _check(request)
        key = request.headers.get("Idempotency-Key", "")
        if "Idempotency-Key" not in request.headers or request.method not in WRITES:
            return get_response(request)
        if request.path in UPLOADS:
            return get_response(request)
        if request.path == RAW:
            raise NotUnderstood(_("No key is needed here: the same mail is taken in once."))
        scopes = ",".join(sorted(by.scopes)) if by.scopes is not None else "*"
        digest = digest_of(str(request.method), request.get_full_path(), scopes, request.body)
        return once(f"{by.kind}:{by.id}", key, digest, lambda: get_response(request))


def _as_liked(request: HttpRequest, user: User | None) -> "timezone.override | nullcontext[None]":
    """In the language and time zone of a token's user; what the request itself asks for goes first."""
    if user is None:
        return nullcontext()
    if user.language and "Accept-Language" not in request.headers:
        translation.activate(user.language)
    zone = zone_of(user.time_zone)
    return timezone.override(zone) if zone else nullcontext()


def _check(request: HttpRequest) -> None:
    """Refuse what no answer could be given to: bodies too large or of another type, characters that are none."""
    refuse_strange(request.path)
    for name, values in request.GET.lists():
        refuse_strange(name)
        for value in values:
            refuse_strange(value)
    if request.method not in WRITES or request.path == RAW:
        return
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.path in UPLOADS:
        _check_upload(request, length)
        return
    if not length.isdecimal() or int(length[:18]) > settings.API_BODY_BYTES:
        most = {"most": settings.API_BODY_BYTES // 1024}
        raise TooLarge(_("A body holds at most %(most)d kB.") % most)
    if request.path in FORMS:
        _refuse_no_form(request)
    elif length != "0" and request.content_type != "application/json":
        raise WrongType(remedy=_("Send JSON, and say so: Content-Type: application/json."))


def _check_upload(request: HttpRequest, length: str) -> None:
    """Refuse what is no form with a file, and a file that is too large, before any of it is read."""
    if not length.isdecimal() or int(length[:18]) > FILES.size + settings.API_BODY_BYTES:
        raise too_large(_("This file is larger than %(limit)s MB.") % {"limit": FILES.size >> 20})
    _refuse_no_form(request)


def _refuse_no_form(request: HttpRequest) -> None:
    if request.content_type != "multipart/form-data":
        raise WrongType(remedy=_("Send a form with a file: Content-Type: multipart/form-data."))


def _finished(request: HttpRequest, told: HttpResponse) -> HttpResponse:
    """The answer with what all answers of the API carry."""
    if told.status_code == 405 and "json" not in told.headers.get("Content-Type", ""):
        allowed = told.headers.get("Allow", "")
        told = answer(request, WrongMethod(_("What can be done: %(methods)s.") % {"methods": allowed}))
        told["Allow"] = allowed
    if told.status_code == 401:
        token = "Authorization" in request.headers
        told["WWW-Authenticate"] = 'Bearer realm="Kinflow"' + (', error="invalid_token"' if token else "")
    told.headers.setdefault("Cache-Control", "private, no-store")
    return told
