"""What happens to segments, and to what is in them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.eventlog.recorded import Recorded

from .models import Segment


@dataclass(frozen=True, kw_only=True)
class SegmentCreated(Event):
    """Somebody made a segment."""

    segment: Segment
    kind: str
    way: str
    condition: dict[str, Any]
    icon = "target"
    sentence = _("{by} created the segment {segment}")


@dataclass(frozen=True, kw_only=True)
class SegmentChanged(Event):
    """A segment is called or kept otherwise than before."""

    segment: Segment
    changes: dict[str, Any]
    icon = "edit"
    sentence = _("{by} changed the segment {segment}")


@dataclass(frozen=True, kw_only=True)
class SegmentSwitched(Event):
    """A segment is kept up, or no longer."""

    segment: Segment
    is_active: bool
    icon = "check"
    words = {"is_active": {"True": _("on"), "False": _("off")}}
    sentence = _("{by} switched the segment {segment} {is_active}")


@dataclass(frozen=True, kw_only=True)
class SegmentFounded(Event):
    """The members of a segment were worked out as a whole; each of them has no event of its own."""

    segment: Segment
    size: int
    joined: int
    left: int
    icon = "target"
    sentence = _("{segment} was worked out: {size} members, {joined} joined, {left} left")


@dataclass(frozen=True, kw_only=True)
class SegmentStopped(Event):
    """The members of a segment could not be worked out."""

    segment: Segment
    fault: str
    icon = "alert"
    sentence = _("{segment} could not be worked out: {fault}")


@dataclass(frozen=True, kw_only=True)
class SegmentJoined(Event):
    """A record came into a segment."""

    segment: Segment
    member: Recorded
    topic = "marketing"
    icon = "plus"
    sentence = _("{member} joined the segment {segment}")


@dataclass(frozen=True, kw_only=True)
class SegmentLeft(Event):
    """A record is no longer in a segment."""

    segment: Segment
    member: Recorded
    topic = "marketing"
    icon = "x"
    sentence = _("{member} left the segment {segment}")
