"""Each request acts as somebody, in their language and their time zone."""

from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from kinflow.web.preferences import zone_of

from .actors import actor_of, may_sign_in
from .models import User

Answer = Callable[[HttpRequest], HttpResponse]
_languages = {code for code, _label in settings.LANGUAGES}


def acting(get_response: Answer) -> Answer:
    """Set `request.by` to the Actor behind the request, None where nobody is signed in."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.by = None  # type: ignore[attr-defined]
        if not isinstance(user, User):
            return get_response(request)
        if not may_sign_in(user):
            logout(request)
            return get_response(request)
        request.by = actor_of(user)  # type: ignore[attr-defined]
        return _as_liked(user, request, get_response)

    return answer


def _as_liked(user: User, request: HttpRequest, get_response: Answer) -> HttpResponse:
    if user.language in _languages:
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
    zone = zone_of(user.time_zone)
    with timezone.override(zone) if zone else nullcontext():
        return get_response(request)
