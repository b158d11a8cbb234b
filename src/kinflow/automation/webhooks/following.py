"""A reader of the log feeds the webhooks: each entry once to each receiver that wants events of its name."""

import json
from copy import copy
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from kinflow.conditions import Context, holds, parse
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers
from kinflow.eventlog.recording import encode
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.telling import recorded_values, tell

from ..said import MARK, shown
from .calling import queue_call
from .models import Webhook

NAME = "automation.webhooks"
NOBODY = Actor("person", "nobody")
"""Whose eyes count where the owner is gone: personal values are left out."""


def wanted() -> set[str]:
    """The names of all events that any receiver in use wants."""
    rows = Webhook.objects.filter(is_active=True).values_list("events", flat=True)
    return {name for names in rows for name in names}


def follow_for_webhooks() -> None:
    """Follow the log for the receivers."""
    readers[NAME] = Reader(NAME, handlers=OneHandler(feed, wanted))


def feed(entry: Entry) -> None:
    """Let the entry be told to whoever wants it."""
    rows = Webhook.objects.filter(is_active=True, events__contains=[entry.name])
    for webhook in rows.select_related("person__unit"):
        tell_receiver(webhook, entry)


def tell_receiver(webhook: Webhook, entry: Entry) -> None:
    """Let the entry be told to the receiver, if it is meant and was not told before."""
    by = actor_of_person(webhook.person) if webhook.person else NOBODY
    if _is_meant(webhook, entry, by):
        queue_call(webhook, f"entry {entry.pk}", entry.name, body_of(entry, by), timezone.now())


def _is_meant(webhook: Webhook, entry: Entry, by: Actor) -> bool:
    """Whether its owner sees what it is about, and the condition holds for one of the kind."""
    found = [(m.kind, _row(m.kind, m.object_id)) for m in entry.mentioned if m.kind in registry]
    there = [(kind, row) for kind, row in found if row is not None]
    if webhook.person is not None and any(not may_see(by, row) for _kind, row in there):
        return False
    if not webhook.kind:
        return True
    of_kind = [row for kind, row in there if kind == webhook.kind]
    if not webhook.condition:
        return bool(of_kind)
    condition = parse(webhook.condition, webhook.kind, VOCABULARY)
    return any(
        holds(condition, row, Context(timezone.now(), timezone.get_default_timezone())) for row in of_kind
    )


def _row(kind: str, pk: int) -> Any:
    return registry[kind].model._default_manager.filter(pk=pk).first()


def body_of(entry: Entry, by: Actor) -> str:
    """What a receiver is told of an entry: no more than its owner may read; in words of the company's language, too."""
    data = recorded_values(entry, by)
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "text": tell([copy(entry)], by)[0].text if by != NOBODY else "",
            "texts": {name: shown(text) for name, text in data.items() if _is_kept(text)},
        }
    told = {
        "id": entry.pk,
        "event": entry.name,
        "at": entry.at,
        "by": {"kind": entry.actor_kind, "id": entry.actor_id},
        "caused_by": entry.caused_by,
        "data": data,
        **words,
        "records": [
            {"role": m.role, "kind": m.kind, "id": m.object_id, "url": _url(m.kind, m.object_id)}
            for m in entry.mentioned
        ],
    }
    return json.dumps(json.loads(encode(told)), ensure_ascii=False, separators=(",", ":"))


def _is_kept(text: Any) -> bool:
    """Whether a value is kept by its message, and told in words beside it."""
    return isinstance(text, str) and text.startswith(MARK)


def _url(kind: str, pk: int) -> str | None:
    return f"{settings.URL}{registry[kind].url(pk)}" if kind in registry else None
