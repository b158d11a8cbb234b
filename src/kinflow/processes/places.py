"""Where processes stand in the frame."""

from django.utils.translation import pgettext_lazy

from kinflow.web import places

from .access import sees_processes


def take_places() -> None:
    """Put processes on the rail."""
    label = pgettext_lazy("place", "Processes")
    places.register(
        places.Place("processes", label, "flow", "/processes/", 70, "company", "p", permitted=sees_processes)
    )
