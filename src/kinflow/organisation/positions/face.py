"""How positions look: fields, list, page."""

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, register

from ..retiring_face import IN_USE, IS_RETIRED, retiring_verbs, unless_retired
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
        subtitle=unless_retired(lambda position: position.unit.name),
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
            Field(
                "posts",
                _("Planned posts"),
                Kind.INTEGER,
                sortable=True,
                editable=True,
                help=_("Empty: not planned. What nobody holds of them is vacant in the organisation chart."),
            ),
            IS_RETIRED,
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
        ),
        columns=("name", "unit", "level", "posts"),
        facts=(
            (_("Position"), ("name", "unit", "level", "posts", "is_retired")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name", "unit"),
        order="level",
        panels=(Panel(_("People"), "person", "position"),),
        verbs=retiring_verbs(actions.retire_position, actions.take_up_position),
        create=actions.add_position,
        change=actions.change_position,
        empty=_("Positions appear here when they are added or imported."),
        views=(IN_USE,),
    )
)
