"""What may become of an activity, and when."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = [
    ("call", _("Call")),
    ("visit", _("Visit")),
    ("meeting", _("Meeting")),
    ("task", _("Task")),
    ("quote", _("Quote")),
    ("approval", _("Approval")),
    ("note", _("Note")),
]
STATUSES = [
    ("planned", _("Planned")),
    ("started", _("Started")),
    ("done", _("Done")),
    ("cancelled", _("Cancelled")),
]
RESULTS = [
    ("done", pgettext_lazy("result of an activity", "Done")),
    ("reached", pgettext_lazy("result of an activity", "Reached")),
    ("no_answer", pgettext_lazy("result of an activity", "Not reached")),
    ("approved", pgettext_lazy("result of an activity", "Approved")),
    ("refused", pgettext_lazy("result of an activity", "Refused")),
    ("sent", pgettext_lazy("result of an activity", "Sent")),
    ("unfinished", pgettext_lazy("result of an activity", "To be continued")),
]
OPEN_STATUSES = ("planned", "started")
NEXT = {
    "planned": {"started", "done", "cancelled"},
    "started": {"done", "cancelled"},
    "done": set[str](),
    "cancelled": set[str](),
}
LONGEST_MINUTES = 7 * 24 * 60


def can_move(status: str, to: str) -> bool:
    """Whether an activity may go from one status to another."""
    return to in NEXT.get(status, ())
