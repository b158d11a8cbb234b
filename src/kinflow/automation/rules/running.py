"""A run goes through its steps: each step's effects and the run's progress are kept together, or not at all."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kinflow.eventlog import Actor, action, record
from kinflow.eventlog.command import Row, attempt, running
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import PAUSES
from kinflow.kit.problem import Conflict, Invalid, NotFound, Problem, Refused
from kinflow.records.faces import registry

from ..bilingual import in_all_languages
from ..clock import at_moment, set_moment
from ..messages.sending import send
from ..said import kept_fault, said, told
from ..steps import Doing, Done
from .drafts import draft_of
from .events import RuleFailed
from .live import Live, rule_actor
from .models import DONE, RESTING, RETRYING, RUNNING, WAITING, RuleMade, RuleRun
from .owners import Owner, owner_at
from .plans import Planned, behind, first_in, step_at

log = logging.getLogger(__name__)
GO_ON, BEGIN = "automation.rule_run", "automation.rule_runs"
HOPELESS = (Refused, Invalid, NotFound)
"""What no waiting mends: somebody has to change something first."""
MOST_AT_ONCE = 100
GONE = gettext_noop("The record this was about is gone.")
NOTHING_LEFT = gettext_noop("There is nothing left to do: put it aside.")
OWNER_LEFT = gettext_noop("%(who)s, who owns the rule, has left.")
ANOTHER_OWNER = gettext_noop("Give the rule another owner, then try again.")


@at_moment(GO_ON)
def go_on(payload: Any, now: datetime) -> None:
    """A run that waited, or that failed and is tried again, goes on."""
    run = RuleRun.objects.select_related("rule").filter(pk=payload["run"]).first()
    if run is not None:
        advance_run(run_id=run.pk, now=now, by=actor_for(run))


def go_on_at(run_id: int, at: datetime) -> None:
    """Have a run go on at the time, however long it would have waited."""
    set_moment(GO_ON, str(run_id), at, {"run": run_id})


def hand_over(kind: str, pk: int, now: datetime) -> None:
    """Leave the runs that began for a record to whichever worker is free."""
    set_moment(BEGIN, f"{kind}:{pk}", now, {"kind": kind, "record": pk})


@at_moment(BEGIN)
def begin_runs(payload: Any, now: datetime) -> None:
    """The runs that began for a record go, in the order of their causes; each as far as it comes."""
    rows = RuleRun.objects.filter(kind=payload["kind"], object_id=payload["record"], state=RUNNING)
    for run in rows.select_related("rule").order_by("pk"):
        advance_run(run_id=run.pk, now=now, by=actor_for(run))


def actor_for(run: RuleRun) -> Actor:
    """The rule as who acts in a run, because of what caused it."""
    by, entry = rule_actor(run.rule, run.number), entry_of(run)
    return by.because_of(entry.pk, entry.depth) if entry else by


def entry_of(run: RuleRun) -> Entry | None:
    """What caused the run; None where time did."""
    return Entry.objects.filter(pk=run.entry_id).first() if run.entry_id else None


@action
def advance_run(*, run_id: int, now: datetime, by: Actor) -> None:
    """Do the steps of a run until it waits, fails, or is done."""
    run = RuleRun.objects.select_for_update(of=("self",)).select_related("rule").get(pk=run_id)
    if run.state in (RUNNING, WAITING, RETRYING):
        _advance(run, entry_of(run), now, owner_at(run.rule.owner_id))


@action
def begin_run(
    *, run: RuleRun, row: Any, owner: Owner | None, entry: Entry | None, now: datetime, by: Actor
) -> frozenset[Row]:
    """Do the steps of a run that was made in this transaction, so that nobody else has it; the rows that were changed.

    `row` is the record it is about, and `owner` the rule's, where they were read just now.
    """
    _advance(run, entry, now, owner or owner_at(run.rule.owner_id), row)
    command = running()
    return frozenset(command.changed) if command else frozenset()


def _advance(run: RuleRun, entry: Entry | None, now: datetime, owner: Owner, row: Any = None) -> None:
    run.rule.owner = owner.person
    # The log of a run is written in the language of the rule's owner.
    with translation.override(owner.language or translation.get_language() or "en"):
        _go(run, entry, now, owner, row)
    run.moved_at = now
    run.save()


def _go(run: RuleRun, entry: Entry | None, now: datetime, owner: Owner, row: Any) -> None:
    run.state, run.waits_for = RUNNING, ""
    for _turn in range(MOST_AT_ONCE):
        try:
            doing, planned = _next(run, entry, now, owner, row)
        except Problem as problem:
            _fail(run, problem, "", now)
            return
        if planned is None:
            run.state, run.at = DONE, ""
            return
        try:
            with attempt():
                done = planned.step.run(doing)
                _keep_made(run, doing, done)
        except Problem as problem:
            _fail(run, problem, planned.step.name, now, partial(planned.step.run, doing))
            return
        except Exception as error:
            log.exception("rule %s failed at step %s", run.rule_id, run.at)
            _fail(run, Conflict(f"{type(error).__name__}: {error}"), planned.step.name, now)
            return
        row = None  # what the step may have changed is read again
        _note(run, planned, done, now)
        run.attempts = 0
        plan = draft_of(run.rule_id, run.number).steps
        if not done.stays:
            run.at = first_in(planned, done.enters, plan) if done.enters else behind(plan, planned.path)
        if done.until is not None or done.waits_for:
            run.state, run.waits_for = WAITING, done.waits_for[:80]
            if done.until is not None:
                go_on_at(run.pk, done.until)
            return
        if not run.at:
            run.state = DONE
            return


def _next(
    run: RuleRun, entry: Entry | None, now: datetime, owner: Owner, row: Any
) -> tuple[Doing, Planned | None]:
    """What is done next, and with what; `row` is the record where it was read just now.

    Raises NotFound where the record is gone, Refused where the owner has left.
    """
    row = row or registry[run.kind].model._default_manager.filter(pk=run.object_id).first()
    if row is None:
        raise NotFound(said(GONE), remedy=said(NOTHING_LEFT))
    person = owner.person
    if person.left_on is not None and person.left_on <= now.date():
        raise Refused(said(OWNER_LEFT, who=person.name), remedy=said(ANOTHER_OWNER))
    draft = draft_of(run.rule_id, run.number)
    by = rule_actor(run.rule, run.number)
    doing = Doing(
        record=row,
        kind=run.kind,
        entry=entry,
        event=dict(entry.data) if entry else {},
        rule=run.rule,
        by=by.because_of(entry.pk, entry.depth) if entry else by,
        owner=owner.actor,
        now=now,
        key=f"rule:{run.rule_id}:{run.pk}:{run.at}",
        context=Live(run.rule, draft, person).context(now),
        run_id=run.pk,
    )
    return doing, step_at(draft.steps, run.at)


def _keep_made(run: RuleRun, doing: Doing, done: Done) -> None:
    if done.made:
        for at, row in enumerate(done.records):
            RuleMade.objects.create(
                run=run,
                rule_id=run.rule_id,
                key=f"{doing.key}:{at}",
                kind=str(row._meta.model_name),
                object_id=row.pk,
                made_at=doing.now,
            )


def _note(run: RuleRun, planned: Planned, done: Done, now: datetime) -> None:
    run.log.append(
        {
            "path": planned.path,
            "step": planned.step.name,
            "outcome": "waits" if done.until or done.waits_for else "done",
            "words": done.words[:500],
            "at": now.isoformat(),
            "until": done.until.isoformat() if done.until else "",
            "records": [[str(r._meta.model_name), r.pk] for r in done.records],
        }
    )


def _fail(
    run: RuleRun, problem: Problem, step: str, now: datetime, again: Callable[[], Any] | None = None
) -> None:
    """Write the failure down; try again later, or let the run rest and tell the rule's owner."""
    run.attempts += 1
    fault, remedy = kept_fault(problem, again)
    pause = PAUSES[run.attempts - 1] if run.attempts <= len(PAUSES) else None
    if isinstance(problem, HOPELESS):
        pause = None
    run.log.append(
        {
            "path": run.at,
            "step": step,
            "outcome": "failed",
            "words": fault,
            "remedy": remedy,
            "at": now.isoformat(),
            "until": (now + pause).isoformat() if pause else "",
        }
    )
    run.state = RETRYING if pause else RESTING
    if pause:
        go_on_at(run.pk, now + pause)
        return
    row = registry[run.kind].model._default_manager.filter(pk=run.object_id).first()
    about = {"record": row} if row is not None else {"record": run.rule}
    record(RuleFailed(rule=run.rule, person=run.rule.owner, fault=fault, **about))
    send(
        key=f"rule_failed:{run.pk}:{len(run.log)}",
        to=[run.rule.owner],
        subject=in_all_languages(
            lambda: _("Rule %(rule)s needs you: a run failed") % {"rule": run.rule.name}
        ),
        text=in_all_languages(lambda: told(fault)),
        about=row,
        now=now,
        by=actor_for(run),
    )
