"""Adding what a rule is about to a segment that is kept by hand, and taking it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError, NotFound, Refused
from kinflow.records.access import may
from kinflow.records.segments.actions import add_members, take_members
from kinflow.records.segments.models import BY_HAND, Segment, SegmentMember, called

from ..parameters import parameter
from .step import Doing, Done, Step, step


def _choices() -> list[tuple[int, str]]:
    rows = Segment.objects.filter(way=BY_HAND).order_by("kind", "name")
    return [(row.pk, called(row)) for row in rows[:1000]]


def _name(pk: Any) -> str:
    found = Segment.objects.filter(pk=pk or 0).first()
    return called(found) if found is not None else _("a segment that is gone")


@dataclass(frozen=True)
class _Membership(Step):
    """What both steps have in common."""

    action: ClassVar[Callable[..., int]]

    segment: Any = parameter(gettext_lazy("Segment"), "", choices=_choices)

    def check(self, kind: str) -> list[FieldError]:
        """Segments that are gone, of another kind of record, or kept by a condition."""
        found = Segment.objects.filter(pk=self.segment or 0).first()
        if found is None:
            return [FieldError("/segment", _("Choose a segment."))]
        if found.kind != kind:
            return [FieldError("/segment", _("This segment holds another kind of record."))]
        if found.way != BY_HAND:
            return [
                FieldError(
                    "/segment", _("This segment is kept by its condition; choose one that is kept by hand.")
                )
            ]
        return []

    def _ready(self, doing: Doing) -> tuple[Segment, bool]:
        """The segment, and whether the record is in it. Raises NotFound, Refused."""
        found = Segment.objects.filter(pk=self.segment or 0, kind=doing.kind).first()
        if found is None:
            raise NotFound(_("The segment is gone."), remedy=_("Choose another."))
        if not may(doing.owner, self.action.action_name, found, kind="segment"):  # type: ignore[attr-defined]
            raise Refused(
                _("%(who)s, who answers for this, may not do it here.") % {"who": doing.owner.name},
                remedy=_("Give it an owner who may, or change what is done."),
            )
        return found, SegmentMember.objects.filter(segment=found, object_id=doing.record.pk).exists()


@step
@dataclass(frozen=True)
class AddToSegment(_Membership):
    """Add the record to a segment that is kept by hand."""

    name = "add_to_segment"
    label = gettext_lazy("Add to a segment")
    help = gettext_lazy("Segments that are kept by hand; the others follow their conditions by themselves.")
    action = staticmethod(add_members)

    def words(self, kind: str) -> str:
        """Add it to the segment …"""
        return _("add it to the segment “%(name)s”") % {"name": _name(self.segment)}

    def would(self, doing: Doing) -> str:
        """Whether it would come in."""
        found, is_in = self._ready(doing)
        told = _("Is in “%(name)s” already") if is_in else _("Would add it to “%(name)s”")
        return told % {"name": called(found)}

    def run(self, doing: Doing) -> Done:
        """Add it; nothing happens where it is in already."""
        found, _is_in = self._ready(doing)
        came = add_members(segment=found, ids=[doing.record.pk], by=doing.by)
        told = _("Added to “%(name)s”") if came else _("Is in “%(name)s” already")
        return Done(told % {"name": called(found)}, (found,))


@step
@dataclass(frozen=True)
class TakeFromSegment(_Membership):
    """Take the record out of a segment that is kept by hand."""

    name = "take_from_segment"
    label = gettext_lazy("Take out of a segment")
    help = gettext_lazy("Segments that are kept by hand; the others follow their conditions by themselves.")
    action = staticmethod(take_members)

    def words(self, kind: str) -> str:
        """Take it out of the segment …"""
        return _("take it out of the segment “%(name)s”") % {"name": _name(self.segment)}

    def would(self, doing: Doing) -> str:
        """Whether it would leave."""
        found, is_in = self._ready(doing)
        told = _("Would take it out of “%(name)s”") if is_in else _("Is not in “%(name)s”")
        return told % {"name": called(found)}

    def run(self, doing: Doing) -> Done:
        """Take it out; nothing happens where it is not in."""
        found, _is_in = self._ready(doing)
        went = take_members(segment=found, ids=[doing.record.pk], by=doing.by)
        told = _("Taken out of “%(name)s”") if went else _("Is not in “%(name)s”")
        return Done(told % {"name": called(found)}, (found,))
