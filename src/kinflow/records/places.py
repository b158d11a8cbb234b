"""Record types in the frame: their lists below the places of the rail, and what the "New" menu offers."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from kinflow.eventlog import Actor
from kinflow.web import places

from .access import accesses, may, scope_of

if TYPE_CHECKING:
    from .faces import RecordType

RAIL = (
    ("customers", pgettext_lazy("place", "Customers"), "users", "/accounts/", 20, "c"),
    ("sales", pgettext_lazy("place", "Sales"), "dollar", "/leads/", 30, "s"),
    ("service", pgettext_lazy("place", "Service"), "lifebuoy", "/cases/", 50, "v"),
    ("inbox", pgettext_lazy("place", "Inbox"), "inbox", "/emails/", 60, "i"),
    ("organisation", pgettext_lazy("place", "Organisation"), "org", "/organisation/", 80, "o"),
)
"""The places of records: key, label, icon, address, order, letter. A package that says more of one takes its stead."""
_announced: dict[str, "RecordType"] = {}


def lay_rail() -> None:
    """Put the places of records on the rail; those who see none of a place's records do not see the place."""
    for key, label, icon, url, order, letter in RAIL:
        group = "records" if order < 70 else "company"
        places.register(places.Place(key, label, icon, url, order, group, letter, partial(enters, key=key)))


def enters(by: Actor, key: str) -> bool:
    """Whether the actor sees any kind of record of the place."""
    return any(face.place == key and sees_kind(by, face.name) for face in _announced.values())


def announce(face: "RecordType") -> None:
    """Put the list of a record type below its place, and what makes one into the "New" menu."""
    _announced[face.name] = face
    places.register_maker(makings)
    if face.place:
        order = (20 if face.work else 40) + len(_announced)  # what people work on, before what they look up
        sub = places.SubPlace(face.plural, f"/{face.slug}/", order, partial(sees_kind, kind=face.name))
        places.register_sub(face.place, sub)


def sees_kind(by: Actor, kind: str) -> bool:
    """Whether the actor sees records of the kind at all."""
    access = accesses.get(kind)
    return access is not None and bool(scope_of(by, access.see))


def makings(by: Actor) -> Iterable[places.Making]:
    """The records that the actor may make by hand."""
    for face in sorted(_announced.values(), key=_rank):
        name = getattr(face.create, "action_name", "")
        if name and may(by, name, kind=face.name):
            yield places.Making(face.label, face.icon, f"/{face.slug}/new/", face.place)


def _rank(face: "RecordType") -> tuple[bool, int, bool]:
    """What is made often comes first: daily work by its place on the rail, then what sets the company up."""
    orders = {key: order for key, _label, _icon, _url, order, _letter in RAIL}
    order = orders.get(face.place, 99)
    return (order >= 70, order, face.work is None)
