"""What may become of a case, and how much time it has."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

KINDS = [
    ("question", _("Question")),
    ("complaint", _("Complaint")),
    ("repair", _("Repair")),
    ("maintenance", _("Maintenance")),
]
PRIORITIES = [("low", _("Low")), ("normal", _("Normal")), ("high", _("High")), ("urgent", _("Urgent"))]
STATUSES = [
    ("new", _("New")),
    ("open", _("Open")),
    ("waiting", _("Waiting for the customer")),
    ("solved", _("Solved")),
    ("closed", _("Closed")),
]
OPEN_STATUSES = ("new", "open", "waiting")
NEXT = {
    "new": {"open", "waiting", "solved"},
    "open": {"waiting", "solved"},
    "waiting": {"open", "solved"},
    "solved": {"closed", "open"},
    "closed": {"open"},
}
WORKING_TIME = {
    "low": timedelta(hours=40),
    "normal": timedelta(hours=16),
    "high": timedelta(hours=8),
    "urgent": timedelta(hours=4),
}
"""The working time in which a case of each priority is to be solved."""


def can_move(status: str, to: str) -> bool:
    """Whether a case may go from one status to another."""
    return to in NEXT.get(status, ())
