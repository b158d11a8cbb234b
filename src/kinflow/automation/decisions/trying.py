"""A table tried on one record, for whoever may see that record and read all that the table asks about."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Context
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import visible
from kinflow.records.faces import registry

from .cells import LIST, WrongCell, read_value
from .deciding import Decided, ask_table, may_read_all
from .drafts import Draft
from .facts import about_person, facts_of
from .faults import cell_fault


def try_table(draft: Draft, pk: int, facts: Mapping[str, Any], by: Actor) -> tuple[Any, Decided]:
    """The record, and what the table says about it. Raises Refused, and Invalid where the actor sees no such record."""
    if not may_read_all(by, draft):
        raise Refused(
            _("The table asks about fields that you may not read."), remedy=_("Ask an administrator.")
        )
    row = visible(by, registry[draft.kind].model._default_manager.filter(pk=pk)).first()
    if row is None:
        raise Invalid(errors=[FieldError("/record", _("There is no such record, or you may not see it."))])
    context = Context(timezone.now(), timezone.get_current_timezone(), by.person_id)
    return row, ask_table(draft, row, context=context, facts=facts)


def facts_given(matter: str, given: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """The facts of a matter from texts, and about the actor as who decides. Raises Invalid naming each that is wrong."""
    person = Person.objects.select_related("position", "unit").filter(pk=by.person_id or 0).first()
    found: dict[str, Any] = about_person(person) if person is not None and matter else {}
    errors: list[FieldError] = []
    for fact in facts_of(matter).values():
        text = str(given.get(fact.name) or "").strip()
        if not text:
            continue
        try:
            value = (
                [each.strip() for each in text.split(",")]
                if fact.sort == LIST
                else read_value(text, fact.sort)
            )
        except WrongCell as wrong:
            errors.append(FieldError(f"/{fact.name}", cell_fault(wrong)))
            continue
        found[fact.name] = value
    if errors:
        raise Invalid(errors=errors)
    return found
