"""What became of each record in the days that it is followed.

Times end at the horizon: a record that has not ended by then counts with all of it (the restricted mean), one whose
process was cancelled too, so that giving up early is not fast. Only records followed for the whole horizon are
compared, and so nothing is unfinished among them; curves count the others for as long as they were followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from kinflow.automation.rules.event_names import events_about
from kinflow.customers.activities.models import Activity
from kinflow.eventlog.models import Mention
from kinflow.service.cases.rules import LEAST_CONTENT

from ..definitions.models import Process
from ..deployments.models import Deployment
from ..execution.models import CANCELLED, DONE, ProcessInstance
from .cohorts import Cohort
from .figures import FIGURES
from .milestones import is_told, reached, runs_on_both_sides

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
STUCK, RATED = "processes.process_stuck", "service.case_rated"


@dataclass(frozen=True)
class Measured:
    """The figures by record, and those followed for the whole horizon.

    `lasting` has by figure in hours how long each record was followed, and whether it came within that time.
    """

    values: dict[str, Floats]
    is_followed: Flags
    lasting: dict[str, tuple[Floats, Flags]]
    of_some: dict[str, Flags] = field(default_factory=dict)
    """By figure of which records alone it is known."""

    def told_of(self, figure: str) -> Flags:
        """The records by which a figure is told: followed for the whole horizon, and the figure is known of them."""
        known = self.of_some.get(figure)
        return self.is_followed if known is None else self.is_followed & known


class _Following:
    """The records with their windows; what happens outside of one is not counted."""

    def __init__(self, cohort: Cohort, horizon: timedelta) -> None:
        self.place = {pk: n for n, pk in enumerate(cohort.ids)}
        self.since, self.horizon = cohort.since, horizon

    def hours(self, pk: int, at: datetime) -> float | None:
        """How long after the record's beginning; None outside of its window."""
        after = at - self.since[self.place[pk]]
        return after.total_seconds() / 3600 if timedelta(0) <= after <= self.horizon else None

    def first(self, found: Iterable[tuple[int, datetime]]) -> Floats:
        """By record the hours until the first of these; nan where there is none."""
        hours = np.full(len(self.since), np.nan)
        for pk, at in found:
            passed = self.hours(pk, at)
            if passed is not None:
                hours[self.place[pk]] = np.fmin(hours[self.place[pk]], passed)
        return hours

    def count(self, found: Iterable[tuple[int, datetime]]) -> Floats:
        """By record how many of these."""
        counted = np.zeros(len(self.since))
        for pk, at in found:
            counted[self.place[pk]] += self.hours(pk, at) is not None
        return counted


def measured(deployment: Deployment, cohort: Cohort, now: datetime) -> Measured:
    """The figures of a deployment's records as far as they can be known."""
    horizon = timedelta(days=deployment.horizon_days)
    most, following = horizon.total_seconds() / 3600, _Following(cohort, horizon)
    values = _of_tasks(following, cohort, now)
    good, bad = _ends(cohort.kind)
    told = _told(cohort, good | bad | _assigned(cohort.kind))
    values["hand_offs"] = following.count((pk, at) for pk, name, at in told if name not in good | bad)
    end, come = np.full(len(cohort.ids), np.nan), dict[str, Floats]()
    if good | bad:
        end = following.first((pk, at) for pk, name, at in told if name in good | bad)
        won = following.first((pk, at) for pk, name, at in told if name in good)
        come["record_hours"] = end
        values["good_end"] = (~np.isnan(won)).astype(np.float64)
    if is_told(deployment):
        come["step_hours"] = np.fmin(following.first(reached(deployment, cohort.ids)), end)
    if _had_process(deployment, cohort):
        come["process_hours"] = _of_instances(deployment, following, cohort, values)
    passed = np.array([(now - since).total_seconds() / 3600 for since in cohort.since])
    values |= {key: np.where(np.isnan(hours), most, hours) for key, hours in come.items()}
    lasting = {
        key: (np.where(np.isnan(hours), np.minimum(passed, most), hours), ~np.isnan(hours))
        for key, hours in come.items()
    }
    of_some = _of_ratings(following, cohort, values)
    return Measured({key: values[key] for key in FIGURES if key in values}, passed >= most, lasting, of_some)


