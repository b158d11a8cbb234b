"""The lock-out after too many wrong passwords: per name and address."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry

from .events import SignInLocked
from .models import User
from .recording import note_lock


def login_given(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The name or e-mail somebody tried to sign in with."""
    given = credentials or {}
    login = given.get("username") or given.get("email") or request.POST.get("login")
    return str(login).strip().lower()[:255] if login else None


def locked_page(
    request: HttpRequest, _answer: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """What somebody sees who has to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "users/locked.html", {"minutes": minutes}, status=429)


def tell_lock(username: str | None = None, **_signal: Any) -> None:
    """Record a lock-out of a known user, once for each time; what strangers typed is not kept."""
    user = User.objects.filter(Q(username__iexact=username) | Q(email__iexact=username)).first()
    if user is None:
        return
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    if not Entry.objects.filter(name=SignInLocked.name, data__login=user.username, at__gt=since).exists():
        note_lock(user=user, by=SYSTEM)
