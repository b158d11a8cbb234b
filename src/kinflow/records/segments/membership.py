"""Membership as conditions ask about it: the field `segments` of every record type, in SQL and in memory."""

import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Field, Kind

from ..faces import registry
from .models import Segment, SegmentMember

NAME = "segments"
_KEEPS_SECONDS = 1.0
_none_yet = (("", ""),)


class _Names:
    """What all segments are called, read again every second."""

    rows: Sequence[tuple[int, str, str, str]] = ()
    read_at = 0.0

    def __call__(self) -> Sequence[tuple[int, str, str, str]]:
        now = time.monotonic()
        if not self.read_at or now - self.read_at > _KEEPS_SECONDS:
            self.rows = list(Segment.objects.order_by("name").values_list("id", "kind", "name", "name_zh"))
            self.read_at = now
        return self.rows

    def forget(self) -> None:
        """Have them read again."""
        self.read_at = 0.0


names = _Names()


class Choices(Sequence[tuple[Any, Any]]):
    """The segments of a record type with their names, read when they are needed."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def _rows(self) -> Sequence[tuple[Any, Any]]:
        zh = (get_language() or "").startswith("zh")
        found = [
            (pk, (name_zh if zh else "") or name) for pk, kind, name, name_zh in names() if kind == self.kind
        ]
        return found or _none_yet

    def __len__(self) -> int:
        return len(self._rows())

    def __getitem__(self, at: Any) -> Any:
        return self._rows()[at]

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self._rows())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choices) and other.kind == self.kind

    def __hash__(self) -> int:
        return hash(self.kind)


class Kept:
    """Where the memberships of records of a type are kept."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def ids_in(self, values: Collection[Any] | None) -> QuerySet[Any]:
        """The ids of the records that are in one of the segments (None: in any)."""
        rows = SegmentMember.objects.filter(segment__kind=self.kind)
        if values is not None:
            rows = SegmentMember.objects.filter(segment_id__in=list(values))
        return rows.values("object_id")

    def of(self, pk: int) -> Collection[int]:
        """The segments that a record is in."""
        rows = SegmentMember.objects.filter(object_id=pk, segment__kind=self.kind)
        return list(rows.values_list("segment_id", flat=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.kind == self.kind

    def __hash__(self) -> int:
        return hash(self.kind)


def field_of(kind: str) -> Field | None:
    """The field `segments` of a record type."""
    face = registry.get(kind)
    if face is None or kind == "segment" or NAME in face.by_name:
        return None
    return Field(NAME, Kind.CHOICE_LIST, _("Segments"), NAME, choices=Choices(kind), kept=Kept(kind))
