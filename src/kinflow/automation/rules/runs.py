"""What people do with runs: try one again, put it aside, take back what a rule made."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, NotFound
from kinflow.records.access import permit
from kinflow.records.importing.kinds import removers
from kinflow.records.importing.undoing import removable

from ..clock import drop_moment
from .events import RuleRecordsTakenBack
from .models import DISMISSED, RESTING, RETRYING, Rule, RuleMade, RuleRun
from .running import GO_ON, go_on_at

MOST = 5_000


def run_at(pk: int) -> RuleRun:
    """The run of the number. Raises NotFound."""
    found = RuleRun.objects.select_related("rule__owner").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such run."))
    return found


@action
def retry_run(*, rule: Rule, run: RuleRun, by: Actor) -> RuleRun:
    """Let a run that failed go on at once from the step that failed; the worker does it, as the rule.

    Raises Conflict where it did not fail.
    """
    permit(by, rule)
    kept = RuleRun.objects.select_for_update().get(pk=run.pk, rule=rule)
    if kept.state not in (RESTING, RETRYING):
        raise Conflict(_("This run did not fail: there is nothing to try again."))
    kept.state, kept.attempts, kept.moved_at = RETRYING, 0, timezone.now()
    kept.log.append({"outcome": "again", "words": by.name or by.id, "at": kept.moved_at.isoformat()})
    kept.save()
    go_on_at(kept.pk, kept.moved_at)
    return kept


@action
def dismiss_run(*, rule: Rule, run: RuleRun, by: Actor) -> RuleRun:
    """Put a run aside that failed, and that nobody wants to go on."""
    permit(by, rule)
    kept = RuleRun.objects.select_for_update().get(pk=run.pk, rule=rule)
    if kept.state not in (RESTING, RETRYING):
        raise Conflict(_("This run did not fail: there is nothing to put aside."))
    kept.state, kept.moved_at = DISMISSED, timezone.now()
    kept.log.append({"outcome": "dismissed", "words": by.name or by.id, "at": kept.moved_at.isoformat()})
    kept.save()
    drop_moment(GO_ON, str(kept.pk))
    return kept


@action
def take_back_made(
    *, rule: Rule, since: datetime, until: datetime | None = None, by: Actor
) -> dict[str, int]:
    """Take back the records that the rule made since then and that nobody has worked on; what was worked on stays.

    Returns how many were removed and how many kept.
    """
    rule = hold(rule)
    permit(by, rule)
    rows = RuleMade.objects.filter(rule=rule, made_at__gte=since, taken_back_at=None)
    if until is not None:
        rows = rows.filter(made_at__lte=until)
    by_kind: dict[str, list[RuleMade]] = {}
    for row in rows.order_by("pk")[:MOST]:
        by_kind.setdefault(row.kind, []).append(row)
    removed = kept = 0
    now = timezone.now()
    for kind in sorted(by_kind, key=lambda k: removers[k][0] if k in removers else 0):
        made = by_kind[kind]
        going: set[Any] = removable(kind, [m.object_id for m in made]) if kind in removers else set()
        if going:
            removers[kind][1](ids=sorted(going), by=by)
        RuleMade.objects.filter(pk__in=[m.pk for m in made if m.object_id in going]).update(taken_back_at=now)
        removed, kept = removed + len(going), kept + len(made) - len(going)
    record(RuleRecordsTakenBack(rule=rule, removed=removed, kept=kept))
    return {"removed": removed, "kept": kept}
