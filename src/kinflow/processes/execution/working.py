"""An instance at work: what its tokens do in the world, and their rows before and after."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from kinflow.automation.rules.running import HOPELESS
from kinflow.automation.said import kept, kept_fault, said
from kinflow.automation.steps import Doing
from kinflow.conditions import Context
from kinflow.conditions.expressions import Expression, ExpressionError, evaluate
from kinflow.conditions.memory import predicate
from kinflow.customers.activities.actions import cancel_activity, plan_activity
from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.eventlog import Event, record
from kinflow.eventlog.command import attempt
from kinflow.eventlog.readers import PAUSES
from kinflow.kit.problem import Conflict, Problem, Refused
from kinflow.organisation.users.actors import UnitsUnder, actor_of_person

from ..designs.bindings import Automatic, Binding, Call, Decided, Happening, Holding, Results, Task, Timer
from ..designs.plans import Node
from ..designs.repeating import MOST_TIMES
from .events import ProcessStepBegan, ProcessStepDone
from .gathering import gate_of
from .held import Held
from .marking import NoWay, Token, WrongTimes
from .models import CONDITION, EVENT, TOGETHER, ProcessInstance
from .outcomes import is_decided, keep_outcomes
from .scope_events import ProcessEventCaught, ProcessStepUndone
from .stuck import ask_for_way, get_stuck
from .waits import RETRY, key_of, moment_after, waits_of

log = logging.getLogger(__name__)
WITHOUT_IT = gettext_noop("The process went on without it.")


class Working(Held):
    """An instance while its tokens move: the world of `tokens.play`."""

    def tell(self, event: type[Event], node: Node, **more: Any) -> None:
        """Record an event of a step."""
        told = {"step": node.name, "element": node.id, **more}
        record(event(processinstance=self.instance, record=self.told, **told))  # type: ignore[call-arg]

    # ---- the world of the tokens

    def begin(self, token: Token, node: Node) -> bool:
        """Begin an activity or a wait; whether it is done at once."""
        self.row(token)
        if self.marking.whole_of(token) is None:
            self._watch_border(token, node)
        match node.kind:
            case "wait":
                self.tell(ProcessStepBegan, node)
                if self.is_so(self.bindings.get(node.id)):
                    self.close(token, node)
                    return True
                self.subscribe(token, node)
            case "work":
                return self.work(token, node)
            case "listen":
                if self.is_so(self.bindings.get(node.id)):
                    self.close(token, node)
                    return True
                self.subscribe(token, node)
        return False

    def caught(self, start: Node, begun: Node, ended: Sequence[Node]) -> None:
        """Tell that an event sub-process began, and what it ended."""
        names = tuple(node.name for node in ended)
        self.tell(ProcessEventCaught, begun, happened=start.name, ended=names)

    def begin_several(self, token: Token, node: Node) -> int:
        """Begin an activity that is done several times: how often. Raises WrongTimes."""
        self.row(token)
        self._watch_border(token, node)
        often = self.repeats[node.id].times
        times = Decimal(MOST_TIMES) if often is None else self._counted(node.id, often, token)
        if not isinstance(times, Decimal) or times != int(times):
            raise WrongTimes(node.id, MOST_TIMES)
        return int(times)

    def is_enough(self, token: Token, node: Node) -> bool:
        """Whether what is done several times has been done often enough, or a loop is not to go on."""
        repeated = self.repeats[node.id]
        if repeated.again is not None:
            return self._counted(node.id, repeated.again, token) is not True
        return repeated.until is not None and self._counted(node.id, repeated.until, token) is True

    def _counted(self, node: str, expression: Expression, token: Token) -> Any:
        """What an expression comes to, for which an activity's times are an event. Raises WrongTimes."""
        told = {"times": token.times, "done": token.done, "result": self.instance.results.get(node, "")}
        try:
            return evaluate(expression, record=self.record, event=told, context=self._context())
        except ExpressionError:
            raise WrongTimes(node, MOST_TIMES) from None

    def _watch_border(self, token: Token, node: Node) -> None:
        for event in waits_of(self.plan, node):
            self.subscribe(token, event)

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
        row = self.row(token)
        self.drop_waits(token, node)
        if row.activity_id:
            task = Activity.objects.filter(pk=row.activity_id, status__in=OPEN_STATUSES).first()
            row.activity_id = None
            if task is not None:
                self.around.reach()
                cancel_activity(activity=task, reason=kept(said(WITHOUT_IT)), by=self.by)
                self.around.forget_records()
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
        found = [f for f in asked if self.is_so(self.bindings[f])] or ([default] if default else [])
        if not found:
            raise NoWay(node.id)
        return found

    def undoes(self, handler: Node, step: Node, because: Node) -> None:
        """Tell what is undone, by what, and why."""
        self.tell(ProcessStepUndone, handler, undone=step.name, because=because.name)

    # ---- what the world needs

    def close(self, token: Token, node: Node, result: str = "") -> None:
        """A step is done: nothing is waited for any more, and it is told."""
        if not node.listens_on:
            self.drop_waits(token, node)
        self.tell(ProcessStepDone, node, result=result)

    def holds_at(self, node: str) -> bool:
        """Whether the condition that a node waits for holds."""
        return self.is_so(self.bindings.get(node))

    def _context(self) -> Context:
        """What conditions are asked with: "me" is the design's owner."""
        return Context(self.now, timezone.get_current_timezone(), self.owner.pk, UnitsUnder(self.owner.unit))

    def is_so(self, binding: Binding | None) -> bool:
        """Whether a condition holds, or a result is one of these."""
        return self.asked_of(binding)(self.instance, self.record if isinstance(binding, Holding) else None)

    def asked_of(self, binding: Binding | None) -> Callable[[ProcessInstance, Any], bool]:
        """The same as a question to any instance of this design's, with its record."""
        match binding:
            case Results(results, of):
                return lambda instance, _record: instance.results.get(of, instance.last_result) in results
            case Decided():
                return lambda instance, _record: is_decided(instance, binding)
            case Holding(condition):
                holds = predicate(condition, self._context())
                return lambda _instance, record: holds(record)
        return lambda _instance, _record: False

    def subscribe(self, token: Token, node: Node, since: datetime | None = None) -> None:
        """Wait for what a node waits for, times counted from `since`, else from now."""
        here = (token.number, node.id)
        match self.bindings.get(node.id):
            case Timer() as timer:
                self.start_timer(*here, self.end_of(timer, since))
                if timer.together > 1:
                    self.waits[here] = (TOGETHER, gate_of(node.id, timer.together))
            case Happening(event):
                self.waits[here] = (EVENT, event)
            case Holding():
                self.waits[here] = (CONDITION, "")

    def end_of(self, timer: Timer, since: datetime | None = None) -> datetime:
        """When a time is up that begins then, or now."""
        return self._after(timer.duration, timer.working_time, since)

    def _after(self, duration: Any, working_time: bool, since: datetime | None = None) -> datetime:
        return moment_after(since or self.now, duration, working_time, self.record, self.owner)

    def _give_task(self, token: Token, node: Node, task: Task) -> None:
        """Plan an activity for a person; who it is, the scoring finds, or it is the record's owner."""
        subjects = task.subject if any(task.subject.values()) else dict(node.element.names)
        self.around.reach()
        made = plan_activity(
            subject=subjects.get(self.language) or next(filter(None, subjects.values()), "") or node.name,
            subjects=subjects,
            kind=task.kind,
            about=self.record if self.instance.about_kind != "activity" else None,
            due_at=self._after(task.due, task.working_time) if task.due else None,
            owner=getattr(self.record, "owner", None) if task.assign == "owner" else None,
            by=self.by,
        )
        self.row(token).activity_id = made.pk
        self.around.forget_records()  # what is planned can change it

    def _do(self, token: Token, node: Node, binding: Automatic) -> bool:
        """Do the steps, all or none; what fails is tried again after growing pauses, or left for a person."""
        self.around.reach()
        try:
            with attempt():
                self._run(token, binding)
        except Problem as problem:
            self._fail(token, node, problem, lambda: self._run_again(token, binding))
            return False
        except Exception as error:
            log.exception("process %s failed at %s", self.instance.pk, node.id)
            self._fail(token, node, Conflict(f"{type(error).__name__}: {error}"))
            return False
        self.close(token, node)
        return True

    def _run(self, token: Token, binding: Automatic) -> None:
        self._refuse_who_left()
        for planned in binding.steps:
            doing = self._doing(token, planned.path)
            keep_outcomes(self.instance, [planned.step.outcomes(doing)])
            planned.step.run(doing)
            self.around.forget_records()
            self.around.forget_beside()

    def _run_again(self, token: Token, binding: Automatic) -> None:
        """Do what failed once more, to hear it in another language: the caller undoes all but what is in memory."""
        results = self.instance.results
        self.around.forget_records()
        try:
            self._run(token, binding)
        finally:
            self.instance.results = results
            self.around.forget_records()
            self.around.forget_beside()

    def _refuse_who_left(self) -> None:
        if self.owner.left_on is not None and self.owner.left_on <= self.now.date():
            raise Refused(
                said(gettext_noop("%(who)s, who owns the design, has left."), who=self.owner.name),
                remedy=said(gettext_noop("Give the design another owner, then try again.")),
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

    def _fail(
        self, token: Token, node: Node, problem: Problem, again: Callable[[], Any] | None = None
    ) -> None:
        row = self.row(token)
        row.attempts += 1
        row.fault, row.remedy = kept_fault(problem, again)
        if row.attempts <= len(PAUSES) and not isinstance(problem, HOPELESS):
            payload = {"instance": self.instance.pk, "token": token.number}
            at = self.now + PAUSES[row.attempts - 1]
            self.moments[RETRY, key_of(self.instance, token.number)] = (at, payload)
            return
        self.around.reach()
        get_stuck(
            self.instance,
            about=self.record if self.record is not None else self.instance,
            last=self.marking.last,
            step=node.name,
            fault=row.fault,
            now=self.now,
            by=self.by,
        )

    def _ask_for_way(self, token: Token, node: Node) -> None:
        """Tell who has the record, else the design's owner, that the process waits for a decision."""
        self.tell(ProcessStepBegan, node)
        self.around.reach()
        ask_for_way(
            self.instance, token.number, node.element.name, self.record, self.owner, self.now, self.by
        )
