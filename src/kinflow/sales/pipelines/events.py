"""What happens to pipelines."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import Pipeline


@dataclass(frozen=True, kw_only=True)
class PipelineAdded(Event):
    """A way of selling was set up."""

    pipeline: Pipeline
    stages: list[str] = field(default_factory=list)
    icon = "pipeline"
    sentence = _("{by} set up pipeline {pipeline}")


@dataclass(frozen=True, kw_only=True)
class PipelineChanged(Event):
    """Fields of a pipeline got other values."""

    pipeline: Pipeline
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {pipeline}")


@dataclass(frozen=True, kw_only=True)
class StageAdded(Event):
    """A pipeline has one more stage."""

    pipeline: Pipeline
    code: str
    title: str
    icon = "pipeline"
    sentence = _("{by} added stage {title} to {pipeline}")


@dataclass(frozen=True, kw_only=True)
class StageChanged(Event):
    """A stage got another name or probability."""

    pipeline: Pipeline
    code: str
    title: str
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of stage {title} in {pipeline}")


@dataclass(frozen=True, kw_only=True)
class StagesReordered(Event):
    """The stages of a pipeline stand in another order."""

    pipeline: Pipeline
    stages: list[str] = field(default_factory=list)
    icon = "pipeline"
    sentence = _("{by} reordered the stages of {pipeline}: {stages}")


@dataclass(frozen=True, kw_only=True)
class StageRemoved(Event):
    """A pipeline has one stage less."""

    pipeline: Pipeline
    code: str
    title: str
    icon = "x"
    sentence = _("{by} removed stage {title} from {pipeline}")
