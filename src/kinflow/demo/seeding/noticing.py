"""What people were told of late: readers stand behind the history, and an empty bell would say that nothing happens."""

from datetime import datetime, timedelta

from kinflow.automation.notices.following import follow, names_followed
from kinflow.automation.notices.models import Notice
from kinflow.eventlog.models import Entry

LATE = timedelta(days=4)
UNREAD = timedelta(hours=20)
MOST = 400
"""So many of the latest entries that mean something to somebody are looked at."""


def tell_of_late(now: datetime) -> int:
    """Write the notices of the last days, those before last evening as read; how many there are."""
    latest = Entry.objects.filter(name__in=names_followed(), at__gt=now - LATE, at__lte=now).order_by("-pk")[
        :MOST
    ]
    for entry in sorted(latest, key=lambda each: each.at):
        follow(entry)
        Notice.objects.filter(entry_id=entry.pk).update(created_at=entry.at)
    old = Notice.objects.filter(created_at__lt=now - UNREAD)
    old.update(read_at=now - UNREAD)
    return Notice.objects.count()
