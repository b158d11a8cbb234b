"""Language and theme, which anybody can switch at any time: kept with the sign-in, and in the browser before it."""

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
    """Take language and theme, each where it is given, and go back; a script that asks gets an empty answer."""
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
        if name in taken:
            is_secure = request.is_secure()
            answer.set_cookie(cookie, taken[name], max_age=YEAR, samesite="Lax", secure=is_secure)
    return answer


def _taken(request: HttpRequest) -> dict[str, str]:
    known = {"language": tuple(code for code, _label in settings.LANGUAGES), "theme": THEMES}
    return {name: request.POST[name] for name, values in known.items() if request.POST.get(name) in values}
