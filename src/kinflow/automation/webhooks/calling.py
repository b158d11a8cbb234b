"""Making calls: claimed, sent, what became of it kept; again after growing pauses; dead receivers are switched off."""

import http.client
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import PAUSES
from kinflow.kit.problem import Problem
from kinflow.records.jobs import defer, job

from ..clock import at_moment, set_moment
from ..messages.addresses import Lookup, look_up
from ..messages.secrets import unlock
from .actions import JOB, stop_webhook
from .models import Webhook, WebhookDelivery
from .signing import headers_of
from .wire import Answer, post

CALL = "automation.webhooks.call"
CLAIM = timedelta(minutes=5)
MOST_FAILURES = 30
"""So many tries in a row without an answer, and the receiver counts as dead."""
GONE = 410


def queue_call(webhook: Webhook, key: str, event: str, body: str, now: datetime) -> bool:
    """Let a call be made, once for each key; False where it was made already. Part of the caller's transaction."""
    row = WebhookDelivery(webhook=webhook, key=key[:200], event=event, body=body, made_at=now, due_at=now)
    with transaction.atomic():
        WebhookDelivery.objects.bulk_create([row], ignore_conflicts=True)
    kept = WebhookDelivery.objects.get(webhook=webhook, key=row.key)
    if kept.made_at != now or kept.attempts or kept.body != body:
        return False
    defer(JOB, delivery=kept.pk)
    return True


@at_moment(CALL)
def due(payload: Mapping[str, Any], now: datetime) -> None:
    """A call is due again, or the time of its claim is over."""
    row = WebhookDelivery.objects.select_for_update().filter(pk=payload["delivery"]).first()
    if row is None or row.state in ("sent", "failed"):
        return
    if row.state == "sending":
        row.state, row.error = "waiting", _("A worker ended in the middle of it; it may have arrived twice.")
        row.save(update_fields=["state", "error"])
    defer(JOB, delivery=row.pk)


@job(JOB)
def call_job(delivery: int) -> None:
    """Make the call."""
    call(delivery, timezone.now())


def call(pk: int, now: datetime, lookup: Lookup = look_up) -> str:
    """Make a call and keep what became of it: its state, "" where it is not to be made now."""
    row = _claimed(pk, now)
    if row is None:
        return ""
    body, at = row.body.encode(), int(now.timestamp())
    answer: Answer | None = None
    try:
        headers = headers_of(unlock(row.webhook.secret), at, row.event, row.pk, body)
        answer = post(row.webhook.url, body, headers, lookup)
        words = "" if answer.is_heard else f"{answer.status} {answer.text}"
        if 300 <= answer.status < 400:
            words = _("%(status)d: calls do not follow to other addresses.") % {"status": answer.status}
    except Problem as refused:
        words = f"{refused.title}. {refused.remedy}"
    except (OSError, http.client.HTTPException) as error:
        words = type(error).__name__
    return _kept(row, answer, words.replace("\0", ""), now)


def _claimed(pk: int, now: datetime) -> WebhookDelivery | None:
    with transaction.atomic():
        rows = WebhookDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(pk=pk, state="waiting", due_at__lte=now).select_related("webhook").first()
        if row is None or not row.webhook.is_active:
            return None
        row.state, row.claimed_at, row.attempts = "sending", now, row.attempts + 1
        row.save(update_fields=["state", "claimed_at", "attempts"])
        set_moment(CALL, str(pk), now + CLAIM, {"delivery": pk})
    return row


def _kept(row: WebhookDelivery, answer: Answer | None, words: str, now: datetime) -> str:
    row.status, row.error = (answer.status if answer else None), words[:1000]
    is_heard = answer is not None and answer.is_heard
    pause = PAUSES[row.attempts - 1] if row.attempts <= len(PAUSES) else None
    if answer is not None and answer.status == GONE:
        pause = None
    row.state = "sent" if is_heard else "failed" if pause is None else "waiting"
    with transaction.atomic():
        if is_heard:
            row.sent_at = now
        elif pause is not None:
            row.due_at = now + pause
            set_moment(CALL, str(row.pk), row.due_at, {"delivery": row.pk})
        row.save(update_fields=["status", "error", "state", "sent_at", "due_at"])
    if not is_heard:
        _stop_if_dead(row.webhook, answer, now)
    return row.state


def _stop_if_dead(webhook: Webhook, answer: Answer | None, now: datetime) -> None:
    failures = failures_in_a_row(webhook)
    if failures >= MOST_FAILURES or (answer is not None and answer.status == GONE):
        stop_webhook(webhook=webhook, failures=failures, now=now, by=SYSTEM)


def failures_in_a_row(webhook: Webhook) -> int:
    """How many tries failed since the last call that was heard."""
    rows = WebhookDelivery.objects.filter(webhook=webhook)
    heard = rows.filter(state="sent").order_by("-sent_at").values_list("sent_at", flat=True).first()
    since = rows.exclude(state="sent").filter(claimed_at__isnull=False)
    if heard is not None:
        since = since.filter(claimed_at__gt=heard)
    return int(since.aggregate(n=Sum("attempts"))["n"] or 0)
