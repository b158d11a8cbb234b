"""What deployments start by themselves: many instances in one transaction, each as if it were alone."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import Model

from kinflow.eventlog import Actor, action, bulk, record
from kinflow.eventlog.command import acting_as, attempt
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import TURN_SECONDS
from kinflow.kit.problem import Problem
from kinflow.records.access import permit

from ..execution.batch import Batch, moved_together
from ..execution.models import ProcessInstance
from ..execution.moving import begin
from .actions import tell_not_started
from .events import RecordPlaced
from .models import SHADOW, Deployment, Placement
from .placing import place, placement_for

Key = tuple[int, str, int]
"""A deployment, and a record by its kind and id."""


@dataclass(frozen=True)
class Asked:
    """A deployment is to start for a record, as the doing of its design (`by`), because of an entry.

    With a `problem` it cannot even be asked, which is told.
    """

    deployment: Deployment
    about: Model
    by: Actor
    entry: Entry | None = None
    problem: Problem | None = None

    @property
    def key(self) -> Key:
        """What there is one instance for."""
        return self.deployment.pk, str(self.about._meta.model_name), self.about.pk


@action
def start_asked(*, asked: Sequence[Asked], by: Actor) -> int:
    """Start what triggers ask for, unless the record has its instance or is to have none; how many were dealt with.

    What keeps one from starting is told, and does not keep the others from it. After a while it ends with an entry.
    """
    begun = time.monotonic()
    with moved_together() as batch:
        refused = _place_all(batch, [one for one in asked if one.problem is None])
        there = _with_instance(
            asked
        )  # after their groups are locked: who started one meanwhile has let go of them
        batch.expect(_to_be(asked, there))
        for done, one in enumerate(asked):
            is_next = done > 0 and one.entry is not asked[done - 1].entry
            if is_next and time.monotonic() - begun >= TURN_SECONDS:
                return done
            problem = one.problem or refused.get(one.key)
            if problem is None and one.key not in there:
                problem = _start(batch, one)
            there.add(one.key)
            if problem is not None:
                batch.reach()
                tell_not_started(
                    deployment=one.deployment, about=one.about, problem=problem, now=batch.now, by=by
                )
    return len(asked)


def _start(batch: Batch, one: Asked) -> Problem | None:
    """Start one; where it cannot begin, nothing of it is left but what is returned."""
    deployment, placed = one.deployment, batch.placements[one.key]
    if placed.number is None and deployment.way != SHADOW:
        return None
    try:
        with acting_as(one.by), batch.trying():
            permit(one.by, kind="processinstance")
            key = f"deployment:{deployment.pk}:{one.about.pk}"
            begin(batch, deployment.design, one.about, by=one.by, key=key)
    except Problem as problem:
        return problem
    return None


def _to_be(asked: Sequence[Asked], there: set[Key]) -> list[Model]:
    """What the instances that are to be are about; twice where one in shadow watches the other."""
    new = [one for one in asked if one.key not in there]
    watched = [one for one in new if one.deployment.way == SHADOW and one.deployment.before is not None]
    return [one.about for one in (*new, *watched)]


def _with_instance(asked: Sequence[Asked]) -> set[Key]:
    """Those that have their instance."""
    rows = ProcessInstance.objects.filter(
        deployment__in={one.deployment.pk for one in asked}, about_id__in={one.about.pk for one in asked}
    )
    return set(rows.values_list("deployment_id", "about_kind", "about_id"))


def _place_all(batch: Batch, asked: Sequence[Asked]) -> dict[Key, Problem]:
    """Lock the groups of the records; those that have none are given theirs. Why not, where that cannot be."""
    rows = Placement.objects.select_for_update().filter(
        deployment__in={one.deployment.pk for one in asked}, about_id__in={one.about.pk for one in asked}
    )
    known = {(row.deployment_id, row.about_kind, row.about_id): row for row in rows.order_by("pk")}
    refused: dict[Key, Problem] = {}
    new: dict[Key, tuple[Asked, Placement]] = {}
    for one in asked:
        if one.key in known or one.key in new or one.key in refused:
            continue
        try:
            new[one.key] = (one, placement_for(one.deployment, one.about))
        except Problem as problem:
            refused[one.key] = problem
    batch.placements |= known | _kept(new)
    return refused


def _kept(new: dict[Key, tuple[Asked, Placement]]) -> dict[Key, Placement]:
    """The new groups, written and told; or those that others gave the same records at the same moment."""
    try:
        with attempt():
            bulk.insert(
                [new[key][1] for key in sorted(new)]
            )  # in an order, so that no two wait for each other
    except IntegrityError:
        found = {}
        for key in sorted(new):
            with acting_as(new[key][0].by):
                found[key] = place(new[key][0].deployment, new[key][0].about)
        return found
    for one, placed in new.values():
        with acting_as(one.by):
            record(
                RecordPlaced(
                    deployment=one.deployment, record=one.about, group=placed.group, number=placed.number
                )
            )
    return {key: placed for key, (_one, placed) in new.items()}
