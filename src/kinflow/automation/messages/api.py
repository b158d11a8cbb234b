"""The API of messages: mine, how they reach me, what became of them, channels and templates. Addresses are never told."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.people.models import Person
from kinflow.records.api.shapes import Strict

from ..notices.reading import read_messages
from .access import sees_deliveries, sees_templates
from .channels import add_channel, switch_channel
from .delivering import retry_delivery
from .models import Channel, Delivery, Message, MessageTemplate
from .settings import choice_of, choose_messages
from .templates import add_template, change_template

router = Router(tags=["messages"])
PAGE = 100


class DeliveryOut(Schema):
    """One way that a message went."""

    id: int
    way: str
    state: str
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str
    is_doubtful: bool


class MessageOut(Schema):
    """What the caller was told; `kind` and `item` name the record."""

    id: int
    key: str
    subject: dict[str, str]
    text: dict[str, str]
    kind: str
    item: int | None
    urgency: str
    by: str
    created_at: datetime
    read_at: datetime | None
    escalated_at: datetime | None
    deliveries: list[DeliveryOut]


class ChoicesIn(Strict):
    """Ways besides the app by urgency (email, chat), the channel for chat, quiet hours ("" or calendar), digest."""

    ways: dict[str, list[str]]
    chat: int | None = None
    quiet: str = ""
    digest: str = ""
    digest_hour: int = 8


class ChoicesOut(Schema):
    """What was chosen."""

    ways: dict[str, list[str]]
    chat: int | None
    quiet: str
    digest: str
    digest_hour: int


class ChannelIn(Strict):
    """A channel to be added: for everybody, or the caller's own. Its address is a secret."""

    name: str
    service: str
    address: str
    is_shared: bool = False


class ChannelOut(Schema):
    """A channel; of its address the last characters at most."""

    id: int
    name: str
    service: str
    shown_address: str
    is_shared: bool
    is_active: bool


class Switch(Strict):
    """On or off."""

    is_active: bool


class TemplateIn(Strict):
    """A template: words by language (en, zh-hans), fields in braces."""

    name: str
    kind: str
    subject: dict[str, str]
    text: dict[str, str] = Field(default_factory=dict)


class Changes(Strict):
    """Fields to be changed."""

    changes: dict[str, Any]


class TemplateOut(Schema):
    """A template."""

    id: int
    name: str
    kind: str
    subject: dict[str, str]
    text: dict[str, str]
    is_active: bool


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _me(request: HttpRequest) -> Person:
    return get_object_or_404(Person, pk=_by(request).person_id or 0)


def _mine(request: HttpRequest) -> Any:
    return Message.objects.filter(person_id=_by(request).person_id or 0)


@router.get("/messages", response=list[MessageOut], summary="What I was told")
def list_messages(request: HttpRequest, before: int | None = None) -> list[dict[str, Any]]:
    """The newest 100; `before` is the last one's number of the page above."""
    rows = _mine(request).prefetch_related("deliveries").order_by("-pk")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    names = ("id", "key", "subject", "text", "kind", "urgency", "created_at", "read_at", "escalated_at")
    return [
        {name: getattr(row, name) for name in names}
        | {"item": row.object_id, "by": row.by_name, "deliveries": list(row.deliveries.all())}
        for row in rows[:PAGE]
    ]


@router.post("/messages/{int:pk}/read", response={204: None}, summary="Mark a message as read")
def post_read(request: HttpRequest, pk: int) -> tuple[int, None]:
    """It is told to nobody else then."""
    read_messages([get_object_or_404(_mine(request), pk=pk).pk], timezone.now())
    return 204, None


@router.get("/messages/choices", response=ChoicesOut, summary="How messages reach me")
def get_choices(request: HttpRequest) -> dict[str, Any]:
    """What the caller chose."""
    row = choice_of(_me(request))
    names = ("ways", "quiet", "digest", "digest_hour")
    return {name: getattr(row, name) for name in names} | {"chat": row.chat_id}


@router.put("/messages/choices", response=ChoicesOut, summary="Choose how messages reach me")
def put_choices(request: HttpRequest, given: ChoicesIn) -> dict[str, Any]:
    """All of it at once; the rest is as it is from the start."""
    choose_messages(person=_me(request), by=_by(request), **given.dict())
    return get_choices(request)


@router.get("/deliveries", response=list[DeliveryOut], summary="What became of messages")
def list_deliveries(request: HttpRequest, state: str = "", before: int | None = None) -> list[Delivery]:
    """Everybody's for whoever may see them, otherwise the caller's; the newest 100."""
    rows = Delivery.objects.order_by("-pk")
    if not sees_deliveries(_by(request)):
        rows = rows.filter(message__person_id=_by(request).person_id or 0)
    rows = rows.filter(state=state) if state else rows
    return list((rows.filter(pk__lt=before) if before is not None else rows)[:PAGE])


@router.post("/deliveries/{int:pk}/retry", response=DeliveryOut, summary="Try a failed delivery again")
def post_retry(request: HttpRequest, pk: int) -> Delivery:
    """At once."""
    return retry_delivery(delivery=get_object_or_404(Delivery, pk=pk), by=_by(request))


def _channel(row: Channel) -> dict[str, Any]:
    names = ("id", "name", "service", "shown_address", "is_active")
    return {name: getattr(row, name) for name in names} | {"is_shared": row.person_id is None}


def _channels(request: HttpRequest) -> Any:
    own = Channel.objects.filter(person_id=_by(request).person_id or 0)
    return Channel.objects.filter(person=None) | own


@router.get("/channels", response=list[ChannelOut], summary="Chat channels")
def list_channels(request: HttpRequest) -> list[dict[str, Any]]:
    """Everybody's and the caller's own."""
    return [_channel(row) for row in _channels(request)]


@router.post("/channels", response={201: ChannelOut}, summary="Add a chat channel")
def post_channel(request: HttpRequest, given: ChannelIn) -> tuple[int, dict[str, Any]]:
    """The address is kept locked and never told."""
    person = None if given.is_shared else _me(request)
    made = add_channel(
        name=given.name, service=given.service, address=given.address, person=person, by=_by(request)
    )
    return 201, _channel(made)


@router.post("/channels/{int:pk}/switch", response=ChannelOut, summary="Switch a chat channel on or off")
def post_switch(request: HttpRequest, pk: int, given: Switch) -> dict[str, Any]:
    """What is to go to one that is off fails, and says so."""
    row = get_object_or_404(_channels(request), pk=pk)
    return _channel(switch_channel(channel=row, is_active=given.is_active, by=_by(request)))


def _templates(request: HttpRequest) -> Any:
    if not sees_templates(_by(request)):
        raise Refused()
    return MessageTemplate.objects.all()


@router.get("/message-templates", response=list[TemplateOut], summary="Message templates")
def list_templates(request: HttpRequest) -> list[MessageTemplate]:
    """All of them."""
    return list(_templates(request))


@router.post("/message-templates", response={201: TemplateOut}, summary="Add a message template")
def post_template(request: HttpRequest, given: TemplateIn) -> tuple[int, MessageTemplate]:
    """Unknown fields and open braces are refused."""
    return 201, add_template(**given.dict(), by=_by(request))


@router.patch("/message-templates/{int:pk}", response=TemplateOut, summary="Change a message template")
def patch_template(request: HttpRequest, pk: int, given: Changes) -> MessageTemplate:
    """Name, subject, text, is_active."""
    row = get_object_or_404(_templates(request), pk=pk)
    return change_template(template=row, changes=given.changes, by=_by(request))
