"""Who owns a rule that runs, read together with what its steps ask of them: their unit, and how they are spoken to."""

from dataclasses import dataclass

from kinflow.eventlog import Actor
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person


@dataclass(frozen=True)
class Owner:
    """The person, and the actor they are."""

    person: Person
    actor: Actor

    @property
    def language(self) -> str:
        """In which the log of the rule's runs is written; "" where none was chosen."""
        return str(self.person.user.language) if hasattr(self.person, "user") else ""


def owner_at(person_id: int) -> Owner:
    """The person of this number, as they are now."""
    person = Person.objects.select_related("unit", "user").get(pk=person_id)
    return Owner(person, actor_of_person(person))
