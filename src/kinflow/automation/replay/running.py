"""Replays in the worker: run from beginning to end, and again where a worker died; nothing but them is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import has_read
from kinflow.kit.problem import Problem
from kinflow.records.alone import REPLAYS, alone_at, nobody_at
from kinflow.records.faces import registry
from kinflow.records.jobs import defer, is_stopping, job, look_after

from ..criteria.people import load_people
from ..scoring_reports.following import follow
from ..scorings.drafts import Draft, kept_draft
from .actions import JOB, fail_replay, finish_replay
from .figures import Gathered
from .hands import Hands, Others, Presence
from .logged import Versions, decided, decisions, why_empty
from .models import WAITING, ReplayMove, ReplayProgress, ScoringReplay
from .playing import Player


@job(JOB)
def run_in_background(*, replay: int) -> None:
    """Take a replay to its end, unless another worker is at it or somebody cancelled it."""
    found = ScoringReplay.objects.select_related("scoring").filter(pk=replay, state=WAITING).first()
    if found is not None:
        run_replay(found)


@look_after
def take_up_left_over() -> None:
    """Begin replays anew that nobody runs; a double job does nothing."""
    for pk in ScoringReplay.objects.filter(state=WAITING).values_list("pk", flat=True):
        if nobody_at(REPLAYS, pk):
            defer(JOB, replay=pk)


def run_replay(replay: ScoringReplay, *, stop: Callable[[], bool] = is_stopping) -> ScoringReplay:
    """Replay, and keep the figures and the moves; returns the replay as it stands then."""
    with alone_at(REPLAYS, replay.pk) as is_ours:
        if not is_ours:
            return replay
        replay = ScoringReplay.objects.select_related("scoring").get(pk=replay.pk)
        if not replay.is_running:
            return replay
        try:
            figures = _played(replay, stop)
        except Problem as problem:
            return fail_replay(replay=replay, fault=str(problem), by=SYSTEM)
        if figures is None:
            return ScoringReplay.objects.get(pk=replay.pk)
        return finish_replay(replay=replay, figures=figures, by=SYSTEM)


def content_of(replay: ScoringReplay) -> Draft:
    """The content that is replayed."""
    return replace(kept_draft(replay.content), minimum_points=replay.content.get("minimum_points"))


def _played(replay: ScoringReplay, stop: Callable[[], bool]) -> dict[str, Any] | None:
    """The figures; None where it was told to stop, or was cancelled."""
    scoring, since, until = replay.scoring, replay.since, replay.until
    if replay.kind not in registry:
        raise Problem(_("There is no such kind of work any more."))
    draft, versions = content_of(replay), Versions(scoring)
    people = load_people(replay.kind, since)
    others, presence = Others(scoring, people, since, until), Presence(people, since, until)
    new = Player(people, Hands(people, others), presence, versions, lambda _one: draft)
    own = Player(people, Hands(people, others), presence, versions, lambda one: versions.get(one.number))
    gathered = Gathered(people, replay.kind, timezone.now())
    ReplayMove.objects.filter(replay=replay).delete()
    is_complete = has_read(follow, since, until)
    total = decided(scoring, since, until).count()
    _tell(replay, 0, total)
    for looked_at, chunk in decisions(scoring, since, until):
        if stop() or not ScoringReplay.objects.filter(pk=replay.pk, state=WAITING).exists():
            return None
        gathered.looked_at += looked_at
        if chunk:
            moves = gathered.take(replay, chunk, own.play(replay.kind, chunk), new.play(replay.kind, chunk))
            ReplayMove.objects.bulk_create(moves, batch_size=1000)
        _tell(replay, gathered.looked_at, total)
    figures = gathered.figures()
    figures["is_complete"] = is_complete
    figures["empty"] = "" if figures["items"] else why_empty(scoring, since, until)
    return figures


def _tell(replay: ScoringReplay, done: int, total: int) -> None:
    with transaction.atomic():
        ReplayProgress.objects.update_or_create(
            replay=replay, defaults={"done": done, "total": max(total, done)}
        )
