"""Where automation stands in the frame: My work in the rail, scorings among the settings."""

from django.utils.translation import gettext_lazy as _

from kinflow.web import places

from .access import sees_scorings


def take_places() -> None:
    """Register both."""
    places.register(places.Place("work", _("My work"), "work", "/", order=0, group="work", shortcut="w"))
    scorings = places.SubPlace(_("Scorings"), "/scorings/", order=30, permitted=sees_scorings)
    places.register_sub("settings", scorings)
