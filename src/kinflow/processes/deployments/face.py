"""How deployments look: lists, names in the log, and what the API tells of them."""

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, RecordType, Verb, register

from ..designs.naming import design_called
from . import actions
from .models import STATES, WAYS, Deployment


def _runs(deployment: Deployment) -> bool:
    return deployment.state == "running"


DEPLOYMENT = register(
    RecordType(
        name="deployment",
        model=Deployment,
        label=_("Deployment"),
        plural=_("Deployments"),
        slug="deployment",
        icon="play",
        prefix="DP",
        title=lambda deployment: f"{design_called(deployment.design)} v{deployment.number}",
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("design", _("Design"), Kind.RELATION, target="processdesign"),
            Field("number", _("Version"), Kind.INTEGER),
            Field("before", _("Version before"), Kind.INTEGER),
            Field("way", _("For"), Kind.CHOICE, choices=WAYS),
            Field("share", _("Share in percent"), Kind.INTEGER),
            Field(
                "state",
                _("State"),
                Kind.CHOICE,
                choices=STATES,
                shape="chip",
                tones={"running": "accent", "returned": "bad"},
            ),
            Field("is_guarded", _("Guards are on"), Kind.BOOLEAN),
            Field("created_at", _("Began"), Kind.MOMENT, sortable=True),
            Field("ended_at", _("Ended"), Kind.MOMENT, sortable=True),
        ),
        columns=("id", "design", "number", "way", "state", "created_at", "ended_at"),
        facts=((_("Deployment"), ("design", "number", "before", "way", "share", "state", "ended_at")),),
        with_related=("design",),
        verbs=(
            Verb("give_to_all", _("Give to all"), actions.give_to_all, icon="check", possible=_runs),
            Verb("return", _("Take back"), actions.return_deployment, icon="undo", possible=_runs),
            Verb("guards", _("Switch the guards"), actions.switch_guards, icon="edit", possible=_runs),
        ),
        empty=_("Deployments appear here when a version of a design goes live."),
    )
)
