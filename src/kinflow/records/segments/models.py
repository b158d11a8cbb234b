"""The rows of segments: the set, its members, when members can change by time, and sizes by day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog.recorded import Recorded

from ..models import Record

CONDITION, BY_HAND = "condition", "by_hand"
WAYS = ((CONDITION, _("By a condition")), (BY_HAND, _("By hand")))
FOUNDING, READY, FAILED = "founding", "ready", "failed"
STATES = ((FOUNDING, _("Being counted")), (READY, _("Up to date")), (FAILED, _("Stopped by a fault")))


class Segment(Record):
    """A set of records of one type; `size` is the number of its members, `generation` counts its foundings."""

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    about = models.TextField(_("what it is for"), blank=True, default="", max_length=2000)
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=12, choices=WAYS, default=CONDITION)
    condition = models.JSONField(default=dict, blank=True)
    owner_id = models.BigIntegerField(null=True)
    is_active = models.BooleanField(_("active"), default=True)
    state = models.CharField(max_length=12, choices=STATES, default=READY)
    size = models.BigIntegerField(default=0)
    generation = models.PositiveIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    fault = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["kind", "is_active"], name="segment_kind")]

    def __str__(self) -> str:
        return called(self)

    def by_condition(self) -> bool:
        """Whether its members follow from a condition."""
        return self.way == CONDITION


def called(segment: Segment) -> str:
    """The segment's name in the active language."""
    is_chinese = (get_language() or "").startswith("zh")
    return (segment.name_zh if is_chinese else "") or segment.name


class SegmentMember(Recorded):
    """A record in a segment."""

    id = models.BigAutoField(primary_key=True)
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="members")
    object_id = models.BigIntegerField()
    joined_at = models.DateTimeField(default=timezone.now, db_default=models.functions.Now())

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["segment", "object_id"], name="segment_member_once"),
        ]
        indexes = [models.Index(fields=["object_id", "segment"], name="segment_member_object")]

    def whole(self) -> Segment:
        """The segment."""
        return self.segment


class SegmentDue(models.Model):
    """The next moment at which time alone can change whether a record belongs to a segment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "object_id"], name="segment_due_once")]


class SegmentFounding(models.Model):
    """How far the members of a large segment are worked out: all records up to `after`, of those up to `last`."""

    segment = models.OneToOneField(Segment, models.CASCADE, related_name="founding")
    generation = models.PositiveIntegerField()
    after = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    joined = models.BigIntegerField(default=0)
    left = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    @property
    def percent(self) -> int:
        """How much is done, from 0 to 99."""
        return min(99, 100 * self.after // max(1, self.last))


class SegmentSize(models.Model):
    """How large a segment was at the end of a day, and how many joined and left on it."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="sizes")
    day = models.DateField()
    size = models.BigIntegerField(default=0)
    joined = models.BigIntegerField(default=0)
    left = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "day"], name="segment_size_once")]
