"""Language, theme and time zone, to be switched at any time: kept with the sign-in, and in the browser before it."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from .doors import is_local, page_of

THEMES = ("", "light", "dark")
THEME_COOKIE = "kinflow_theme"
YEAR = 365 * 24 * 3600
"""Seconds."""


def theme_of(request: HttpRequest) -> str:
    """light, dark, or "" for the system's."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(getattr(user, "theme", ""))
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return kept if kept in THEMES else ""


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Take language, theme and time zone, each where given, and go back; a script that asks gets an empty answer."""
    taken = _taken(request)
    wanted = request.POST.get("next", "")
    answer: HttpResponse = HttpResponseRedirect(wanted if is_local(wanted) else page_of(request))
    if request.headers.get("X-Requested-With") == "fetch":
        answer = HttpResponse(status=204)
    if request.user.is_authenticated and taken:
        for name, value in taken.items():
            setattr(request.user, name, value)
        request.user.save(update_fields=list(taken))
    for cookie, name in ((settings.LANGUAGE_COOKIE_NAME, "language"), (THEME_COOKIE, "theme")):
        if name in taken and (taken[name] or name == "theme"):
            is_secure = request.is_secure()
            answer.set_cookie(cookie, taken[name], max_age=YEAR, samesite="Lax", secure=is_secure)
    return answer


def _taken(request: HttpRequest) -> dict[str, str]:
    """What was chosen; only who is signed in may leave the language to the browser, or has a time zone."""
    known = {"language": {code for code, _label in settings.LANGUAGES}, "theme": set(THEMES)}
    if request.user.is_authenticated:
        known["language"] = known["language"] | {""}
        known["time_zone"] = {"", *time_zones()}
    return {name: request.POST[name] for name, values in known.items() if request.POST.get(name) in values}


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of the name; None for "" and for names that none has."""
    return ZoneInfo(name) if name and name in available_timezones() else None


@cache
def time_zones() -> tuple[str, ...]:
    """The time zones to choose from: those of places."""
    return tuple(
        sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc", "posix"))
        )
    )
