"""Another moment than the present, for what is done by ordinary actions while weeks are played."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo

from django.db import connection
from django.utils import timezone

from kinflow.eventlog.models import Entry

_LATER = "UPDATE eventlog_entry SET at = %s WHERE id > %s"


class _Then(datetime):
    """The class that `timezone.now` asks, with another present."""

    moment: datetime

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment that is played."""
        return cls.moment.astimezone(tz)


@contextmanager
def played_at(moment: datetime) -> Iterator[None]:
    """In this part of a transaction it is that moment, for whoever asks the clock and for the log.

    Only for a demo, whose database nobody else writes meanwhile, and whose user is its superuser; as with the ageing,
    nothing happens by it but that the present is another.
    """
    last = newest()
    before = timezone.datetime  # type: ignore[attr-defined]
    _Then.moment = moment
    timezone.datetime = _Then  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = before  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_LATER, [moment, last])
        cursor.execute("SET LOCAL session_replication_role = origin")


def newest() -> int:
    """The newest entry of the log."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
