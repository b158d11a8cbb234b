"""How units look: fields, list, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, Verb, register

from . import actions
from .models import Unit
from .rules import KINDS

UNIT = register(
    RecordType(
        name="unit",
        model=Unit,
        label=_("Unit"),
        plural=_("Units"),
        slug="units",
        icon="building",
        prefix="U",
        place="organisation",
        title=lambda unit: unit.name,
        subtitle=lambda unit: unit.get_kind_display(),
        with_related=("parent", "lead"),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("kind", _("Kind"), Kind.CHOICE, choices=KINDS, editable=True),
            Field("parent", _("Belongs to"), Kind.RELATION, target="unit"),
            Field(
                "lead",
                pgettext_lazy("of a unit", "Lead"),
                Kind.RELATION,
                target="person",
                editable=True,
                shape="person",
            ),
            Field("region", _("Region"), Kind.TEXT, editable=True),
            Field("is_closed", _("Closed"), Kind.BOOLEAN),
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
        ),
        columns=("name", "kind", "parent", "lead", "region"),
        facts=(
            (_("Unit"), ("name", "kind", "parent", "lead", "region", "is_closed")),
            (_("Times"), ("created_at", "changed_at")),
        ),
        search=("name",),
        order="id",
        verbs=(
            Verb("move", _("Move"), actions.move_unit, icon="building", key="m"),
            Verb(
                "close",
                _("Close"),
                actions.close_unit,
                icon="archive",
                key="z",
                danger=True,
                possible=lambda unit: not unit.is_closed,
            ),
            Verb(
                "reopen",
                _("Reopen"),
                actions.reopen_unit,
                icon="refresh",
                possible=lambda unit: unit.is_closed,
            ),
        ),
        panels=(
            Panel(_("People"), "person", "unit"),
            Panel(_("Units"), "unit", "parent"),
            Panel(_("Positions"), "position", "unit"),
        ),
        create=actions.add_unit,
        change=actions.change_unit,
        empty=_(
            "Units appear here when they are added or imported: the company first, then what belongs to it."
        ),
        views=(("open", _("Open"), {"field": "is_closed", "op": "is", "value": False}),),
    )
)
