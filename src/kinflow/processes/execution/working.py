"""An instance at work: what its tokens do in the world, and their rows before and after."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kinflow.automation.rules.running import HOPELESS
from kinflow.automation.steps import Doing
from kinflow.conditions import Context, holds
from kinflow.customers.activities.actions import cancel_activity, plan_activity
from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.eventlog import Actor, Event, record
from kinflow.eventlog.command import attempt
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import PAUSES
from kinflow.kit.problem import Conflict, Problem, Refused
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import UnitsUnder, actor_of_person
from kinflow.organisation.users.models import User

from ..designs.bindings import Automatic, Binding, Call, Decided, Happening, Holding, Results, Task, Timer
from ..designs.kept import NotFit, kept, plan_for
from ..designs.plans import Node
from .events import ProcessStepBegan, ProcessStepDone
from .models import ProcessInstance, ProcessToken
from .seen import record_of
from .outcomes import is_decided, keep_outcomes
from .stuck import ask_for_way, get_stuck
from .tokens import Marking, NoWay, Token
from .waits import drop_waits, moment_after, retry_at, wait_for, wait_until, waits_of

log = logging.getLogger(__name__)
_KEPT = ("node", "state", "flow", "scope", "activity_id", "attempts", "happened", "fault", "remedy")


class Working:
    """One instance, locked by its caller, while its tokens move; the world of `tokens.play`.

    `can_play` is False where tokens are only taken away, which works without what the version is bound to, too.
    """

    def __init__(
        self,
        instance: ProcessInstance,
        by: Actor,
        now: datetime,
        entry: Entry | None = None,
        *,
        can_play: bool = True,
    ) -> None:
        self.instance, self.by, self.now, self.entry = instance, by, now, entry
        self.plan = plan_for(instance.design_id, instance.number)
        self.bindings = _bindings(instance, can_play)
        self.rows = {t.number: t for t in instance.tokens.all()}
        self._before = {n: _content(row) for n, row in self.rows.items()}
        self.marking = Marking(
            {n: Token(n, t.node, t.state, t.flow, t.scope) for n, t in self.rows.items()}, instance.last_token
        )
        self.calls: dict[int, int] = {}
        """By token the designs to call, once the tokens stand."""
        self.calls_left: list[int] = []
        """The tokens whose calls are not waited for any more."""
        self._record: Any = None

    @property
    def record(self) -> Any:
        """What the instance is about, as it is now; None where it is gone."""
        if self._record is None:
            self._record = record_of(self.instance)
        return self._record

    @property
    def told(self) -> Any:
        """What events mention as the record; None where it is gone."""
        return self.record

    @cached_property
    def owner(self) -> Person:
        """The design's owner, whose permissions count."""
        return Person.objects.select_related("unit", "calendar").get(pk=self.instance.design.owner_id)

    @cached_property
    def language(self) -> str:
        """The language of the design's owner, in which tasks are called."""
        found = User.objects.filter(person_id=self.instance.design.owner_id).exclude(language="")
        return found.values_list("language", flat=True).first() or translation.get_language() or "en"

    def tell(self, event: type[Event], node: Node, **more: Any) -> None:
        """Record an event of a step."""
        told = {"step": node.name, "element": node.id, **more}
        record(event(processinstance=self.instance, record=self.told, **told))  # type: ignore[call-arg]

    # ---- the world of the tokens

    def begin(self, token: Token, node: Node) -> bool:
        """Begin an activity or a wait; whether it is done at once."""
        self.row(token)
        for event in waits_of(self.plan, node):
            self.subscribe(token, event)
        match node.kind:
            case "wait":
                self.tell(ProcessStepBegan, node)
                if self._holds(self.bindings.get(node.id)):
                    self.close(token, node)
                    return True
                self.subscribe(token, node)
            case "work":
                return self.work(token, node)
        return False

    def work(self, token: Token, node: Node) -> bool:
        """Do what a task is bound to; whether it is done at once."""
        binding = self.bindings.get(node.id, Task())
        if isinstance(binding, Automatic):
            return self._do(token, node, binding)
        self.tell(ProcessStepBegan, node)
        if isinstance(binding, Call):
            self.calls[token.number] = binding.design
        elif isinstance(binding, Task):
            self._give_task(token, node, binding)
        return False

    def leave(self, token: Token, node: Node) -> None:
        """A token is gone without having finished: what it waited for is taken back."""
        row = self.rows.get(token.number)
        drop_waits(self.instance, token.number, self.plan, node, has_failed=row is None or row.attempts > 0)
        if row is not None and row.activity_id:
            task = Activity.objects.filter(pk=row.activity_id, status__in=OPEN_STATUSES).first()
            row.activity_id = None
            if task is not None:
                cancel_activity(activity=task, reason=_("The process went on without it."), by=self.by)
                self._record = None
        if node.element.kind == "callActivity" and self.calls.pop(token.number, None) is None:
            self.calls_left.append(token.number)

    def choose(self, token: Token, node: Node) -> Sequence[str] | None:
        """The flows whose conditions hold; None where a person decides. Raises NoWay."""
        if len(node.out) == 1:
            return node.out
        default = node.element.default
        asked = [f for f in node.out if f != default and f in self.bindings]
        if not asked and not default and node.kind == "choose":
            self.row(token)
            self._ask_for_way(token, node)
            return None
        found = [f for f in asked if self._holds(self.bindings[f])] or ([default] if default else [])
        if not found:
            raise NoWay(node.id)
        return found

    # ---- what the world needs

    def row(self, token: Token) -> ProcessToken:
        """The row of a token, a new one where it has none."""
        if token.number not in self.rows:
            row = ProcessToken(instance=self.instance, number=token.number, since=self.now)
            self.rows[token.number] = row
        return self.rows[token.number]

    def close(self, token: Token, node: Node, result: str = "") -> None:
        """A step is done: nothing is waited for any more, and it is told."""
        drop_waits(self.instance, token.number, self.plan, node, has_failed=self.row(token).attempts > 0)
        self.tell(ProcessStepDone, node, result=result)

    def holds_at(self, node: str) -> bool:
        """Whether the condition that a node waits for holds."""
        return self._holds(self.bindings.get(node))

    def _context(self) -> Context:
        """What conditions are asked with: "me" is the design's owner."""
        return Context(self.now, timezone.get_current_timezone(), self.owner.pk, UnitsUnder(self.owner.unit))

    def _holds(self, binding: Binding | None) -> bool:
        match binding:
            case Results(results):
                return self.instance.last_result in results
            case Decided():
                return is_decided(self.instance, binding)
            case Holding(condition):
                return holds(condition, self.record, self._context())
        return False

    def subscribe(self, token: Token, node: Node, since: datetime | None = None) -> None:
        """Wait for what a node waits for, times counted from `since`, else from now."""
        match self.bindings.get(node.id):
            case Timer(duration, working_time):
                wait_until(self.instance, token.number, node, self._after(duration, working_time, since))
            case Happening() | Holding() as binding:
                wait_for(self.instance, token.number, node, binding)

    def _after(self, duration: Any, working_time: bool, since: datetime | None = None) -> datetime:
        return moment_after(since or self.now, duration, working_time, self.record, self.owner)

    def _give_task(self, token: Token, node: Node, task: Task) -> None:
        """Plan an activity for a person; who it is, the scoring finds, or it is the record's owner."""
        subject = task.subject.get(self.language) or next(iter(task.subject.values()), "") or node.name
        made = plan_activity(
            subject=subject,
            kind=task.kind,
            about=self.record if self.instance.about_kind != "activity" else None,
            due_at=self._after(task.due, task.working_time) if task.due else None,
            owner=getattr(self.record, "owner", None) if task.assign == "owner" else None,
            by=self.by,
        )
        self.row(token).activity_id = made.pk
        self._record = None  # what is planned can change it

    def _do(self, token: Token, node: Node, binding: Automatic) -> bool:
        """Do the steps, all or none; what fails is tried again after growing pauses, or left for a person."""
        try:
            with attempt():
                self._refuse_who_left()
                for planned in binding.steps:
                    doing = self._doing(token, planned.path)
                    keep_outcomes(self.instance, [planned.step.outcomes(doing)])
                    planned.step.run(doing)
                    self._record = None
        except Problem as problem:
            self._fail(token, node, problem)
            return False
        except Exception as error:
            log.exception("process %s failed at %s", self.instance.pk, node.id)
            self._fail(token, node, Conflict(f"{type(error).__name__}: {error}"))
            return False
        self.close(token, node)
        return True

    def _refuse_who_left(self) -> None:
        if self.owner.left_on is not None and self.owner.left_on <= self.now.date():
            raise Refused(
                _("%(who)s, who owns the design, has left.") % {"who": self.owner.name},
                remedy=_("Give the design another owner, then try again."),
            )

    def _doing(self, token: Token, path: str) -> Doing:
        return Doing(
            record=self.record,
            kind=self.instance.about_kind,
            entry=self.entry,
            event=dict(self.entry.data) if self.entry else {},
            rule=self.instance.design,
            by=self.by,
            owner=actor_of_person(self.owner),
            now=self.now,
            key=f"process:{self.instance.pk}:{token.number}:{path}",
            context=self._context(),
        )

    def _fail(self, token: Token, node: Node, problem: Problem) -> None:
        row = self.row(token)
        row.attempts += 1
        row.fault, row.remedy = str(problem)[:500], str(problem.remedy)[:500]
        if row.attempts <= len(PAUSES) and not isinstance(problem, HOPELESS):
            retry_at(self.instance, token.number, self.now + PAUSES[row.attempts - 1])
            return
        about = self.record if self.record is not None else self.instance
        get_stuck(self.instance, about=about, step=node.name, fault=row.fault, now=self.now, by=self.by)

    def _ask_for_way(self, token: Token, node: Node) -> None:
        """Tell who has the record, else the design's owner, that the process waits for a decision."""
        self.tell(ProcessStepBegan, node)
        ask_for_way(
            self.instance, token.number, node.element.name, self.record, self.owner, self.now, self.by
        )

    def keep(self) -> None:
        """Write the tokens as they stand now; rows that are as they were are left alone."""
        standing = self.marking.tokens
        gone = [row.pk for number, row in self.rows.items() if row.pk and number not in standing]
        if gone:
            ProcessToken.objects.filter(pk__in=gone).delete()
        new: list[ProcessToken] = []
        changed: list[ProcessToken] = []
        for number, token in standing.items():
            row = self.row(token)
            row.node, row.state, row.flow, row.scope = token.node, token.state, token.flow, token.scope
            if row.pk is None:
                new.append(row)
            elif _content(row) != self._before[number]:
                changed.append(row)
        ProcessToken.objects.bulk_create(new)
        ProcessToken.objects.bulk_update(changed, _KEPT)
        self.instance.last_token = self.marking.last


def _bindings(instance: ProcessInstance, can_play: bool) -> Mapping[str, Binding]:
    """What the version is bound to; none where that is gone and tokens are only taken away. Raises NotFit."""
    try:
        return kept(instance.design_id, instance.number).bindings
    except NotFit:
        if can_play:
            raise
        return {}


def _content(row: ProcessToken) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _KEPT)
