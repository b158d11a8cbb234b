"""What happens with replays and proposed weights; nothing of it changes who has what."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.records.long_work.faults import said_with

from ..scorings.models import Scoring
from .models import FAULTS, ScoringReplay, WeightLearning


@dataclass(frozen=True, kw_only=True)
class ReplayStarted(Event):
    """Somebody has a scoring replayed over a period."""

    replay: ScoringReplay
    scoring: Scoring
    topic = "assignment"
    icon = "clock"
    sentence = _("{by} began a replay of {scoring}")


@dataclass(frozen=True, kw_only=True)
class ReplayFinished(Event):
    """A replay came to its end."""

    replay: ScoringReplay
    scoring: Scoring
    items: int
    moved: int
    topic = "assignment"
    icon = "check"
    sentence = _("{replay} is done: {moved} of {items} items would have gone to somebody else")


@dataclass(frozen=True, kw_only=True)
class ReplayCancelled(Event):
    """Somebody ended a replay before its end."""

    replay: ScoringReplay
    scoring: Scoring
    topic = "assignment"
    icon = "x"
    sentence = _("{by} cancelled {replay}")


@dataclass(frozen=True, kw_only=True)
class ReplayFailed(Event):
    """A replay could not go on; `fault` is a word of `models.FAULTS`."""

    replay: ScoringReplay
    scoring: Scoring
    fault: str
    topic = "assignment"
    icon = "alert"
    words = {"fault": said_with(FAULTS)}  # noqa: RUF012
    sentence = _("{replay} could not go on: {fault}")


@dataclass(frozen=True, kw_only=True)
class LearningStarted(Event):
    """Somebody has weights learnt from how work ended."""

    learning: WeightLearning
    scoring: Scoring
    topic = "assignment"
    icon = "clock"
    sentence = _("{by} began to have weights of {scoring} learnt")


@dataclass(frozen=True, kw_only=True)
class WeightsLearnt(Event):
    """Weights were proposed from how work ended; they count nowhere."""

    learning: WeightLearning
    scoring: Scoring
    items: int
    topic = "assignment"
    icon = "target"
    sentence = _("Weights of {scoring} were learnt from {items} endings")


@dataclass(frozen=True, kw_only=True)
class LearningCancelled(Event):
    """Somebody ended the learning of weights before its end."""

    learning: WeightLearning
    scoring: Scoring
    topic = "assignment"
    icon = "x"
    sentence = _("{by} cancelled the learning of weights of {scoring}")


@dataclass(frozen=True, kw_only=True)
class LearningFailed(Event):
    """Weights could not be learnt; `fault` is a word of `models.FAULTS`."""

    learning: WeightLearning
    scoring: Scoring
    fault: str
    topic = "assignment"
    icon = "alert"
    words = {"fault": said_with(FAULTS)}  # noqa: RUF012
    sentence = _("Weights of {scoring} could not be learnt: {fault}")
