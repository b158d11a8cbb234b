"""What is told when a part of an instance begins by what happened, or undoes what was done."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import ProcessInstance
from .step_names import step_words


@dataclass(frozen=True, kw_only=True)
class ProcessEventCaught(Event):
    """An event sub-process (`step`, `element`) began by what its start listened for; `ended` are the steps it ended."""

    processinstance: ProcessInstance
    record: Any
    step: str
    element: str
    happened: str
    ended: tuple[str, ...] = ()
    icon = "flow"
    words = {"step": step_words, "happened": step_words}
    sentence = _("{processinstance}: “{happened}” happened, and “{step}” began")


@dataclass(frozen=True, kw_only=True)
class ProcessStepUndone(Event):
    """A step that was done (`undone`) is undone by another (`step`, `element`), since `because` has it undone."""

    processinstance: ProcessInstance
    record: Any
    step: str
    element: str
    undone: str
    because: str
    icon = "refresh"
    words = {"step": step_words, "undone": step_words, "because": step_words}
    sentence = _("{processinstance}: “{step}” undoes “{undone}”, because of “{because}”")
