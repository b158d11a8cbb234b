"""What holds for people: seniority, presence, kinds of work and of absence, languages, and who reports to whom."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

PRESENCES = [
    ("online", _("At work")),
    ("busy", _("Busy")),
    ("away", _("Away")),
    ("offline", _("Offline")),
]
WORK_KINDS = [
    ("account", _("Account")),
    ("opportunity", _("Opportunity")),
    ("case", _("Service request")),
    ("lead", _("Lead")),
    ("email", _("E-mail")),
    ("activity", _("Activity")),
]
ABSENCE_KINDS = [
    ("leave", _("Leave")),
    ("sick", _("Sick")),
    ("training", _("Training")),
    ("travel", _("Business trip")),
]
LOWEST, HIGHEST = 1, 5
MOST_CAPACITY = 999_999
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def is_seniority(seniority: int) -> bool:
    """Whether the number is a seniority: 1 (new) to 5 (principal)."""
    return LOWEST <= seniority <= HIGHEST


def is_language(code: str) -> bool:
    """Whether the text is shaped like a language's code (ISO 639): zh, en, de, yue."""
    return _LANGUAGE.fullmatch(code) is not None


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two half-open spans share a moment; touching ones do not."""
    return one[0] < other[1] and other[0] < one[1]


def closes_circle(person_id: int | None, superior_ids: Iterable[int]) -> bool:
    """Whether somebody would report to themselves under a superior with these above (the superior among them)."""
    return person_id is not None and person_id in superior_ids
