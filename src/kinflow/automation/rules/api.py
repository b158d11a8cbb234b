"""The API of rules: writing, trying and switching them, their runs, trying again, taking back what they made."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.api.shapes import Strict
from kinflow.records.faces import registry

from ..said import shown
from .actions import add_rule, change_rule, current_version, others, read_owner, restore_rule, switch_rule
from .cycles import warnings
from .drafts import read_draft
from .history import Told, matching, step_by_step, tried
from .live import Live
from .models import Rule, RuleRun
from .pages import MOST_COUNTED, refuse_unseen
from .runs import dismiss_run, retry_run, run_at, take_back_made
from .sentences import rule_sentence

router = Router(tags=["rules"])
PAGE = 100


class RuleIn(Strict):
    """A rule to be added; it is switched off at first."""

    kind: str
    name: str
    trigger: dict[str, Any]
    steps: list[dict[str, Any]]
    condition: dict[str, Any] = Field(default_factory=dict)
    name_zh: str = ""
    owner: int | None = None
    hourly_limit: int | None = None


class RuleChanges(Strict):
    """Fields to be changed; `seen` is the version they were read from."""

    changes: dict[str, Any]
    seen: int | None = None


class SwitchIn(Strict):
    """Whether the rule acts."""

    is_active: bool


class TrialIn(Strict):
    """A draft to be tried, on the past and, if named, step by step on one record."""

    kind: str
    trigger: dict[str, Any]
    steps: list[dict[str, Any]]
    condition: dict[str, Any] = Field(default_factory=dict)
    owner: int | None = None
    record: int | None = None


class SinceIn(Strict):
    """From when on."""

    since: datetime


class RuleOut(Schema):
    """A rule with its present version, and how it reads in the caller's language."""

    id: int
    kind: str
    name: str
    name_zh: str
    owner: int
    is_active: bool
    stopped_why: str
    hourly_limit: int | None
    version: int
    trigger: dict[str, Any]
    condition: dict[str, Any]
    steps: list[dict[str, Any]]
    sentence: str


class TimeOut(Schema):
    """When a draft would have fired, and for which record."""

    at: datetime
    record: int
    title: str


class StepOut(Schema):
    """What a step would do with the record, or why it could not."""

    path: str
    words: str
    would: str
    fault: str


class TrialOut(Schema):
    """What came of a trial; `matching` stops at 1,001, `cut` says that not all of the past was looked at."""

    sentence: str
    matching: int
    warnings: list[str]
    days: int
    fired: int
    cut: bool
    times: list[TimeOut]
    meets: bool | None
    steps: list[StepOut]


class RunOut(Schema):
    """One run with the log of its steps."""

    id: int
    rule: int
    version: int
    kind: str
    record: int
    cause: str
    entry: int | None
    state: str
    attempts: int
    started_at: datetime
    moved_at: datetime
    log: list[dict[str, Any]]


class TakenOut(Schema):
    """How many records were removed, and how many kept because somebody worked on them."""

    removed: int
    kept: int


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _told(rule: Rule) -> dict[str, Any]:
    content = current_version(rule).content()
    return {
        "id": rule.pk,
        "kind": rule.kind,
        "name": rule.name,
        "name_zh": rule.name_zh,
        "owner": rule.owner_id,
        "is_active": rule.is_active,
        "stopped_why": rule.stopped_why,
        "hourly_limit": rule.hourly_limit,
        "version": rule.number,
        "sentence": rule_sentence(rule.kind, content),
        **content,
    }


def _told_run(run: RuleRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "rule": run.rule_id,
        "version": run.number,
        "kind": run.kind,
        "record": run.object_id,
        "cause": run.cause,
        "entry": run.entry_id,
        "state": run.state,
        "attempts": run.attempts,
        "started_at": run.started_at,
        "moved_at": run.moved_at,
        "log": [
            {name: shown(v) if isinstance(v, str) else v for name, v in line.items()} for line in run.log
        ],
    }


@router.get("", response=list[RuleOut], summary="All rules")
def rules(request: HttpRequest) -> Any:
    """All rules, by kind and name."""
    refuse_unseen(_by(request))
    return [_told(rule) for rule in Rule.objects.order_by("kind", "name")]


@router.post("", response={201: RuleOut}, summary="Add a rule")
def add(request: HttpRequest, given: RuleIn) -> Any:
    """Add a rule, switched off; its owner is the caller unless another is named."""
    return 201, _told(add_rule(**given.dict(), by=_by(request)))


