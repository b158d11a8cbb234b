"""The figures that a benefit is told in: what each is, which way is better, and in what it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Figure:
    """`unit` is "hours", "share" (of one) or "count"; `of_instances` are known of records with a process only.

    `of_milestone` are hours until a deployment's milestone, `of_rated` are known of records that customers rated.
    """

    label: Any
    unit: str
    is_more_better: bool = False
    of_instances: bool = False
    of_milestone: bool = False
    of_rated: bool = False


FIGURES: Mapping[str, Figure] = {
    "step_hours": Figure(_("Hours until the step behind the change"), "hours", of_milestone=True),
    "record_hours": Figure(_("Hours until the record ends"), "hours"),
    "process_hours": Figure(_("Hours until the process is done"), "hours", of_instances=True),
    "good_end": Figure(_("Share with a good end"), "share", is_more_better=True),
    "content": Figure(
        _("Share of content customers among those who rated"), "share", is_more_better=True, of_rated=True
    ),
    "late": Figure(_("Share with an overdue task"), "share"),
    "work": Figure(_("Finished tasks and contacts per record"), "count"),
    "hand_offs": Figure(_("Assignments per record"), "count"),
    "stuck": Figure(_("Share that was stuck"), "share", of_instances=True),
    "cancelled": Figure(_("Share whose process was cancelled"), "share", of_instances=True),
}
