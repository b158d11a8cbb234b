"""The import of activities: calls, visits, meetings and tasks, planned or done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, Event, action, bulk
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register, register_remover
from kinflow.records.importing.targets import Target

from ..importing.kinds import notes_of
from ..importing.related import Related, bring_related
from .events import (
    ActivityAssigned,
    ActivityCancelled,
    ActivityLogged,
    ActivityPlanned,
    ActivityStarted,
    ActivityTakenBack,
)
from .models import Activity
from .rules import KINDS, STATUSES

Told = tuple[Event, datetime | None]


@cache
def activity_targets() -> tuple[Target, ...]:
    """The fields of activities."""
    return fitted(
        "activity",
        choices={"kind": KINDS, "status": STATUSES},
        fallbacks={"kind": "task", "status": "planned"},
        longest={"account": 300, "contact": 200},
    )


@action
def import_activities(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make an activity of each row; its customer and owner are found, or noted."""
    permit(by, kind="activity")
    now, taken, whole = timezone.now(), Taken(), []
    for row in rows:
        if row.values.get("subject"):
            whole.append(row)
        else:
            taken.refused[row.number] = _("Say in a few words what it is about.")
    made = [(one, _activity(one, now)) for one in bring_related(whole, taken, now=now, by=by)]
    bulk.insert([activity for _one, activity in made])
    bulk.record_many(told for one, activity in made for told in _told(activity, one.at))
    new = {number for number, _kind, _pk in taken.made}
    taken.known = sum(
        (one.contact or one.account) is not None and one.row.number not in new for one, _activity in made
    )
    taken.made += [(one.row.number, "activity", activity.pk) for one, activity in made]
    return taken


def _activity(one: Related, now: datetime) -> Activity:
    row, values = one.row, one.row.values
    if len(values["subject"]) > 300:
        row.notes.insert(0, values["subject"])
    if number := values.get("external_id"):
        row.notes.insert(0, _("Number in the other system: %(number)s") % {"number": number})
    activity = bulk.like(
        _pattern(),
        kind=values.get("kind") or "task",
        subject=values["subject"][:300],
        status=values.get("status") or ("done" if values.get("ended_at") else "planned"),
        account=one.account,
        contact=one.contact,
        due_at=values.get("due_at"),
        outcome=values.get("outcome", ""),
        created_at=one.at or now,
        changed_at=one.at or now,
    )
    _time(activity, values, now)
    if one.owner is not None:
        activity.give_to(one.owner, now)
    activity.notes = notes_of(row)
    return activity


def _time(activity: Activity, values: dict[str, Any], now: datetime) -> None:
    """When it began and ended, as far as its status says that it did."""
    if activity.status == "planned":
        activity.due_at = activity.due_at or values.get("started_at")
        return
    if activity.status == "started":
        activity.started_at = values.get("started_at") or activity.created_at
        return
    given = values.get("ended_at") or values.get("started_at") or activity.due_at or activity.created_at
    activity.ended_at = min(given, now)
    if activity.status == "done":
        activity.started_at = min(values.get("started_at") or activity.ended_at, activity.ended_at)


@cache
def _pattern() -> Activity:
    """What all new activities have in common."""
    return Activity()


def _told(activity: Activity, at: datetime | None) -> Iterable[Told]:
    customer: dict[str, Any] = {"account": activity.account, "contact": activity.contact}
    if activity.status == "done":
        assert activity.started_at is not None
        assert activity.ended_at is not None
        minutes = int((activity.ended_at - activity.started_at).total_seconds() // 60)
        logged = ActivityLogged(
            activity=activity, kind=activity.kind, outcome=activity.outcome, minutes=minutes, **customer
        )
        yield logged, activity.ended_at
    else:
        planned = ActivityPlanned(
            activity=activity,
            kind=activity.kind,
            subject=activity.subject,
            due_at=activity.due_at,
            **customer,
        )
        yield planned, at
    if activity.owner is not None:
        yield ActivityAssigned(activity=activity, person=activity.owner), None
    if activity.status == "started":
        yield ActivityStarted(activity=activity, **customer), activity.started_at
    elif activity.status == "cancelled":
        yield ActivityCancelled(activity=activity, **customer), activity.ended_at


@action
def take_back_activities(*, ids: Sequence[int], by: Actor) -> None:
    """Remove activities, as if they had never been imported."""
    permit(by, kind="activity")
    found = list(Activity.objects.filter(pk__in=ids))
    bulk.delete(Activity.objects.filter(pk__in=ids))
    bulk.record_many((ActivityTakenBack(activity=one), None) for one in found)


ACTIVITIES = register(
    Importable(
        "activity",
        gettext_lazy("Activities"),
        "customers.plan_activity",
        activity_targets,
        import_activities,
        order=50,
    )
)
register_remover("activity", 5, take_back_activities)
