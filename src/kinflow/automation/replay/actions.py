"""All that can be done with replays: begin, cancel, and what the worker notes at the end."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.records.access import permit
from kinflow.records.long_work.acting import begin, cancel, fail, finish
from kinflow.records.versions import earlier_version

from ..access import may_try_scorings
from ..days import day_given
from ..scorings.actions import kept_content
from ..scorings.models import Scoring
from ..scorings.using import current_version
from .events import ReplayCancelled, ReplayFailed, ReplayFinished, ReplayStarted
from .models import ScoringReplay

JOB = "automation.replay"
USUAL_DAYS, MOST_DAYS = 91, 1100


def period_of(since: Any, until: Any, *, usual_days: int = USUAL_DAYS) -> tuple[datetime, datetime]:
    """From the first day's beginning to the last day's end, here; nothing given: up to today. Raises Invalid."""
    errors: list[FieldError] = []
    last = day_given(until, "/until", errors) or timezone.localdate()
    first = day_given(since, "/since", errors) or last - timedelta(days=usual_days - 1)
    if not errors and first > last:
        errors.append(FieldError("/until", _("It ends before it begins.")))
    elif not errors and (last - first).days >= MOST_DAYS:
        errors.append(FieldError("/since", _("At most %(most)d days at once.") % {"most": MOST_DAYS}))
    if errors:
        raise Invalid(errors=errors)
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )


@action
def start_replay(
    *,
    scoring: Scoring,
    content: Mapping[str, Any] | None = None,
    number: int | None = None,
    since: Any = None,
    until: Any = None,
    by: Actor,
) -> ScoringReplay:
    """Have the worker replay a scoring's content (a draft), a version by its number, or else the present version.

    `since` and `until` are days. Raises Invalid naming each part that is wrong, NotFound where there is no such version.
    """
    permit(by, kind="scoringreplay")
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    begins, ends = period_of(since, until)
    if content is None:
        version = current_version(scoring) if number is None else earlier_version(scoring, number)
        content, number = version.content(), version.number
    else:
        content, number = kept_content(content), None
    replay = ScoringReplay(
        scoring=scoring,
        kind=scoring.kind,
        content=dict(content),
        number=number,
        since=begins,
        until=ends,
        made_by=by.name or by.id,
    )
    return begin(replay, JOB, ReplayStarted)


@action
def cancel_replay(*, replay: ScoringReplay, by: Actor) -> ScoringReplay:
    """End a replay before its end. Raises NotRunning where it ended already."""
    return cancel(replay, ReplayCancelled, by=by)


@action
def finish_replay(*, replay: ScoringReplay, figures: Mapping[str, Any], by: Actor) -> ScoringReplay:
    """Keep what came of it, unless somebody cancelled it meanwhile."""
    items, moved = int(figures["items"]), int(figures["moved"])
    return finish(replay, ReplayFinished, {"figures": dict(figures)}, by=by, items=items, moved=moved)


@action
def fail_replay(*, replay: ScoringReplay, fault: str, by: Actor) -> ScoringReplay:
    """Keep why it could not go on."""
    return fail(replay, fault, ReplayFailed, by=by)
