"""Who should know of an entry, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from kinflow.eventlog.event import registry as events
from kinflow.eventlog.models import About, Entry
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see
from kinflow.records.faces import registry

from .kinds import ASSIGNED, CHANGED, GIVEN, MENTIONED, TURNS
from .mentioning import people_called


@dataclass(frozen=True)
class Telling:
    """One person is told one thing about one record."""

    person_id: int
    kind: str
    record_kind: str
    record_id: int

    @property
    def url(self) -> str:
        """Where the record is."""
        face = registry.get(self.record_kind)
        return face.url(self.record_id) if face else ""


def tellings_of(entry: Entry) -> list[Telling]:
    """Who is told what of the entry: never who did it themselves, and each person once."""
    mentions = list(entry.mentioned)
    about = _item(entry.name, mentions)
    if about is None:
        return []
    found: dict[int, Telling] = {}
    for person_id, kind, record in _wanted(entry, mentions, about):
        if not _did_it(entry, person_id):
            found.setdefault(person_id, Telling(person_id, kind, record.kind, record.object_id))
    return list(found.values())


def _item(name: str, mentions: Iterable[About]) -> About | None:
    """The record the entry is about: the first that its event names."""
    by_role = {m.role: m for m in mentions if m.kind in registry}
    roles = (part.name for part in fields(events[name])) if name in events else iter(())
    return next((by_role[role] for role in roles if role in by_role), None)


def _did_it(entry: Entry, person_id: int) -> bool:
    return entry.actor_kind == "person" and entry.actor_id == str(person_id)


def _wanted(entry: Entry, mentions: list[About], about: About) -> Iterator[tuple[int, str, About]]:
    people = [m for m in mentions if m.kind == "person"]
    if entry.name.endswith(GIVEN):
        yield from ((m.object_id, ASSIGNED, about) for m in people if m.role == "person")
    elif entry.name in NOTES:
        place = next((m for m in mentions if m.role == "about" and m.kind in registry), about)
        yield from ((person.pk, MENTIONED, place) for person in _called(about, place))
    elif entry.name.endswith(TURNS) and entry.actor_kind == "person":
        owner_id = getattr(_row(about), "owner_id", None)
        if owner_id is not None and registry[about.kind].work is not None:
            yield owner_id, CHANGED, about


NOTES = ("customers.activity_logged", "customers.activity_planned")


def _row(mention: About) -> Any:
    return registry[mention.kind].model._default_manager.filter(pk=mention.object_id).first()


def _called(note: About, place: About) -> list[Person]:
    """Those whom a note calls and who may see what it is about."""
    activity = _row(note)
    if activity is None:
        return []
    text = "\n".join((activity.subject, activity.outcome, activity.notes))
    called, record = people_called(text), _row(place)
    return [person for person in called if record is not None and may_see(actor_of_person(person), record)]
