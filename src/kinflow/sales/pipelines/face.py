"""How pipelines and stages look, and what can be done with them."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, Panel, RecordType, Verb, register

from . import actions
from .models import Pipeline, Stage


def title_of(row: Any) -> str:
    """The name in the reader's language."""
    is_chinese = (get_language() or "").startswith("zh")
    return str((row.name_zh if is_chinese else "") or row.name)


PIPELINE = register(
    RecordType(
        name="pipeline",
        model=Pipeline,
        label=_("Pipeline"),
        plural=_("Pipelines"),
        slug="pipelines",
        icon="pipeline",
        prefix="PL",
        place="settings",
        title=title_of,
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("name", _("Name"), Kind.TEXT, editable=True),
            Field("name_zh", _("Chinese name"), Kind.TEXT, editable=True),
            Field("is_default", _("Usual pipeline"), Kind.BOOLEAN, editable=True),
            Field("created_at", _("Created"), Kind.MOMENT),
        ),
        columns=("id", "name", "name_zh", "is_default"),
        facts=((_("Pipeline"), ("name", "name_zh", "is_default", "created_at")),),
        search=("name", "name_zh"),
        verbs=(Verb("add_stage", _("Add a stage"), actions.add_stage, icon="plus", key="s", primary=True),),
        panels=(Panel(_("Stages"), "stage", "pipeline", create=False),),
        create=actions.add_pipeline,
        change=actions.change_pipeline,
        empty=_("A pipeline is set up with the first opportunity, or here."),
    )
)

STAGE = register(
    RecordType(
        name="stage",
        model=Stage,
        label=_("Stage"),
        plural=_("Stages"),
        slug="stages",
        icon="pipeline",
        prefix="ST",
        place="settings",
        title=title_of,
        subtitle=lambda stage: title_of(stage.pipeline),
        with_related=("pipeline",),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("pipeline", _("Pipeline"), Kind.RELATION, target="pipeline"),
            Field("code", _("Code"), Kind.TEXT),
            Field("name", _("Name"), Kind.TEXT, editable=True),
            Field("name_zh", _("Chinese name"), Kind.TEXT, editable=True),
            Field("position", _("Place"), Kind.INTEGER),
            Field(
                "probability",
                _("Probability in percent"),
                Kind.INTEGER,
                editable=True,
                shape="percent",
            ),
        ),
        columns=("pipeline", "position", "name", "name_zh", "probability"),
        facts=((_("Stage"), ("pipeline", "code", "name", "name_zh", "position", "probability")),),
        search=("name", "name_zh"),
        verbs=(
            Verb("move", _("Move"), actions.move_stage, icon="sort", key="m"),
            Verb("remove", _("Remove"), actions.remove_stage, icon="trash", danger=True),
        ),
        change=actions.change_stage,
        empty=_("Stages are added on the page of their pipeline."),
    )
)