def _of_ratings(following: _Following, cohort: Cohort, values: dict[str, Floats]) -> dict[str, Flags]:
    """Add whether the customers of rated records are content, by their last rating; of which records that is known."""
    rows = Mention.objects.filter(
        kind=cohort.kind, object_id__in=cohort.ids, role="case", entry__name=RATED
    ).order_by("entry__at", "entry_id")
    found = np.full(len(cohort.ids), np.nan)
    for pk, at, data in rows.values_list("object_id", "entry__at", "entry__data"):
        if following.hours(pk, at) is not None:
            found[following.place[pk]] = data["rating"] >= LEAST_CONTENT
    is_rated = ~np.isnan(found)
    if not is_rated.any():
        return {}
    values["content"] = np.where(is_rated, found, 0.0)
    return {"content": is_rated}


def _ends(kind: str) -> tuple[set[str], set[str]]:
    """The events that are a good and a bad end for records of the kind, by the processes there are of them."""
    good, bad = set[str](), set[str]()
    for steps in Process.objects.filter(case_kind=kind, is_active=True).values_list("steps", flat=True):
        for step in steps:
            if not step.get("where") and step.get("outcome") in ("good", "bad"):
                (good if step["outcome"] == "good" else bad).add(step["event"])
    return good, bad - good


def _assigned(kind: str) -> set[str]:
    return {name for name in events_about(kind) if name.endswith("_assigned")}


def _told(cohort: Cohort, names: set[str]) -> list[tuple[int, str, datetime]]:
    rows = Mention.objects.filter(kind=cohort.kind, object_id__in=cohort.ids, entry__name__in=names)
    found = rows.values_list("object_id", "entry__name", "entry__at", "entry_id").distinct()
    return [(pk, name, at) for pk, name, at, _entry in found]


def _of_tasks(following: _Following, cohort: Cohort, now: datetime) -> dict[str, Floats]:
    """Overdue and finished tasks of the records, whoever gave them: the comparison may have no process."""
    rows = Activity.objects.filter(about_kind=cohort.kind, about_id__in=cohort.ids).exclude(
        status="cancelled"
    )
    late = [
        (pk, due)
        for pk, due, over in rows.filter(due_at__lt=now).values_list("about_id", "due_at", "ended_at")
        if pk is not None and due is not None and due < (over or now)
    ]
    done = rows.filter(ended_at__isnull=False).values_list("about_id", "ended_at")
    return {
        "late": (following.count(late) > 0).astype(np.float64),
        "work": following.count((pk, at) for pk, at in done if pk is not None and at is not None),
    }


def _had_process(deployment: Deployment, cohort: Cohort) -> bool:
    """Whether the records to compare with have one, too; before the first was started, none had."""
    if not runs_on_both_sides(deployment) or not cohort.is_before_after:
        return runs_on_both_sides(deployment)
    old = [pk for pk, is_new in zip(cohort.ids, cohort.is_new, strict=True) if not is_new]
    rows = ProcessInstance.objects.filter(design=deployment.design, about_kind=cohort.kind, is_shadow=False)
    return rows.filter(about_id__in=old).exists()


def _of_instances(
    deployment: Deployment, following: _Following, cohort: Cohort, values: dict[str, Floats]
) -> Floats:
    """Add what instances tell; the hours until each record's was done."""
    rows = ProcessInstance.objects.filter(
        design=deployment.design, about_kind=cohort.kind, about_id__in=cohort.ids, is_shadow=False
    )
    if not cohort.is_before_after:
        rows = rows.filter(deployment=deployment)
    ended = rows.filter(ended_at__isnull=False)
    ends = [
        (pk, state, at)
        for pk, state, at in ended.values_list("about_id", "state", "ended_at")
        if at is not None
    ]
    done = following.first((pk, at) for pk, state, at in ends if state == DONE)
    cancelled = following.count((pk, at) for pk, state, at in ends if state == CANCELLED)
    abouts = dict(rows.values_list("pk", "about_id"))
    stuck = Mention.objects.filter(kind="processinstance", object_id__in=abouts, entry__name=STUCK)
    told = stuck.annotate(at=F("entry__at")).values_list("object_id", "at")
    values["cancelled"] = (cancelled > 0).astype(np.float64)
    values["stuck"] = (following.count((abouts[pk], at) for pk, at in told) > 0).astype(np.float64)
    return done
