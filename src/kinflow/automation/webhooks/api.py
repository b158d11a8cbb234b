"""The API of webhooks: receivers, their calls, replaying them. A secret is told once, when it is made."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.api.shapes import Strict

from ..messages.access import changes_webhooks, sees_webhooks
from .actions import add_webhook, change_webhook, renew_secret, replay_call, switch_webhook
from .models import Webhook, WebhookDelivery

router = Router(tags=["webhooks"])
PAGE = 100


class WebhookIn(Strict):
    """A receiver to be added; a condition needs the kind of record that it is about."""

    name: str
    url: str
    events: list[str]
    kind: str = ""
    condition: dict[str, Any] = Field(default_factory=dict)


class Changes(Strict):
    """Fields to be changed."""

    changes: dict[str, Any]


class Switch(Strict):
    """On or off; switched on with `missed`, it is told what happened meanwhile, too."""

    is_active: bool
    missed: bool = False


class WebhookOut(Schema):
    """A receiver; its address is for those who keep webhooks, its secret for nobody."""

    id: int
    name: str
    url: str
    events: list[str]
    kind: str
    condition: dict[str, Any]
    is_active: bool
    stopped_because: str


class MadeOut(WebhookOut):
    """A receiver that was added, with its secret."""

    secret: str


class SecretOut(Schema):
    """Another secret, told this once."""

    secret: str


class CallOut(Schema):
    """One call, and what became of it."""

    id: int
    key: str
    event: str
    state: str
    made_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    status: int | None
    error: str


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _seen(request: HttpRequest) -> Any:
    if not sees_webhooks(_by(request)):
        raise Refused()
    return Webhook.objects.all()


def _shown(row: Webhook, by: Actor) -> dict[str, Any]:
    names = ("id", "name", "events", "kind", "condition", "is_active", "stopped_because")
    return {name: getattr(row, name) for name in names} | {"url": row.url if changes_webhooks(by) else "…"}


@router.get("", response=list[WebhookOut], summary="Webhooks")
def list_webhooks(request: HttpRequest) -> list[dict[str, Any]]:
    """All receivers."""
    return [_shown(row, _by(request)) for row in _seen(request)]


@router.post("", response={201: MadeOut}, summary="Add a webhook")
def post_webhook(request: HttpRequest, given: WebhookIn) -> tuple[int, dict[str, Any]]:
    """The receiver with its secret, which is told this once."""
    row, secret = add_webhook(**given.dict(), by=_by(request))
    return 201, _shown(row, _by(request)) | {"secret": secret}


@router.patch("/{int:pk}", response=WebhookOut, summary="Change a webhook")
def patch_webhook(request: HttpRequest, pk: int, given: Changes) -> dict[str, Any]:
    """Name, url, events, kind, condition."""
    row = get_object_or_404(_seen(request), pk=pk)
    return _shown(change_webhook(webhook=row, changes=given.changes, by=_by(request)), _by(request))


@router.post("/{int:pk}/switch", response=WebhookOut, summary="Switch a webhook on or off")
def post_switch(request: HttpRequest, pk: int, given: Switch) -> dict[str, Any]:
    """Switched on, it is sent what waits."""
    row = get_object_or_404(_seen(request), pk=pk)
    return _shown(switch_webhook(webhook=row, **given.dict(), by=_by(request)), _by(request))


@router.post("/{int:pk}/secret", response=SecretOut, summary="Give a webhook another secret")
def post_secret(request: HttpRequest, pk: int) -> dict[str, str]:
    """Told this once; from now on calls are signed with it."""
    return {"secret": renew_secret(webhook=get_object_or_404(_seen(request), pk=pk), by=_by(request))}


@router.get("/{int:pk}/calls", response=list[CallOut], summary="Calls of a webhook")
def list_calls(request: HttpRequest, pk: int, before: int | None = None) -> list[WebhookDelivery]:
    """The newest 100."""
    rows = WebhookDelivery.objects.filter(webhook=get_object_or_404(_seen(request), pk=pk)).order_by("-pk")
    return list((rows.filter(pk__lt=before) if before is not None else rows)[:PAGE])


@router.post("/calls/{int:pk}/replay", response=CallOut, summary="Make a call again")
def post_replay(request: HttpRequest, pk: int) -> WebhookDelivery:
    """With the same body and number, signed anew."""
    _seen(request)
    row = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=pk)
    return replay_call(delivery=row, by=_by(request))
