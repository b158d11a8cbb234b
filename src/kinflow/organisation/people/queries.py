"""Questions about people that several parts ask."""

from datetime import date

from django.db.models import Q, QuerySet

from kinflow.records.faces import registry

from .models import Person


def here(on: date) -> QuerySet[Person]:
    """The people who work here on the day: those without a last day, and those whose last day is not over."""
    return Person.objects.filter(Q(left_on=None) | Q(left_on__gte=on))


def superiors_of(person: Person) -> list[int]:
    """The ids of the person and of everybody above, nearest first; a circle ends where it began."""
    found: list[int] = []
    at: Person | None = person
    while at is not None and at.pk not in found:
        found.append(at.pk)
        at = at.reports_to
    return found


def open_work_of(person_id: int) -> dict[str, int]:
    """How many open work items of each kind the person holds; kinds without any are left out."""
    counts = {
        name: face.model._default_manager.filter(**face.work.open, owner_id=person_id).count()
        for name, face in registry.items()
        if face.work is not None
    }
    return {name: count for name, count in counts.items() if count}
