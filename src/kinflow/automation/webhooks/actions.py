"""All that can be done with webhooks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse
from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.event import registry as events
from kinflow.eventlog.models import Entry, Mention
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.jobs import defer

from ..bilingual import in_all_languages
from ..clock import set_moment
from ..messages.addresses import public_address
from ..messages.secrets import lock
from ..messages.sending import send
from .events import (
    CallReplayed,
    WebhookAdded,
    WebhookChanged,
    WebhookStopped,
    WebhookSwitchedOff,
    WebhookSwitchedOn,
)
from .models import Webhook, WebhookDelivery
from .signing import new_secret
from .wire import parts_of

JOB = "automation.call_webhook"
MOST_EVENTS = 200
MISSED = "automation.webhooks.missed"
MOST_MISSED = 1000
"""So many entries that happened while a receiver was off can be told afterwards."""


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The values, cleaned. Raises Invalid naming each that is wrong."""
    errors: list[FieldError] = []
    name, url = given.get("name"), given.get("url")
    name = name.replace("\0", "").strip()[:120] if isinstance(name, str) else ""
    if not name:
        errors.append(FieldError("/name", _("Give it a name.")))
    url = url.strip() if isinstance(url, str) else ""
    try:
        parts = parts_of(url[:1001])
        public_address(parts.hostname or "", parts.port or 443)
    except Invalid as invalid:
        errors += invalid.errors
    except Problem as refused:
        errors.append(FieldError("/url", f"{refused.title}. {refused.remedy}"))
    if len(url) > 1000:
        errors.append(FieldError("/url", _("At most %(most)d characters.") % {"most": 1000}))
    named = given.get("events")
    if not isinstance(named, list) or not named or len(named) > MOST_EVENTS:
        errors.append(FieldError("/events", _("Choose at least one event.")))
        named = []
    errors += [
        FieldError(f"/events/{n}", _("There is no such event."))
        for n, each in enumerate(named)
        if not isinstance(each, str) or each not in events
    ]
    kind, condition = given.get("kind") or "", given.get("condition") or {}
    if kind and kind not in registry:
        errors.append(FieldError("/kind", _("Choose one of the kinds of record.")))
    elif condition and not kind:
        errors.append(FieldError("/kind", _("Say first which kind of record the condition is about.")))
    elif condition:
        try:
            parse(condition, kind, VOCABULARY)
        except ConditionError as refused:
            errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
    if errors:
        raise Invalid(errors=errors)
    return {"name": name, "url": url, "events": sorted(set(named)), "kind": kind, "condition": condition}


@action
def add_webhook(
    *,
    name: str,
    url: str,
    events: list[str],
    kind: str = "",
    condition: Mapping[str, Any] | None = None,
    by: Actor,
) -> tuple[Webhook, str]:
    """Add a receiver; the secret it is given is told now and never again. Raises Invalid naming what is wrong."""
    permit(by, kind="webhook")
    values = _checked({"name": name, "url": url, "events": events, "kind": kind, "condition": condition})
    secret = new_secret()
    row = Webhook(**values, secret=lock(secret), person_id=by.person_id)
    row.save()
    record(WebhookAdded(webhook=row))
    return row, secret


@action
def change_webhook(*, webhook: Webhook, changes: Mapping[str, Any], by: Actor) -> Webhook:
    """Change what is named: name, url, events, kind, condition. Raises Invalid."""
    row = hold(webhook)
    permit(by, row)
    names = ("name", "url", "events", "kind", "condition")
    if strange := sorted(set(changes) - set(names)):
        raise Invalid(errors=[FieldError(f"/{n}", _("This field cannot be changed.")) for n in strange])
    old = {name: getattr(row, name) for name in names}
    new = _checked({**old, **changes})
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    record(WebhookChanged(webhook=row, fields=tuple(n for n in names if old[n] != new[n])))
    return row


@action
def renew_secret(*, webhook: Webhook, by: Actor) -> str:
    """Give the receiver another secret, told now and never again; from now on calls are signed with it."""
    row = hold(webhook)
    permit(by, row)
    secret = new_secret()
    row.secret = lock(secret)
    row.save()
    record(WebhookChanged(webhook=row, fields=("secret",)))
    return secret


@action
def switch_webhook(*, webhook: Webhook, is_active: bool, missed: bool = False, by: Actor) -> Webhook:
    """Switch a receiver on, whereupon what waits is sent, or off.

    With `missed` it is told, too, what happened while it was off: the newest 1,000 entries of the last 30 days.
    """
    row = hold(webhook)
    permit(by, row)
    if is_active and missed and not row.is_active:
        _tell_missed(row)
    row.is_active, row.stopped_because = is_active, ""
    row.save()
    if is_active:
        waiting = WebhookDelivery.objects.filter(webhook=row, state="waiting").order_by("pk")
        for pk in waiting.values_list("pk", flat=True)[:1000]:
            WebhookDelivery.objects.filter(pk=pk).update(due_at=timezone.now(), attempts=0)
            defer(JOB, delivery=pk)
    record(WebhookSwitchedOn(webhook=row) if is_active else WebhookSwitchedOff(webhook=row))
    return row


def _tell_missed(row: Webhook) -> None:
    """Have the entries since the receiver was switched off told to it."""
    off = Mention.objects.filter(
        kind="webhook", object_id=row.pk, entry__name__in=[WebhookSwitchedOff.name, WebhookStopped.name]
    )
    after = off.order_by("-entry_id").values_list("entry_id", flat=True).first()
    until = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    if after is not None and until is not None:
        told = {"webhook": row.pk, "after": after, "until": until, "is_begun": False}
        set_moment(MISSED, str(row.pk), timezone.now(), told)


@action
def stop_webhook(*, webhook: Webhook, failures: int, now: datetime, by: Actor) -> None:
    """Switch off a receiver that does not answer, and tell its owner; nothing where it is off already."""
    row = hold(webhook)
    permit(by, row)
    if not row.is_active:
        return
    row.is_active = False
    row.stopped_because = _("%(n)d calls in a row failed.") % {"n": failures}
    row.save()
    record(WebhookStopped(webhook=row, failures=failures))
    owner = Person.objects.filter(pk=row.person_id).first() if row.person_id is not None else None
    if owner is not None:
        told = {"name": row.name, "n": failures}
        send(
            key=f"webhook:{row.pk}:stopped:{row.version}",
            to=[owner],
            subject=in_all_languages(lambda: _("The webhook “%(name)s” was switched off") % told),
            text=in_all_languages(
                lambda: (
                    _("%(n)d calls in a row failed. See why among its calls, then switch it on again.") % told
                )
            ),
            urgency="normal",
            now=now,
            by=by,
        )


@action
def replay_call(*, delivery: WebhookDelivery, by: Actor) -> WebhookDelivery:
    """Make a call once more, with the same body and number; signed anew."""
    permit(by, delivery.webhook)
    row = (
        WebhookDelivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery.pk)
    )
    if row.state != "sending":
        row.state, row.attempts, row.due_at, row.error = "waiting", 0, timezone.now(), ""
        row.save(update_fields=["state", "attempts", "due_at", "error"])
        defer(JOB, delivery=row.pk)
    record(CallReplayed(webhook=row.webhook, key=row.key))
    return row
