"""Delivering a message by one way: claimed before it is sent, so that what happened is told truthfully afterwards."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.eventlog.readers import PAUSES
from kinflow.kit.problem import Conflict, Problem
from kinflow.records.access import permit
from kinflow.records.jobs import defer, job

from ..clock import at_moment, set_moment
from .by_chat import send_chat
from .by_email import send_email
from .digests import NAMED, is_in_digest, name_digest, send_digest
from .events import DeliveryRetried
from .kinds import CLAIMABLE, DIGEST, EMAIL, FAILED, HELD, SENDING, SENT, UNNEEDED, WAITING
from .models import Delivery
from .sending import DELIVER, JOB

CLAIM = timedelta(minutes=10)
"""How long a worker has to send; after that it is taken to have ended in the middle."""


@at_moment(DELIVER)
def due(payload: Mapping[str, Any], now: datetime) -> None:
    """A delivery is due, or the time of its claim is over: hand it to a worker, who may take long."""
    row = Delivery.objects.select_for_update().filter(pk=payload["delivery"]).first()
    if row is None or row.state in (SENT, FAILED, UNNEEDED):
        return
    if row.state == SENDING:
        _like(row).filter(state=SENDING).update(state=_again(row), is_doubtful=True)
    defer(JOB, delivery=row.pk)


@job(JOB)
def deliver_job(delivery: int) -> None:
    """Deliver it."""
    deliver(delivery, timezone.now())


def deliver(pk: int, now: datetime) -> str:
    """Claim the delivery, send it, and keep what became of it; its state ("" where somebody else has it)."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=CLAIMABLE).first()
        if row is None or row.due_at > now:
            return ""
        rows = [each for each in _found(row, now) if not _read_before(each)]
        if not rows:
            return UNNEEDED
        if len(rows) > 1:
            name_digest(rows)
        for each in rows:
            each.state, each.claimed_at, each.attempts = SENDING, now, each.attempts + 1
            each.save(update_fields=["state", "claimed_at", "attempts", "mail_id"])
            set_moment(DELIVER, str(each.pk), now + CLAIM, {"delivery": each.pk})
    try:
        _send(rows)
    except Problem as refused:
        return _failed(rows, f"{refused} {refused.remedy or ''}".strip(), now, is_final=True)
    except Exception as error:
        return _failed(rows, _words(error), now, is_final=False)
    return _done(rows, now)


def _together(first: Delivery, now: datetime) -> list[Delivery]:
    """All of the person's that wait for the digest go in one mail; one that failed goes again with the same."""
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        message__person=first.message.person_id, state=DIGEST, way=EMAIL, due_at__lte=now
    )
    if is_in_digest(first):
        rows = rows.filter(mail_id=first.mail_id)
    else:
        rows = rows.exclude(mail_id__startswith=NAMED)
    return list(rows.select_related("message").order_by("pk")[:200])


def _like(row: Delivery) -> QuerySet[Delivery]:
    """The delivery, and all that go in the same digest."""
    same = Q(mail_id=row.mail_id, way=EMAIL) if is_in_digest(row) else Q(pk=row.pk)
    return Delivery.objects.filter(same)


def _again(row: Delivery) -> str:
    """The state in which it is sent again: what went in a digest goes in one again."""
    return DIGEST if is_in_digest(row) else WAITING


def _found(row: Delivery, now: datetime) -> list[Delivery]:
    return _together(row, now) if row.state == DIGEST else [row]


def _read_before(row: Delivery) -> bool:
    """What was held, and is read in the app by now, need not go any more."""
    if row.state not in (HELD, DIGEST) or row.message.read_at is None:
        return False
    row.state = UNNEEDED
    row.save(update_fields=["state"])
    return True


def _send(rows: list[Delivery]) -> None:
    if is_in_digest(rows[0]):
        send_digest(rows)
    elif rows[0].way == EMAIL:
        send_email(rows[0])
    else:
        send_chat(rows[0])


def _words(error: Exception) -> str:
    """What went wrong, without what a library may have put into its words: addresses are secrets."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__}{f' {code}' if code else ''}"


def _done(rows: list[Delivery], now: datetime) -> str:
    for row in rows:
        Delivery.objects.filter(pk=row.pk).update(state=SENT, sent_at=now, error="")
    return SENT


def _failed(rows: list[Delivery], words: str, now: datetime, *, is_final: bool) -> str:
    state = FAILED
    for row in rows:
        pause = None if is_final or row.attempts > len(PAUSES) else PAUSES[row.attempts - 1]
        state = FAILED if pause is None else _again(row)
        at = now + pause if pause else row.due_at
        Delivery.objects.filter(pk=row.pk).update(state=state, error=words[:1000], due_at=at)
        if pause is not None:
            with transaction.atomic():
                set_moment(DELIVER, str(row.pk), at, {"delivery": row.pk})
    return state


@action
def retry_delivery(*, delivery: Delivery, by: Actor) -> Delivery:
    """Try again what could not be delivered, with all of its digest. Raises Conflict where it rests not."""
    row = Delivery.objects.select_for_update().select_related("message__person").get(pk=delivery.pk)
    permit(by, kind="message")
    if row.state != FAILED:
        raise Conflict(_("Only what failed can be tried again."))
    _like(row).filter(state=FAILED).update(state=_again(row), attempts=0, due_at=timezone.now(), error="")
    row.refresh_from_db()
    defer(JOB, delivery=row.pk)
    record(DeliveryRetried(person=row.message.person, way=row.way))
    return row
