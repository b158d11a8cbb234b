"""Telling people: words with fields of the record, to its owner or others, by the ways each of them chose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.conditions.expressions import ExpressionError
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see

from ..bilingual import in_active_language
from ..messages.filling import as_told, check_template, fill
from ..messages.kinds import URGENCIES
from ..messages.models import MessageTemplate
from ..messages.sending import send
from ..parameters import parameter
from .step import Doing, Done, Step, step

OWNER, LEAD, RULE_OWNER, NAMED = "owner", "lead", "rule_owner", "person"
RECEIVERS = [
    (OWNER, gettext_lazy("whoever owns it")),
    (LEAD, gettext_lazy("whom its owner reports to")),
    (RULE_OWNER, gettext_lazy("the rule’s owner")),
    (NAMED, gettext_lazy("somebody named")),
]
HERE = "0"
SECONDS = {"minutes": 60, "hours": 3600, "days": 86_400, "weeks": 604_800}


def templates() -> list[tuple[str, Any]]:
    """The templates to choose from; the first choice is to write the words into the step."""
    rows = MessageTemplate.objects.filter(is_active=True)
    return [(HERE, _("words of its own")), *((str(row.pk), row.name) for row in rows)]


@step
@dataclass(frozen=True)
class Tell(Step):
    """Tell people something about the record, once for each cause."""

    name = "tell"
    label = gettext_lazy("Tell somebody")
    help = gettext_lazy(
        "In Kinflow, and by e-mail or chat as each person chose. Fields stand in braces: {record.account.name}."
    )

    to: str = parameter(gettext_lazy("Whom"), OWNER, choices=RECEIVERS)
    person: int | None = parameter(gettext_lazy("Person"), None, kind="person")
    template: str = parameter(gettext_lazy("Template"), HERE, choices=templates)
    subject: Any = parameter(gettext_lazy("Subject"), "", kind="template")
    text: Any = parameter(gettext_lazy("Text"), "", kind="template")
    urgency: str = parameter(gettext_lazy("How urgent"), "normal", choices=URGENCIES)
    escalate_after: Any = parameter(gettext_lazy("If nobody reads it within"), {}, kind="duration")
    escalate_to: int | None = parameter(gettext_lazy("Tell then"), None, kind="person")

    def check(self, kind: str) -> list[FieldError]:
        """Nobody named, no words, fields that records of the kind do not have."""
        errors = []
        if self.to == NAMED and self.person is None:
            errors.append(FieldError("/person", _("Say who is to be told.")))
        if self.template != HERE:
            row = MessageTemplate.objects.filter(pk=self.template).first()
            if row is None or row.kind != kind:
                errors.append(FieldError("/template", _("This template is about another kind of record.")))
        elif not in_active_language(self.subject).strip():
            errors.append(FieldError("/subject", _("A message needs a subject.")))
        else:
            errors += check_template(self.subject, kind, "/subject")
            errors += check_template(self.text, kind, "/text")
        if self.escalate_after and self.escalate_after["unit"] not in SECONDS:
            told = _("Give a time to read in minutes, hours, days or weeks.")
            errors.append(FieldError("/escalate_after", told))
        return errors

    def words(self, kind: str) -> str:
        """Tell whoever owns it “…”."""
        told = {"whom": self._whom(), "what": as_told(self._said()[0], kind)}
        return _("tell %(whom)s “%(what)s”") % told

    def would(self, doing: Doing) -> str:
        """Who would be told what."""
        people, _blind = self._people(doing)
        if not people:
            return _("Would tell nobody: there is nobody to tell, or they may not see the record.")
        subject, _text, _missing = self._filled(doing, people)
        names = _(", ").join(person.name for person in people)
        return _("Would tell %(names)s: %(what)s") % {"names": names, "what": in_active_language(subject)}

    def run(self, doing: Doing) -> Done:
        """Tell them. Raises Conflict where there is nobody to tell, Invalid where the words cannot be filled in."""
        people, blind = self._people(doing)
        if not people:
            raise Conflict(
                _("There is nobody to tell, or they may not see the record."),
                remedy=_("Give the record an owner, or name somebody to tell."),
            )
        subject, text, missing = self._filled(doing, people)
        after = self.escalate_after
        span = timedelta(seconds=after["amount"] * SECONDS[after["unit"]]) if after else None
        made = send(
            key=doing.key,
            to=people,
            subject=subject,
            text=text,
            about=doing.record,
            urgency=self.urgency,
            escalate_after=span,
            escalate_to=self._escalated_to(),
            now=doing.now,
            by=doing.by,
        )
        told = [_("Told %(names)s") % {"names": _(", ").join(m.person.name for m in made)}] if made else []
        if missing:
            told.append(_("without a value: %(fields)s") % {"fields": ", ".join(missing)})
        if blind:
            told.append(_("not told, because they may not see it: %(names)s") % {"names": ", ".join(blind)})
        return Done("; ".join(told or [_("They were told already")]))

    def _escalated_to(self) -> Person | None:
        return Person.objects.filter(pk=self.escalate_to or 0).first()

    def _whom(self) -> str:
        if self.to != NAMED:
            return str(dict(RECEIVERS)[self.to])
        found = Person.objects.filter(pk=self.person or 0).first()
        return found.name if found else f"#{self.person}"

    def _said(self) -> tuple[Any, Any]:
        if self.template == HERE:
            return self.subject, self.text
        row = MessageTemplate.objects.filter(pk=self.template).first()
        return (row.subject, row.text) if row else ("–", "")

    def _filled(
        self, doing: Doing, people: Collection[Person]
    ) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """The words for these people, and for whoever is told where they do not read it; the rule's owner writes them."""
        missing: list[str] = []
        later = self._escalated_to()
        readers = [*people, *(later or person.reports_to for person in people if self.escalate_after)]
        given = {
            "kind": doing.kind,
            "record": doing.record,
            "context": doing.context,
            "event": doing.event,
            "rule": doing.rule,
            "readers": [doing.owner, *(actor_of_person(person) for person in readers if person is not None)],
        }
        subject, text = self._said()
        try:
            told = fill(subject, missing=missing, **given)
            return told, fill(text, missing=missing, **given), missing
        except ExpressionError as refused:
            raise Invalid(str(refused.message), remedy=refused.remedy) from None

    def _people(self, doing: Doing) -> tuple[list[Person], list[str]]:
        """Who is to be told, and the names of those who may not see the record."""
        found = [person for person in (self._one(doing),) if person is not None and person.left_on is None]
        seeing = [person for person in found if may_see(actor_of_person(person), doing.record)]
        return seeing, [person.name for person in found if person not in seeing]

    def _one(self, doing: Doing) -> Person | None:
        owner: Person | None = getattr(doing.record, "owner", None)
        if self.to == OWNER:
            return owner
        if self.to == LEAD:
            return owner.reports_to if owner else None
        pk = doing.owner.person_id if self.to == RULE_OWNER else self.person
        return Person.objects.filter(pk=pk or 0).first()
