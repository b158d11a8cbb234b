"""How people look: fields, list, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.records.access import ROLES
from kinflow.records.faces import Field, RecordType, Verb, register

from . import actions
from .models import Person
from .rules import PRESENCES

TONES = {"online": "good", "busy": "warn", "away": "", "offline": ""}


def works_here(person: Person) -> bool:
    """Whether the person has not left."""
    return person.left_on is None


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("family_name", _("Family name"), Kind.TEXT, sortable=True, editable=True),
    Field("given_name", _("Given name"), Kind.TEXT, editable=True),
    Field("unit", _("Unit"), Kind.RELATION, target="unit", editable=True),
    Field("position", _("Position"), Kind.RELATION, target="position", editable=True),
    Field("reports_to", _("Reports to"), Kind.RELATION, target="person", editable=True, shape="person"),
    Field("email", _("E-mail"), Kind.IDENTIFIER, editable=True, shape="email"),
    Field("phone", _("Phone"), Kind.IDENTIFIER, editable=True, sensitivity="personal", shape="phone"),
    Field("seniority", _("Seniority"), Kind.INTEGER, sortable=True, editable=True, help=_("1 to 5")),
    Field("roles", _("Roles"), Kind.CHOICE_LIST, choices=tuple(ROLES.items())),
    Field("calendar", _("Working calendar"), Kind.RELATION, target="workingcalendar", editable=True),
    Field("territories", _("Territories"), Kind.RELATION, target="territory", many=True),
    Field("presence", _("Presence"), Kind.CHOICE, choices=PRESENCES, shape="chip", tones=TONES),
    Field("takes_work", _("Takes assigned work"), Kind.BOOLEAN, editable=True),
    Field("left_on", _("Left on"), Kind.DATE),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

VERBS = (
    Verb("presence", _("Set presence"), actions.set_presence, icon="clock", key="p", possible=works_here),
    Verb("absence", _("Enter an absence"), actions.add_absence, icon="calendar", possible=works_here),
    Verb("skill", _("Set a skill"), actions.set_skill, icon="star", key="k"),
    Verb("language", _("Set a language"), actions.set_language, icon="star"),
    Verb("capacity", _("Set capacity"), actions.set_capacity, icon="edit"),
    Verb("territories", _("Set territories"), actions.set_territories, icon="map"),
    Verb(
        "leave", _("Record leaving"), actions.record_leaving, icon="archive", danger=True, possible=works_here
    ),
)

PERSON = register(
    RecordType(
        name="person",
        model=Person,
        label=_("Person"),
        plural=_("People"),
        slug="people",
        icon="user",
        prefix="PE",
        place="organisation",
        title=lambda person: person.name,
        subtitle=lambda person: " · ".join(
            filter(None, (person.position.name if person.position else "", person.unit.name))
        ),
        with_related=("unit", "position", "reports_to"),
        fields=FIELDS,
        columns=("family_name", "given_name", "unit", "position", "reports_to", "email", "presence"),
        facts=(
            (_("Person"), ("unit", "position", "reports_to", "seniority", "email", "phone")),
            (
                pgettext_lazy("of a person", "Work"),
                ("roles", "takes_work", "presence", "calendar", "territories", "left_on"),
            ),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("family_name", "given_name", "email", "unit"),
        name_parts=("family_name", "given_name"),
        order="id",
        verbs=VERBS,
        create=actions.add_person,
        change=actions.change_person,
        empty=_("People appear here when they are added or imported."),
        views=(
            ("here", _("Working here"), {"field": "left_on", "op": "is_empty"}),
            (
                "taking",
                _("Taking work"),
                {
                    "all": [
                        {"field": "left_on", "op": "is_empty"},
                        {"field": "takes_work", "op": "is", "value": True},
                    ]
                },
            ),
        ),
    )
)
