"""Moves of instances in the worker: in bounded batches, going on where a dead worker left off."""

from collections import Counter
from typing import cast

from django.db import transaction

from kinflow.automation.said import kept, kept_problem, said
from kinflow.eventlog import Actor
from kinflow.eventlog.actor import ActorKind
from kinflow.kit.problem import Problem
from kinflow.records.jobs import defer, is_stopping, job, look_after

from ..designs.kept import NotFit
from ..execution.models import OPEN, ProcessInstance
from .models import VersionMove
from .moving import JOB, change_version, note_end, note_progress

BATCH = 50


@job(JOB)
def move_in_background(*, move: int) -> None:
    """Take a move to its end, batch by batch."""
    while not is_stopping() and move_batch(move):
        pass


@look_after
def take_up_left_over() -> None:
    """Go on with moves that a dead worker left; two jobs at one move take turns."""
    for pk in VersionMove.objects.filter(ended_at=None).values_list("pk", flat=True):
        defer(JOB, move=pk)


def move_batch(pk: int) -> bool:
    """Move the next instances; whether there may be more. Nothing where another worker is at it."""
    with transaction.atomic():
        rows = VersionMove.objects.select_for_update(skip_locked=True, of=("self",)).select_related("design")
        move = rows.filter(pk=pk, ended_at=None).first()
        if move is None:
            return False
        waiting = ProcessInstance.objects.filter(
            design=move.design, number=move.number, state__in=OPEN, is_shadow=False, pk__gt=move.last_id
        )
        ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            note_end(move)
            return False
        said = [_moved(one, move) for one in ids]
        note_progress(move, ids[-1], said.count(""), Counter(why for why in said if why))
    return True


def _moved(instance: int, move: VersionMove) -> str:
    """Move one instance; "" or why it stays."""
    by = Actor(cast(ActorKind, move.by_kind), move.by_id, move.by_name)
    try:
        with transaction.atomic():
            return change_version(instance_id=instance, move=move, by=by)
    except Problem as problem:
        return kept_problem(problem)
    except NotFit as gone:
        return kept(said("%(what)s", what=gone.words))
