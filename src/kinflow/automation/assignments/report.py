"""How a scoring did: how much it gave out, what it left over, and when people decided otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.narration import Told, narrate

from ..scorings.models import Scoring
from .events import AssignmentOverridden, WorkHandedBack, WorkLeftOver
from .past import assigned_event

DAYS = 90
SHOWN = 5


@dataclass(frozen=True)
class Report:
    """Counts of the last `DAYS` days, and the newest overrides with their reasons."""

    given: int
    left_over: int
    handed_back: int
    overridden: int
    overrides: Sequence[Told]

    @property
    def override_share(self) -> float:
        """Overrides per assignment, 0…1."""
        return self.overridden / self.given if self.given else 0.0


def report_of(scoring: Scoring, now: datetime) -> Report:
    """The scoring's report at `now`: five queries."""
    since = now - timedelta(days=DAYS)
    by_rule = Entry.objects.filter(
        actor_kind="rule", actor_id=f"scoring:{scoring.pk}", name=assigned_event(scoring.kind), at__gte=since
    )
    given = by_rule.count()
    items = Mention.objects.filter(kind=scoring.kind, role=scoring.kind, entry_id__in=by_rule.values("pk"))
    back = Mention.objects.filter(
        kind=scoring.kind,
        role="record",
        object_id__in=items.values("object_id"),
        entry__name=WorkHandedBack.name,
        entry__at__gte=since,
    )
    overrides = _naming(scoring, AssignmentOverridden.name, since)
    newest = overrides.order_by("-pk").prefetch_related("mentions")[:SHOWN]
    return Report(
        given,
        _naming(scoring, WorkLeftOver.name, since).count(),
        back.values("entry_id").distinct().count(),
        overrides.count(),
        narrate(list(newest)),
    )


def _naming(scoring: Scoring, name: str, since: datetime) -> Any:
    about = Mention.objects.filter(kind="scoring", object_id=scoring.pk, role="scoring")
    return Entry.objects.filter(pk__in=about.values("entry_id"), name=name, at__gte=since)
