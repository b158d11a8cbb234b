"""Asking for approval: the run waits, and goes one of three ways."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.conditions.expressions import ExpressionError
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person

from ..approvals.asking import ask, causer_of, fitting, hand_on, readers_of, time_out
from ..approvals.models import OPEN, STATES, Approval
from ..bilingual import in_active_language
from ..messages.filling import as_told, check_template, fill
from ..parameters import parameter
from ..rules.models import RuleRun
from ..rules.triggers import WORKED, Trigger, held_words
from ..rules.working_time import due_after
from .step import Doing, Done, Step, step
from .tell import LEAD, NAMED, RECEIVERS, RULE_OWNER

ASKED = [pair for pair in RECEIVERS if pair[0] in (LEAD, RULE_OWNER, NAMED)]


@step
@dataclass(frozen=True)
class AskForApproval(Step):
    """Ask somebody, and go on by their answer."""

    name = "ask_for_approval"
    label = gettext_lazy("Ask for approval")
    help = gettext_lazy(
        "The run waits for the answer. Who caused it does not answer themselves: then whom they report to is asked."
    )

    to: str = parameter(gettext_lazy("Whom"), LEAD, choices=ASKED)
    person: int | None = parameter(gettext_lazy("Person"), None, kind="person")
    question: Any = parameter(gettext_lazy("Question"), "", kind="template")
    within: Any = parameter(gettext_lazy("Time to answer"), {}, kind="duration")
    working_time: bool = parameter(gettext_lazy("Count working time"), False)
    approved: Any = parameter(gettext_lazy("If approved"), [], kind="steps")
    refused: Any = parameter(gettext_lazy("If refused"), [], kind="steps")
    unanswered: Any = parameter(gettext_lazy("If there is no answer in time"), [], kind="steps")

    def check(self, kind: str) -> list[FieldError]:
        """Nobody named, no question, nothing that follows, steps that can never come."""
        errors = []
        if self.to == NAMED and self.person is None:
            errors.append(FieldError("/person", _("Say who is to be asked.")))
        if not in_active_language(self.question).strip():
            errors.append(FieldError("/question", _("Write the question.")))
        else:
            errors += check_template(self.question, kind, "/question")
        limited = bool(self.within and self.within["amount"])
        if self.working_time and limited and self.within["unit"] not in WORKED:
            errors.append(FieldError("/within", _("Working time is counted in minutes, hours or days.")))
        if self.unanswered and not limited:
            told = _("Give a time to answer: without one these steps never come.")
            errors.append(FieldError("/within", told))
        if not (self.approved or self.refused or self.unanswered):
            errors.append(FieldError("/approved", _("Add at least one step to one of the ways.")))
        return errors

    def words(self, kind: str) -> str:
        """Ask whom its owner reports to “…”."""
        told = {"whom": self._whom(), "what": as_told(self.question, kind)}
        if not self.within:
            return _("ask %(whom)s for approval: “%(what)s”") % told
        told["time"] = held_words(self.within)
        return _("ask %(whom)s for approval, within %(time)s: “%(what)s”") % told

    def would(self, doing: Doing) -> str:
        """Who would be asked."""
        found = self._fitting(doing)
        return _("Would ask %(name)s: %(what)s") % {
            "name": found.name,
            "what": in_active_language(self._filled(doing, found)),
        }

    def run(self, doing: Doing) -> Done:
        """Ask; when the run comes back, go on by the answer. Raises Conflict where there is nobody to ask."""
        known = Approval.objects.select_for_update(of=("self",)).select_related(
            "person", "answered_by", "caused_by", "run__rule"
        )
        approval = known.filter(key=doing.key).first()
        if approval is None:
            approval = self._ask(doing)
        elif approval.state == OPEN and approval.due_at is not None and approval.due_at <= doing.now:
            time_out(approval, doing.record, doing.rule, doing.now)
        elif approval.state == OPEN and approval.person.left_on is not None:
            self._hand_on(doing, approval)
        if approval.state != OPEN:
            return Done(_answer_words(approval), enters=approval.state)
        told = {"name": approval.person.name, "at": _shown(approval.due_at)}
        words = _("Asked %(name)s, until %(at)s") if approval.due_at else _("Asked %(name)s")
        waits_for = f"approval {approval.pk}"
        return Done(words % told, until=approval.due_at, waits_for=waits_for, stays=True)

    def _ask(self, doing: Doing) -> Approval:
        found = self._fitting(doing)
        return ask(
            key=doing.key,
            run=RuleRun.objects.get(pk=doing.run_id),
            rule=doing.rule,
            about=doing.record,
            person=found,
            causer=causer_of(doing.entry),
            question=self._filled(doing, found),
            due_at=self._due(doing),
            now=doing.now,
            by=doing.by,
        )

    def _hand_on(self, doing: Doing, approval: Approval) -> None:
        """Ask the next in line, at last the rule's owner; without anybody, administrators answer."""
        for one in (approval.person, doing.rule.owner):
            found = fitting(one, approval.caused_by, doing.record)
            if found is not None:
                question = self._filled(doing, found)
                hand_on(approval, doing.record, found, question=question, now=doing.now, by=doing.by)
                return

    def _due(self, doing: Doing) -> datetime | None:
        if not self.within or not self.within["amount"]:
            return None
        trigger = Trigger("state", held=self.within, calendar="owner" if self.working_time else "")
        owner = Person.objects.select_related("calendar").get(pk=doing.rule.owner_id)
        return due_after(doing.now, trigger, doing.record, owner)

    def _filled(self, doing: Doing, person: Person) -> dict[str, str]:
        try:
            return fill(
                self.question,
                kind=doing.kind,
                record=doing.record,
                context=doing.context,
                event=doing.event,
                rule=doing.rule,
                readers=[doing.owner, *readers_of(person)],
            )
        except ExpressionError as refused:
            raise Invalid(str(refused.message), remedy=refused.remedy) from None

    def _fitting(self, doing: Doing) -> Person:
        found = fitting(self._wanted(doing), causer_of(doing.entry), doing.record)
        if found is None:
            raise Conflict(
                _("There is nobody to ask who may see the record and did not cause this themselves."),
                remedy=_("Give the record an owner who reports to somebody, or name somebody to ask."),
            )
        return found

    def _wanted(self, doing: Doing) -> Person | None:
        if self.to == LEAD:
            owner: Person | None = getattr(doing.record, "owner", None)
            return owner.reports_to if owner else None
        pk = doing.owner.person_id if self.to == RULE_OWNER else self.person
        return Person.objects.filter(pk=pk or 0).first()

    def _whom(self) -> str:
        if self.to != NAMED:
            return str(dict(RECEIVERS)[self.to])
        found = Person.objects.filter(pk=self.person or 0).first()
        return found.name if found else f"#{self.person}"


def _answer_words(approval: Approval) -> str:
    state = dict(STATES)[approval.state]
    if approval.answered_by is None:
        return str(state)
    return _("%(name)s: %(answer)s") % {"name": approval.answered_by.name, "answer": state}


def _shown(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""
