"""What may become of a case, and how much time it has."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = [
    ("question", _("Question")),
    ("complaint", _("Complaint")),
    ("repair", _("Repair")),
    ("maintenance", _("Maintenance")),
]
PRIORITIES = [("low", _("Low")), ("normal", _("Normal")), ("high", _("High")), ("urgent", _("Urgent"))]
STATUSES = [
    ("new", pgettext_lazy("status of a case", "New")),
    ("open", pgettext_lazy("status of a case", "Open")),
    ("waiting", pgettext_lazy("status of a case", "Waiting for the customer")),
    ("solved", pgettext_lazy("status of a case", "Solved")),
    ("closed", pgettext_lazy("status of a case", "Closed")),
]
CHANNELS = [
    ("phone", _("Phone")),
    ("email", _("E-mail")),
    ("wecom", _("WeCom")),
    ("portal", _("Portal")),
    ("visit", pgettext_lazy("channel", "Visit")),
    ("other", _("Other")),
]
LEAST_CONTENT, MOST_RATED = 4, 5
"""Customers rate from 1, not at all content, to 5, fully content; from 4 on they are content."""
MOST_COMMENT = 2_000
MOST_GOODWILL, MOST_REFUNDED = Decimal(1_000_000), Decimal(100_000_000)
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


def is_given(amount: Decimal, before: Decimal, most: Decimal) -> bool:
    """Whether a customer can be given this after what was given before: money, up to so much in all."""
    return amount.is_finite() and amount > 0 and amount == round(amount, 2) and before + amount <= most
