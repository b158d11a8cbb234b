"""Replays in the worker; nothing but them is written."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import has_read
from kinflow.kit.problem import Invalid, Problem
from kinflow.records.faces import registry
from kinflow.records.long_work.works import Told, Work

from ..criteria.people import load_people
from ..scoring_reports.following import follow
from ..scorings.drafts import Draft, kept_draft
from .actions import JOB, fail_replay, finish_replay
from .figures import Gathered
from .hands import Hands, Others, Presence
from .logged import Versions, decided, decisions, why_empty
from .models import FAULTS, ReplayMove, ScoringReplay
from .playing import Player

STAGES = {"items": _("%(done)s of %(total)s items")}


class NoSuchKind(Problem):
    """The program that knew this kind of work is not there any more."""


class Unreadable(Problem):
    """The content is one that this program cannot read."""


FAULT_OF: dict[type[Exception], str] = {NoSuchKind: "no_kind", Unreadable: "unreadable"}


def content_of(replay: ScoringReplay) -> Draft:
    """The content that is replayed."""
    try:
        return replace(kept_draft(replay.content), minimum_points=replay.content.get("minimum_points"))
    except Invalid:
        raise Unreadable from None


def _played(replay: ScoringReplay, told: Told) -> dict[str, Any] | None:
    """The figures; None where it was told to stop, or was cancelled."""
    scoring, since, until = replay.scoring, replay.since, replay.until
    if replay.kind not in registry:
        raise NoSuchKind
    draft, versions = content_of(replay), Versions(scoring)
    people = load_people(replay.kind, since)
    others, presence = Others(scoring, people, since, until), Presence(people, since, until)
    new = Player(people, Hands(people, others), presence, versions, lambda _one: draft)
    own = Player(people, Hands(people, others), presence, versions, lambda one: versions.get(one.number))
    gathered = Gathered(people, replay.kind, timezone.now())
    ReplayMove.objects.filter(replay=replay).delete()
    is_complete = has_read(follow, since, until)
    total = decided(scoring, since, until).count()
    for looked_at, chunk in decisions(scoring, since, until):
        if not told(gathered.looked_at / max(total, 1), "items", gathered.looked_at, total):
            return None
        gathered.looked_at += looked_at
        if chunk:
            moves = gathered.take(replay, chunk, own.play(replay.kind, chunk), new.play(replay.kind, chunk))
            ReplayMove.objects.bulk_create(moves, batch_size=1000)
    figures = gathered.figures()
    figures["is_complete"] = is_complete
    figures["empty"] = "" if figures["items"] else why_empty(scoring, since, until)
    return figures


WORK = Work(
    JOB,
    ScoringReplay,
    does=_played,
    finish=lambda row, figures: finish_replay(replay=row, figures=figures, by=SYSTEM),
    fail=lambda row, fault: fail_replay(replay=row, fault=fault, by=SYSTEM),
    faults=FAULT_OF,
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("scoring",),
)
