"""My settings: who I am here, how I like to see things, how I sign in, and what acts for me."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.web.doors import page
from kinflow.web.preferences import time_zones

from ...people.actions import set_presence
from ...people.models import PRESENCES
from ..actions import end_sessions, issue_token, revoke_token
from ..models import THEMES, Token, User
from .scope_choices import scope_choices, scope_words

DAYS = (30, 90, 365)


def _who(request: HttpRequest) -> tuple[User, Actor]:
    user = request.user
    assert isinstance(user, User)
    return user, request.by  # type: ignore[attr-defined]


@page
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """My settings on one page."""
    return _shown(request)


def _shown(request: HttpRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    user, _by = _who(request)
    tokens = list(user.tokens.filter(revoked_at=None).order_by("-pk"))
    return render(
        request,
        "me/own.html",
        {
            "person": user.person,
            "languages": settings.LANGUAGES,
            "themes": THEMES,
            "zones": time_zones(),
            "zone": user.time_zone or settings.TIME_ZONE,
            "presences": PRESENCES,
            "has_second_factor": Authenticator.objects.filter(user=user, type="totp").exists(),
            "tokens": [(token, scope_words(token.scopes), _is_over(token)) for token in tokens],
            "scopes": scope_choices(),
            "days": DAYS,
            "problem": problem,
            "given": request.POST,
            "given_scopes": request.POST.getlist("scopes"),
        },
        status=status,
    )


def _is_over(token: Token) -> bool:
    return token.expires_at is not None and token.expires_at <= timezone.now()


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_safe else reverse("me")


@page
@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """Say whether I am at work."""
    user, by = _who(request)
    if user.person is None:
        raise Invalid(_("This sign-in belongs to nobody who works here."))
    set_presence(person=user.person, presence=request.POST.get("presence", ""), by=by)
    return HttpResponseRedirect(_next(request))


@page
@require_POST
def sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    user, by = _who(request)
    update_session_auth_hash(request, end_sessions(user=user, by=by))
    return HttpResponseRedirect(reverse("me"))


@page
@never_cache
@require_POST
def tokens(request: HttpRequest) -> HttpResponse:
    """Issue a token, and show it this once."""
    user, by = _who(request)
    try:
        token, text = issue_token(
            user=user,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scopes"),
            expires_at=_end(request.POST.get("days", "")),
            by=by,
        )
    except Invalid as problem:
        return _shown(request, problem, 422)
    return render(
        request, "me/token.html", {"token": token, "text": text, "scopes": scope_words(token.scopes)}
    )


def _end(days: str) -> datetime | None:
    if not days:
        return None
    if days not in map(str, DAYS):
        raise Invalid(errors=[FieldError("/days", _("Choose how long it holds."))])
    return timezone.now() + timedelta(days=int(days))


@page
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Let one of my tokens hold no longer."""
    user, by = _who(request)
    token = Token.objects.filter(pk=token_id, user=user).first()
    if token is None:
        raise Http404
    revoke_token(token=token, by=by)
    return HttpResponseRedirect(reverse("me") + "#tokens")
