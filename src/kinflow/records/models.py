"""What all records have in common."""

from typing import Any

from django.db import models
from django.utils import timezone

from kinflow.eventlog import Recorded


class Record(Recorded):
    """A record with a number of its own, its age, and a version that counts its changes."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(Recorded.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and count the change."""
        if not self._state.adding:
            self.version += 1
            self.changed_at = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "changed_at"}
        super().save(*args, **kwargs)


from .importing.models import ImportedRecord, ImportReject, ImportRun  # noqa: E402
from .long_work.models import WorkBlock, WorkProgress  # noqa: E402
from .saved.models import SavedView  # noqa: E402
from .search.models import SearchDocument  # noqa: E402
from .segments.models import (  # noqa: E402
    Segment,
    SegmentDue,
    SegmentFounding,
    SegmentMember,
    SegmentSize,
)

__all__ = [
    "ImportReject",
    "ImportRun",
    "ImportedRecord",
    "Record",
    "SavedView",
    "SearchDocument",
    "Segment",
    "SegmentDue",
    "SegmentFounding",
    "SegmentMember",
    "SegmentSize",
    "WorkBlock",
    "WorkProgress",
]
