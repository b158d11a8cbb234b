"""All that can be done with pipelines and their stages."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..opportunities.models import Opportunity
from .events import (
    PipelineAdded,
    PipelineChanged,
    StageAdded,
    StageChanged,
    StageRemoved,
    StagesReordered,
)
from .models import Pipeline, Stage
from .rules import DEFAULT_STAGES, code_of, is_probability, moved


class StageInUse(Conflict):
    """Opportunities stand at this stage, or it is the last one of its pipeline."""

    code = "stage-in-use"


class NameTaken(Conflict):
    """Another pipeline has this name."""

    code = "name-taken"


def _refuse_wrong(stage: Stage) -> None:
    errors = []
    if not stage.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if not is_probability(stage.probability):
        errors.append(FieldError("/probability", _("Give a number from 0 to 100.")))
    if errors:
        raise Invalid(errors=errors)


def _refuse_wrong_name(pipeline: Pipeline) -> None:
    if not pipeline.name:
        raise Invalid(errors=[FieldError("/name", _("Give it a name."))])
    if Pipeline.objects.filter(name=pipeline.name).exclude(pk=pipeline.pk).exists():
        raise NameTaken(
            _("There is a pipeline called %(name)s already.") % {"name": pipeline.name}, field="/name"
        )


def _make_default(pipeline: Pipeline) -> None:
    """No other pipeline is the usual one; those that were are told of."""
    for other in Pipeline.objects.select_for_update().filter(is_default=True).exclude(pk=pipeline.pk):
        other.is_default = False
        other.save()
        record(PipelineChanged(pipeline=other, changes={"is_default": [True, False]}))


@action
def add_pipeline(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    name_zh: Annotated[str, Ask(gettext_lazy("Chinese name"))] = "",
    stages: Sequence[tuple[str, Any, str, int]] = tuple(DEFAULT_STAGES),
    is_default: Annotated[bool, Ask(gettext_lazy("Usual pipeline"))] = False,
    by: Actor,
) -> Pipeline:
    """Set up a way of selling; each stage is (code, name, Chinese name, probability in percent).

    Raises Invalid without a name or stages, NameTaken where another pipeline is called so.
    """
    permit(by, kind="pipeline")
    pipeline = Pipeline(name=name.strip(), name_zh=name_zh.strip(), is_default=is_default)
    _refuse_wrong_name(pipeline)
    if not stages:
        raise Invalid(errors=[FieldError("/stages", _("A pipeline needs at least one stage."))])
    if is_default:
        _make_default(pipeline)
    pipeline.save()
    for position, (code, label, label_zh, probability) in enumerate(stages):
        stage = Stage(
            pipeline=pipeline,
            code=code,
            name=str(label),
            name_zh=label_zh,
            position=position,
            probability=probability,
        )
        _refuse_wrong(stage)
        stage.save()
    record(PipelineAdded(pipeline=pipeline, stages=[code for code, *_rest in stages]))
    return pipeline


@action
def change_pipeline(
    *, pipeline: Pipeline, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Pipeline:
    """Change fields; where this becomes the usual pipeline, the others are it no longer."""
    pipeline = hold(pipeline)
    permit(by, pipeline)
    changed = apply_changes(pipeline, changes, seen=seen)
    if changed:
        _refuse_wrong_name(pipeline)
        if pipeline.is_default:
            _make_default(pipeline)
        pipeline.save()
        record(PipelineChanged(pipeline=pipeline, changes=changed))
    return pipeline


@action
def add_stage(
    *,
    pipeline: Pipeline,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    name_zh: Annotated[str, Ask(gettext_lazy("Chinese name"))] = "",
    probability: Annotated[int, Ask(gettext_lazy("Probability in percent"))] = 10,
    by: Actor,
) -> Stage:
    """Put a stage at the end of a pipeline.

    Raises Invalid for an empty name or a probability that is not from 0 to 100.
    """
    pipeline = hold(pipeline)
    permit(by, pipeline)
    known = list(Stage.objects.filter(pipeline=pipeline).order_by("position"))
    stage = Stage(
        pipeline=pipeline,
        code=code_of(name, [each.code for each in known]),
        name=name.strip(),
        name_zh=name_zh.strip(),
        position=known[-1].position + 1 if known else 0,
        probability=probability,
    )
    _refuse_wrong(stage)
    stage.save()
    record(StageAdded(pipeline=pipeline, code=stage.code, title=stage.name))
    return stage


@action
def change_stage(
    *, stage: Stage, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Stage:
    """Give a stage another name or probability; opportunities that stand there keep theirs."""
    pipeline = hold(stage.pipeline)
    permit(by, stage)
    stage = hold(stage)
    changed = apply_changes(stage, changes, seen=seen)
    if changed:
        _refuse_wrong(stage)
        stage.save()
        record(StageChanged(pipeline=pipeline, code=stage.code, title=stage.name, changes=changed))
    return stage


@action
def move_stage(
    *, stage: Stage, position: Annotated[int, Ask(gettext_lazy("Place, counted from 1"))], by: Actor
) -> Stage:
    """Take a stage to another place in its pipeline; beyond the end means the end.

    Raises Invalid for places below 1.
    """
    pipeline = hold(stage.pipeline)
    permit(by, stage)
    if position < 1:
        raise Invalid(errors=[FieldError("/position", _("Give a number from 1 up."))])
    order = moved(list(Stage.objects.filter(pipeline=pipeline).order_by("position")), stage, position - 1)
    for place, each in enumerate(order):
        if each.position != place:
            each.position = place
            each.save()
    record(StagesReordered(pipeline=pipeline, stages=[each.code for each in order]))
    return hold(stage)


@action
def remove_stage(*, stage: Stage, by: Actor) -> Pipeline:
    """Take a stage out of its pipeline.

    Raises StageInUse where opportunities stand there, or where it is the only one.
    """
    pipeline = hold(stage.pipeline)
    permit(by, stage)
    in_use = Opportunity.objects.filter(stage_id=stage.pk).exists()
    if in_use or not Stage.objects.filter(pipeline=pipeline).exclude(pk=stage.pk).exists():
        raise StageInUse(
            _("Opportunities stand at this stage, or it is the only one of its pipeline."),
            remedy=_("Move the opportunities to another stage first, or add another stage."),
        )
    code, title = stage.code, stage.name
    stage.delete()
    record(StageRemoved(pipeline=pipeline, code=code, title=title))
    return pipeline
