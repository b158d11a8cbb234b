"""Where duplicates stand in the frame."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.records.places import sees_kind
from kinflow.web import places

from .noticing import KINDS


def sees_duplicates(by: Actor) -> bool:
    """Whether the actor sees any kind of record that can be known twice."""
    return any(map(partial(sees_kind, by), KINDS))


places.register_sub(
    "customers",
    places.SubPlace(
        _("Possible duplicates"),
        "/duplicates/",
        order=70,
        permitted=sees_duplicates,
        text=_("Contacts and accounts that are most likely known twice"),
    ),
)
