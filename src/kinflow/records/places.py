"""Record types in the frame: their lists below the places of the rail, and what the "New" menu offers."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from kinflow.eventlog import Actor
from kinflow.web import places

from .access import accesses, may, scope_of

if TYPE_CHECKING:
    from .faces import RecordType

_announced: dict[str, "RecordType"] = {}


def announce(face: "RecordType") -> None:
    """Put the list of a record type below its place, and what makes one into the "New" menu."""
    _announced[face.name] = face
    places.register_maker(makings)
    if face.place:
        sub = places.SubPlace(
            face.plural, f"/{face.slug}/", 10 + len(_announced), partial(sees_kind, kind=face.name)
        )
        places.register_sub(face.place, sub)


def sees_kind(by: Actor, kind: str) -> bool:
    """Whether the actor sees records of the kind at all."""
    access = accesses.get(kind)
    return access is not None and bool(scope_of(by, access.see))


def makings(by: Actor) -> Iterable[places.Making]:
    """The records that the actor may make by hand."""
    for face in _announced.values():
        name = getattr(face.create, "action_name", "")
        if name and may(by, name, kind=face.name):
            yield places.Making(face.label, face.icon, f"/{face.slug}/new/")