@router.post("/trial", response=TrialOut, summary="Try a draft on the past; nothing is changed")
def trial(request: HttpRequest, given: TrialIn) -> Any:
    """What a draft would have done in the last 30 days, and step by step on one record."""
    by, now = _by(request), timezone.now()
    refuse_unseen(by)
    owner = read_owner(given.owner or by.person_id)
    if owner is None:
        raise Invalid(errors=[FieldError("/owner", _("Choose who owns the rule: it may do what they may."))])
    content = {"trigger": given.trigger, "condition": given.condition, "steps": given.steps}
    if given.kind not in registry:
        raise Invalid(errors=[FieldError("/kind", _("Choose one of the kinds of record."))])
    draft = read_draft(given.kind, content, owner)
    live = Live(Rule(kind=given.kind, name="…", owner=owner), draft, owner)
    told, face = tried(live, by, now), registry[given.kind]
    meets: bool | None = None
    steps: list[Told] = []
    if given.record is not None:
        _row, meets, steps = step_by_step(live, given.record, by, now)
    return {
        "sentence": rule_sentence(given.kind, content),
        "matching": matching(live, by, now, MOST_COUNTED),
        "warnings": list(warnings(draft, others(None))),
        "days": told.days,
        "fired": told.fired,
        "cut": told.cut,
        "times": [{"at": at, "record": row.pk, "title": face.title(row)} for at, row in told.times],
        "meets": meets,
        "steps": steps,
    }


@router.get("/runs", response=list[RunOut], summary="Runs, the newest first")
def runs(request: HttpRequest, rule: int | None = None, state: str = "", before: int | None = None) -> Any:
    """At most 100 runs; `before` is the id of the last one of the page before."""
    refuse_unseen(_by(request))
    rows = RuleRun.objects.order_by("-pk")
    if rule is not None:
        rows = rows.filter(rule_id=rule)
    if state:
        rows = rows.filter(state=state[:10])
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_told_run(run) for run in rows[:PAGE]]


@router.post("/runs/{pk}/retry", response=RunOut, summary="Try a failed run again")
def retry(request: HttpRequest, pk: int) -> Any:
    """Let a run that failed go on at once, from the step that failed."""
    run = run_at(pk)
    return _told_run(retry_run(rule=run.rule, run=run, by=_by(request)))


@router.post("/runs/{pk}/dismiss", response=RunOut, summary="Put a failed run aside")
def dismiss(request: HttpRequest, pk: int) -> Any:
    """Put a run aside that nobody wants to go on."""
    run = run_at(pk)
    return _told_run(dismiss_run(rule=run.rule, run=run, by=_by(request)))


@router.get("/{pk}", response=RuleOut, summary="One rule")
def one(request: HttpRequest, pk: int) -> Any:
    """A rule with its present version."""
    refuse_unseen(_by(request))
    return _told(get_object_or_404(Rule, pk=pk))


@router.patch("/{pk}", response=RuleOut, summary="Change a rule")
def change(request: HttpRequest, pk: int, given: RuleChanges) -> Any:
    """Change a rule; what changes its content makes a new version."""
    rule = get_object_or_404(Rule, pk=pk)
    return _told(change_rule(rule=rule, changes=given.changes, seen=given.seen, by=_by(request)))


@router.post("/{pk}/switch", response=RuleOut, summary="Switch a rule on or off")
def switch(request: HttpRequest, pk: int, given: SwitchIn) -> Any:
    """Let a rule act from now on, or no more."""
    rule = get_object_or_404(Rule, pk=pk)
    return _told(switch_rule(rule=rule, is_active=given.is_active, by=_by(request)))


@router.post("/{pk}/restore/{number}", response=RuleOut, summary="Take an earlier version up again")
def restore(request: HttpRequest, pk: int, number: int) -> Any:
    """Let an earlier version count again, as a new one."""
    return _told(restore_rule(rule=get_object_or_404(Rule, pk=pk), number=number, by=_by(request)))


@router.post("/{pk}/take-back", response=TakenOut, summary="Take back what a rule made")
def take_back(request: HttpRequest, pk: int, given: SinceIn) -> Any:
    """Take back the records that the rule made since then and that nobody has worked on."""
    rule = get_object_or_404(Rule, pk=pk)
    return take_back_made(rule=rule, since=given.since, by=_by(request))
