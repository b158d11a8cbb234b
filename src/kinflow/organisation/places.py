"""The screens of the organisation on the rail: chart, skills matrix, calendars and load, before the plain lists."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from kinflow.records.places import sees_kind
from kinflow.web.places import SubPlace, register_sub


def take_places() -> None:
    """Put the screens below the organisation's place."""
    pages = (
        (_("Chart"), "/organisation/", "unit", _("Units as a tree, with their people")),
        (_("Skills matrix"), "/organisation/skills/", "skill", _("Who can what, and how well")),
        (_("Year and hours"), "/organisation/calendars/", "workingcalendar", _("When work is done")),
        (_("Load"), "/organisation/load/", "person", _("Open work against what people can take")),
    )
    for order, (label, url, kind, text) in enumerate(pages):
        register_sub("organisation", SubPlace(label, url, order, partial(sees_kind, kind=kind), text))
