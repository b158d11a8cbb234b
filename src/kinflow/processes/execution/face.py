"""How instances look: lists, names in the log, and what the API tells of them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.eventlog import narration
from kinflow.records.faces import Field, RecordType, Verb, register

from ..designs.naming import design_called
from . import actions
from .models import STATES, ProcessInstance
from .step_names import foresee

TONES = {"running": "accent", "stuck": "bad", "done": "good"}
FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("design", _("Design"), Kind.RELATION, target="processdesign"),
    Field("number", _("Version"), Kind.INTEGER),
    Field("state", _("State"), Kind.CHOICE, choices=STATES, shape="chip", tones=TONES),
    Field(
        "is_shadow",
        _("In shadow"),
        Kind.BOOLEAN,
        shape="chip",
        labels={True: _("only watches"), False: ""},
        tones={True: "warn"},
    ),
    Field("about_kind", _("Kind of record"), Kind.TEXT),
    Field("about_id", _("Record"), Kind.INTEGER, shape="record", kind_in="about_kind"),
    Field("created_at", _("Started"), Kind.MOMENT, sortable=True),
    Field("ended_at", _("Ended"), Kind.MOMENT, sortable=True),
)


def _is_open(instance: ProcessInstance) -> bool:
    return instance.is_open


INSTANCE = register(
    RecordType(
        name="processinstance",
        model=ProcessInstance,
        label=_("Process instance"),
        plural=_("Process instances"),
        slug="process-instance",
        icon="flow",
        prefix="PI",
        title=lambda instance: design_called(instance.design),
        fields=FIELDS,
        columns=("id", "design", "about_id", "state", "number", "is_shadow", "created_at", "ended_at"),
        facts=((_("Instance"), ("design", "number", "is_shadow", "state", "created_at", "ended_at")),),
        views=(
            (
                "operation",
                pgettext_lazy("instances", "In operation"),
                {"field": "is_shadow", "op": "is", "value": False},
            ),
            ("shadow", _("In shadow"), {"field": "is_shadow", "op": "is", "value": True}),
        ),
        usual_view="operation",
        with_related=("design",),
        create=actions.start_process,
        verbs=(
            Verb("choose_way", _("Choose a way"), actions.choose_way, icon="flow", possible=_is_open),
            Verb("skip", _("Skip a step"), actions.skip_step, icon="arrow", possible=_is_open),
            Verb("move", _("Move to another step"), actions.move_token, icon="arrow", possible=_is_open),
            Verb("retry", _("Try again"), actions.retry_step, icon="refresh", possible=_is_open),
            Verb("cancel", _("Cancel"), actions.cancel_process, icon="x", danger=True, possible=_is_open),
        ),
        empty=_("Instances appear here when a rule, a person or a program starts a process."),
    )
)


_titles = narration.namers[INSTANCE.name]


def _named(ids: Collection[int]) -> Mapping[int, narration.Name]:
    """The names of instances; the sentences that mention them name their steps, too."""
    foresee(ids)
    return _titles(ids)


narration.namers[INSTANCE.name] = _named
