"""Webhooks on screen: the list, the editor, each receiver's calls, replaying them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError
from kinflow.kit.problem import Problem, Refused
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..messages.access import changes_webhooks, sees_webhooks
from ..rules.event_names import event_words, known_events
from ..scorings.forms import condition_of
from .actions import add_webhook, change_webhook, renew_secret, replay_call, switch_webhook
from .models import Webhook, WebhookDelivery

CALLS = 50
TONES = {"sent": "good", "failed": "bad", "waiting": "accent", "sending": "accent"}


def _refuse(request: HttpRequest) -> None:
    if not sees_webhooks(actor_of(request)):
        raise Refused(remedy=_("Ask an administrator."))


@page
def webhooks(request: HttpRequest) -> HttpResponse:
    """All receivers."""
    _refuse(request)
    context = {"rows": Webhook.objects.all(), "may_change": changes_webhooks(actor_of(request))}
    return render(request, "messages/webhooks.html", context)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the form sent. Raises ConditionError."""
    post = request.POST
    kind = post.get("kind", "")
    condition = condition_of(post.get("condition", ""), kind) if kind in registry else {}
    return {
        "name": post.get("name", ""),
        "url": post.get("url", ""),
        "events": post.getlist("events"),
        "kind": kind,
        "condition": condition,
    }


@page
def new_webhook(request: HttpRequest) -> HttpResponse:
    """The editor for a receiver that is not there yet; its secret is shown once it is."""
    _refuse(request)
    given: dict[str, Any] = {"name": "", "url": "", "events": [], "kind": "", "condition": {}}
    if request.method != "POST":
        return _show(request, given)
    try:
        given = _sent(request)
        made, secret = add_webhook(**given, by=actor_of(request))
    except Problem as problem:
        return _show(request, given, problem=problem)
    return _show(request, given, row=made, secret=secret)


@page
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a receiver, with its calls."""
    _refuse(request)
    row = get_object_or_404(Webhook, pk=pk)
    given = {name: getattr(row, name) for name in ("name", "url", "events", "kind", "condition")}
    if request.method != "POST":
        return _show(request, given, row=row)
    try:
        given = _sent(request)
        change_webhook(webhook=row, changes=given, by=actor_of(request))
    except Problem as problem:
        return _show(request, given, row=row, problem=problem)
    return go_on(request, f"/webhooks/{pk}/", _("%(name)s is kept.") % {"name": row.name})


def _show(
    request: HttpRequest,
    given: Mapping[str, Any],
    *,
    row: Webhook | None = None,
    secret: str = "",
    problem: Problem | None = None,
) -> HttpResponse:
    errors = [e.message for e in problem.errors] or [problem] if problem else []
    kind = given["kind"]
    may_change = changes_webhooks(actor_of(request))
    if isinstance(problem, ConditionError):
        errors = [problem.message]
    calls = WebhookDelivery.objects.filter(webhook=row).order_by("-pk")[:CALLS] if row else []
    context = {
        "row": row,
        "given": given,
        "shown_url": given["url"] if may_change else "…",
        "secret": secret,
        "events": sorted((event_words(name), name) for name in known_events()),
        "kinds": [(f.name, f.plural) for f in registry.values()],
        "kind": kind,
        "vocabulary": VOCABULARY,
        "calls": [(each, TONES[each.state]) for each in calls],
        "errors": errors,
        "may_change": may_change,
        "here": f"/webhooks/{row.pk}/" if row else "/webhooks/new/",
    }
    return render(request, "messages/webhook.html", context, status=problem.status if problem else 200)


@page
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a receiver on or off."""
    if refused := only_post(request):
        return refused
    is_active = request.POST.get("is_active") == "true"
    row = get_object_or_404(Webhook, pk=pk)
    missed = request.POST.get("missed") == "on"
    switch_webhook(webhook=row, is_active=is_active, missed=missed, by=actor_of(request))
    told = _("%(name)s is in use.") if is_active else _("%(name)s is switched off.")
    return go_on(request, "/webhooks/", told % {"name": row.name})


@page
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a receiver another secret, and show it this once."""
    if refused := only_post(request):
        return refused
    row = get_object_or_404(Webhook, pk=pk)
    secret = renew_secret(webhook=row, by=actor_of(request))
    given = {name: getattr(row, name) for name in ("name", "url", "events", "kind", "condition")}
    return _show(request, given, row=row, secret=secret)


@page
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a call once more."""
    if refused := only_post(request):
        return refused
    call = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=pk)
    replay_call(delivery=call, by=actor_of(request))
    return go_on(request, f"/webhooks/{call.webhook_id}/", _("The call is made again now."))
