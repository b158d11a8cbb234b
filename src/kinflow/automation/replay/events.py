"""What happens with replays and proposed weights; nothing of it changes who has what."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.eventlog.event import Topic
from kinflow.records.long_work.faults import said_with

from ..scorings.models import Scoring
from .models import FAULTS, ScoringReplay, WeightLearning


@dataclass(frozen=True, kw_only=True)
class OfReplay:
    """What happens with a replay of a scoring."""

    replay: ScoringReplay
    scoring: Scoring
    topic: ClassVar[Topic] = "assignment"


class ReplayStarted(OfReplay, Event):
    """Somebody has a scoring replayed over a period."""

    icon = "clock"
    sentence = _("{by} began a replay of {scoring}")


@dataclass(frozen=True, kw_only=True)
class ReplayFinished(OfReplay, Event):
    """A replay came to its end."""

    items: int
    moved: int
    icon = "check"
    sentence = _("{replay} is done: {moved} of {items} items would have gone to somebody else")


class ReplayCancelled(OfReplay, Event):
    """Somebody ended a replay before its end."""

    icon = "x"
    sentence = _("{by} cancelled {replay}")


@dataclass(frozen=True, kw_only=True)
class ReplayFailed(OfReplay, Event):
    """A replay could not go on; `fault` is a word of `models.FAULTS`."""

    fault: str
    icon = "alert"
    words = {"fault": said_with(FAULTS)}  # noqa: RUF012
    sentence = _("{replay} could not go on: {fault}")


@dataclass(frozen=True, kw_only=True)
class OfLearning:
    """What happens with weights that are learnt for a scoring."""

    learning: WeightLearning
    scoring: Scoring
    topic: ClassVar[Topic] = "assignment"


class LearningStarted(OfLearning, Event):
    """Somebody has weights learnt from how work ended."""

    icon = "clock"
    sentence = _("{by} began to have weights of {scoring} learnt")


@dataclass(frozen=True, kw_only=True)
class WeightsLearnt(OfLearning, Event):
    """Weights were proposed from how work ended; they count nowhere."""

    items: int
    icon = "target"
    sentence = _("Weights of {scoring} were learnt from {items} endings")


class LearningCancelled(OfLearning, Event):
    """Somebody ended the learning of weights before its end."""

    icon = "x"
    sentence = _("{by} cancelled the learning of weights of {scoring}")


@dataclass(frozen=True, kw_only=True)
class LearningFailed(OfLearning, Event):
    """Weights could not be learnt; `fault` is a word of `models.FAULTS`."""

    fault: str
    icon = "alert"
    words = {"fault": said_with(FAULTS)}  # noqa: RUF012
    sentence = _("Weights of {scoring} could not be learnt: {fault}")
