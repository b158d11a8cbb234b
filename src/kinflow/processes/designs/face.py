"""How designs look: lists, names in the log, and what the API tells of them."""

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.eventlog import narration
from kinflow.records.faces import Field, RecordType, Verb, register

from . import actions
from .models import ProcessDesign
from .naming import design_called

FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
    Field("name_zh", _("Chinese name"), Kind.TEXT, editable=True),
    Field("kind", _("For records of the kind"), Kind.TEXT),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person", editable=True),
    Field("number", _("Version"), Kind.INTEGER),
    Field("live_number", _("In operation"), Kind.INTEGER),
    Field("created_at", _("Added"), Kind.MOMENT, sortable=True),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

DESIGN = register(
    RecordType(
        name="processdesign",
        model=ProcessDesign,
        label=_("Design"),
        plural=_("Designs"),
        slug="process-design",
        icon="flow",
        prefix="PD",
        title=lambda design: design_called(design),
        fields=FIELDS,
        columns=("id", "name", "kind", "owner", "number", "live_number", "changed_at"),
        facts=((_("Design"), ("name", "name_zh", "kind", "owner", "number", "live_number")),),
        with_related=("owner",),
        search=("name", "name_zh"),
        create=actions.add_design,
        change=actions.rename_design,
        verbs=(
            Verb(
                "operate",
                _("Put into operation"),
                actions.put_into_operation,
                icon="play",
                primary=True,
                possible=lambda design: design.live_number != design.number,
            ),
            Verb(
                "take_off",
                _("Take out of operation"),
                actions.take_off,
                icon="pause",
                possible=lambda design: design.live_number is not None,
            ),
            Verb("remove", _("Remove"), actions.remove_design, icon="trash", danger=True),
        ),
        empty=_("Designs appear here when somebody gives a BPMN file."),
    )
)

narration.namers["design"] = narration.namers[DESIGN.name]
"""What runs by a design acts under the shorter word."""
