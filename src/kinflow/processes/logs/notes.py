"""What was left out or changed while a log was read, in words."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def notes_of(counts: Mapping[str, int]) -> list[str]:
    """A sentence for each kind of thing that happened, as `growing.Read` counts them."""
    return [_said(kind, int(count)) for kind, count in counts.items() if kind in _KNOWN and count]


_KNOWN = (
    "untimed",
    "joined",
    "not_steps",
    "without_case",
    "without_activity",
    "without_time",
    "outside",
    "attributes",
    "rejected",
    "objects",
)


def _said(kind: str, count: int) -> str:
    told = {"count": number_format(count, force_grouping=True)}
    match kind:
        case "untimed":
            return _(
                "No event has a time: the order is that of the file, all durations are zero, and only what follows"
                " what can be told."
            )
        case "joined":
            words = ngettext(
                "%(count)s start was joined to the end of its step.",
                "%(count)s starts were joined to the ends of their steps.",
                count,
            )
        case "not_steps":
            words = ngettext(
                "%(count)s event that only schedules, assigns or suspends a step was left out.",
                "%(count)s events that only schedule, assign or suspend a step were left out.",
                count,
            )
        case "without_case":
            words = ngettext(
                "%(count)s event without a case was left out.",
                "%(count)s events without a case were left out.",
                count,
            )
        case "without_activity":
            words = ngettext(
                "%(count)s event without an activity was left out.",
                "%(count)s events without an activity were left out.",
                count,
            )
        case "without_time":
            words = ngettext(
                "%(count)s event without a time that could be read was left out.",
                "%(count)s events without a time that could be read were left out.",
                count,
            )
        case "outside":
            words = ngettext(
                "%(count)s event that belongs to none of these cases was left out.",
                "%(count)s events that belong to none of these cases were left out.",
                count,
            )
        case "attributes":
            words = ngettext(
                "%(count)s attribute beyond the first 200 was left out.",
                "%(count)s attributes beyond the first 200 were left out.",
                count,
            )
        case "objects":
            words = ngettext(
                "%(count)s object without an id or a type was left out.",
                "%(count)s objects without an id or a type were left out.",
                count,
            )
        case _rejected:
            words = ngettext(
                "%(count)s row that could not be read was left out.",
                "%(count)s rows that could not be read were left out.",
                count,
            )
    return words % told
