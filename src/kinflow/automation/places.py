"""Where automation stands in the frame: My work in the rail, scorings among the settings."""

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.records.pages.found import sees_kind
from kinflow.web import places


def _sees_scorings(by: Actor) -> bool:
    return sees_kind(by, "scoring")


def take_places() -> None:
    """Register both."""
    places.register(places.Place("work", _("My work"), "work", "/", order=0, group="work", shortcut="w"))
    scorings = places.SubPlace(_("Scorings"), "/scorings/", order=30, permitted=_sees_scorings)
    places.register_sub("settings", scorings)
