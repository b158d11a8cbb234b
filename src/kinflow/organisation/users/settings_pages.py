"""The settings of the installation: an overview by subject, people's roles and sign-ins, and everybody's tokens."""

from collections.abc import Collection, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kinflow.eventlog import Actor
from kinflow.kit.problem import Conflict, Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR, ROLES
from kinflow.web import places
from kinflow.web.doors import page

from ..people.models import Person
from .actions import disable_user, enable_user, invite_user, reset_second_factor, revoke_token, set_roles
from .me.scope_choices import scope_words
from .models import Token, User

PAGE = 50


def sets_up(by: Actor) -> bool:
    """Whether the actor may change how things are set up."""
    return ADMINISTRATOR in by.roles


def looks_in(by: Actor) -> bool:
    """Whether the actor may see how things are set up."""
    return bool(by.roles & {ADMINISTRATOR, AUDITOR})


def _only_insiders(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    if not looks_in(by):
        raise Refused(
            _("Settings are for administrators."),
            remedy=_("Your own settings are under your name, above right."),
        )
    return by


@page
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The settings by subject."""
    by: Actor = request.by  # type: ignore[attr-defined]
    subjects = places.subs_of("settings", by)
    return render(request, "settings/overview.html", {"subjects": subjects, "looks_in": looks_in(by)})


@page
@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """Who works here, their roles, and whether they can sign in."""
    by = _only_insiders(request)
    words, after = request.GET.get("q", "").strip()[:100], request.GET.get("after", "")
    people = Person.objects.select_related("unit", "user").order_by("pk")
    if words:
        people = people.filter(
            Q(family_name__icontains=words)
            | Q(given_name__icontains=words)
            | Q(email__icontains=words)
            | Q(user__username__icontains=words)
        )
    if after.isdecimal() and len(after) < 19:
        people = people.filter(pk__gt=int(after))
    found = list(people[: PAGE + 1])
    known: list[tuple[Person | None, User | None]] = [
        (person, getattr(person, "user", None)) for person in found[:PAGE]
    ]
    if not after:
        known[:0] = [(None, user) for user in _without_person(words)]
    safer = _with_second_factor([user.pk for _person, user in known if user is not None])
    rows = [_row(person, user, safer) for person, user in known]
    return render(
        request,
        "settings/users.html",
        {
            "rows": rows,
            "words": words,
            "further": found[PAGE - 1].pk if len(found) > PAGE else "",
            "may_change": sets_up(by),
        },
    )


def _row(person: Person | None, user: User | None, with_second_factor: Collection[int]) -> dict[str, Any]:
    if person is None:
        return {"user": user, "has_second_factor": user is not None and user.pk in with_second_factor}
    return {
        "person": person,
        "has_second_factor": user is not None and user.pk in with_second_factor,
        "roles": [ROLES[role] for role in ROLES if role in person.roles],
        "user": user,
        "has_left": person.left_on is not None and person.left_on <= timezone.localdate(),
    }


def _without_person(words: str) -> Sequence[User]:
    """Sign-ins that set things up and belong to nobody who works here; of any sane installation a few."""
    found = User.objects.filter(person=None, username__icontains=words).order_by("pk")
    return list(found[:PAGE])


def _with_second_factor(user_ids: Collection[int]) -> frozenset[int]:
    safer = Authenticator.objects.filter(user_id__in=user_ids, type=Authenticator.Type.TOTP)
    return frozenset(safer.values_list("user_id", flat=True))


@page
def roles(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask which roles a person has; on POST, give them."""
    by = _only_insiders(request)
    person = get_object_or_404(Person, pk=person_id)
    if request.method == "POST":
        set_roles(person=person, roles=request.POST.getlist("roles"), by=by)
        return HttpResponseRedirect(_back(request))
    choices = [(role, label, role in person.roles) for role, label in ROLES.items()]
    return render(request, "settings/roles.html", {"person": person, "choices": choices})


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_safe = wanted.startswith("/settings/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_safe else "/settings/users/"


@page
@require_POST
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let a person sign in."""
    invite_user(person=get_object_or_404(Person, pk=person_id), by=_only_insiders(request))
    return HttpResponseRedirect(_back(request))


@page
@require_POST
def switch(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch a sign-in off or on."""
    by = _only_insiders(request)
    user = get_object_or_404(User, pk=user_id)
    if user.pk == request.user.pk:
        raise Conflict(
            _("This is your own sign-in."), remedy=_("Ask another administrator to switch it off.")
        )
    if user.is_active:
        disable_user(user=user, by=by)
    else:
        enable_user(user=user, by=by)
    return HttpResponseRedirect(_back(request))


@page
@require_POST
def second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take away somebody's second factor, so that they can sign in and set up a new one."""
    reset_second_factor(user=get_object_or_404(User, pk=user_id), by=_only_insiders(request))
    return HttpResponseRedirect(_back(request))


@page
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens that hold, newest first."""
    by = _only_insiders(request)
    before = request.GET.get("before", "")
    rows = Token.objects.select_related("user__person").filter(revoked_at=None).order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    now = timezone.now()
    return render(
        request,
        "settings/tokens.html",
        {
            "rows": [
                (token, scope_words(token.scopes), token.expires_at is not None and token.expires_at <= now)
                for token in found[:PAGE]
            ],
            "further": found[PAGE - 1].pk if len(found) > PAGE else "",
            "may_change": sets_up(by),
        },
    )


@page
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Let somebody's token hold no longer."""
    by = _only_insiders(request)
    token = Token.objects.select_related("user").filter(pk=token_id).first()
    if token is None:
        raise Http404
    revoke_token(token=token, by=by)
    return HttpResponseRedirect("/settings/tokens/")
