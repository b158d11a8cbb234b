"""How positions look: fields, list, page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, Verb, register

from . import actions
from .models import Position

POSITION = register(
    RecordType(
        name="position",
        model=Position,
        label=_("Position"),
        plural=_("Positions"),
        slug="positions",
        icon="user",
        prefix="PO",
        place="organisation",
        title=lambda position: position.name,
        subtitle=lambda position: gettext("Retired") if position.is_retired else position.unit.name,
        with_related=("unit",),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("unit", _("Unit"), Kind.RELATION, target="unit", editable=True),
            Field(
                "level",
                _("Level"),
                Kind.INTEGER,
                sortable=True,
                editable=True,
                help=_("1 is the top"),
            ),
            Field("is_retired", _("Retired"), Kind.BOOLEAN),
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
        ),
        columns=("name", "unit", "level"),
        facts=(
            (_("Position"), ("name", "unit", "level", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name", "unit"),
        order="level",
        panels=(Panel(_("People"), "person", "position"),),
        verbs=(
            Verb(
                "retire",
                _("Retire"),
                actions.retire_position,
                icon="archive",
                key="z",
                danger=True,
                possible=lambda position: not position.is_retired,
            ),
            Verb(
                "take_up",
                _("Take up again"),
                actions.take_up_position,
                icon="refresh",
                possible=lambda position: position.is_retired,
            ),
        ),
        create=actions.add_position,
        change=actions.change_position,
        empty=_("Positions appear here when they are added or imported."),
        views=(("used", _("In use"), {"field": "is_retired", "op": "is", "value": False}),),
    )
)
