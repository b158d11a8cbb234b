"""What may become of a lead, and when."""

from django.utils.translation import gettext_lazy as _

from kinflow.customers.sources import SOURCES

__all__ = ["NEXT", "OPEN_STAGES", "REASONS", "SOURCES", "STAGES", "can_move", "next_stages"]

STAGES = [
    ("new", _("New")),
    ("contacted", _("Contacted")),
    ("qualified", _("Qualified")),
    ("disqualified", _("Disqualified")),
    ("converted", _("Converted")),
]
OPEN_STAGES = ("new", "contacted", "qualified")
NEXT = {
    "new": {"contacted", "qualified", "disqualified"},
    "contacted": {"qualified", "disqualified"},
    "qualified": {"converted", "disqualified"},
    "disqualified": {"new"},
    "converted": set(),
}
REASONS = [
    ("no_need", _("No need")),
    ("no_budget", _("No budget")),
    ("no_answer", _("Cannot be reached")),
    ("competitor", _("Bought from a competitor")),
    ("wrong_data", _("Wrong data")),
    ("duplicate", _("Duplicate")),
    ("out_of_scope", _("We do not sell this")),
    ("too_late", _("We answered too late")),
    ("other", _("Other")),
]


def next_stages(stage: str) -> frozenset[str]:
    """The stages a lead may go to from `stage`."""
    return frozenset(NEXT.get(stage, ()))


def can_move(stage: str, to: str) -> bool:
    """Whether a lead may go from one stage to another."""
    return to in NEXT.get(stage, ())
