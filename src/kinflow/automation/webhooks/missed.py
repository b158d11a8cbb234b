"""What happened while a receiver was off is told afterwards, from the log, some entries at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from kinflow.eventlog.models import Entry

from ..clock import at_moment, set_moment
from .actions import MISSED, MOST_MISSED
from .following import tell_receiver
from .models import Webhook

OLDEST = timedelta(days=30)
SOME = 50


@at_moment(MISSED)
def tell_missed(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell some of what was missed, the oldest first, and go on by a moment of its own.

    Nothing older than 30 days is told, and of what happened no more than the newest 1,000 entries.
    """
    webhook = (
        Webhook.objects.filter(pk=payload["webhook"], is_active=True).select_related("person__unit").first()
    )
    if webhook is None:
        return
    rows = Entry.objects.filter(
        pk__gt=payload["after"], pk__lte=payload["until"], name__in=webhook.events, at__gte=now - OLDEST
    )
    after = payload["after"]
    if not payload["is_begun"]:
        newest = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_MISSED])
        after = newest[-1] - 1 if newest else payload["until"]
    entries = list(rows.filter(pk__gt=after).prefetch_related("mentions").order_by("pk")[:SOME])
    for entry in entries:
        tell_receiver(webhook, entry)
    if len(entries) == SOME:
        set_moment(MISSED, str(webhook.pk), now, {**payload, "after": entries[-1].pk, "is_begun": True})
