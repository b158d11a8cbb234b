"""Notices are read; the messages among them, too, so that nobody else is told of them."""

from datetime import datetime

from django.db.models import QuerySet

from kinflow.organisation.users.models import User
from kinflow.web.live import tell

from ..messages.models import Message
from .models import Notice


def read_notices(rows: QuerySet[Notice], now: datetime) -> None:
    """Mark these as read, where they were not."""
    unread = rows.filter(read_at=None)
    messages = list(unread.exclude(message=None).values_list("message_id", flat=True))
    unread.update(read_at=now)
    if messages:
        read_messages(messages, now)


def read_messages(ids: list[int], now: datetime) -> None:
    """Mark messages as read, and let the pages of all who were told the same show it."""
    rows = Message.objects.filter(pk__in=ids, read_at=None)
    keys = set(rows.values_list("key", flat=True))
    rows.update(read_at=now)
    Notice.objects.filter(message_id__in=ids, read_at=None).update(read_at=now)
    people = Message.objects.filter(key__in=keys).values("person_id")
    tell(User.objects.filter(person_id__in=people).values_list("pk", flat=True), "reached")
