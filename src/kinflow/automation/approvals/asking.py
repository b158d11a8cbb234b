"""Asking, and what becomes of a question that nobody answered: parts of the run that waits for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, record
from kinflow.eventlog.models import Entry
from kinflow.organisation.people.models import Person
from kinflow.organisation.people.queries import superiors_of
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see

from ..bilingual import in_all_languages
from ..messages.sending import send
from ..rules.models import Rule, RuleRun
from .events import ApprovalAsked, ApprovalHandedOn, ApprovalTimedOut
from .models import UNANSWERED, Approval


def causer_of(entry: Entry | None) -> Person | None:
    """Whoever did what caused the run: it is not for them to approve it."""
    if entry is None or entry.actor_kind != "person" or not entry.actor_id.isdecimal():
        return None
    return Person.objects.filter(pk=int(entry.actor_id)).first()


def fitting(person: Person | None, causer: Person | None, about: Model) -> Person | None:
    """The person, or the nearest of those they report to, who works here, did not cause it and may see the record."""
    if person is None:
        return None
    line = superiors_of(person)
    people = Person.objects.select_related("unit").in_bulk(line)
    for one in (people[pk] for pk in line):
        if one.left_on is None and one != causer and may_see(actor_of_person(one), about):
            return one
    return None


def ask(
    *,
    key: str,
    run: RuleRun,
    rule: Rule,
    about: Model,
    person: Person,
    causer: Person | None,
    question: Mapping[str, str],
    due_at: datetime | None,
    now: datetime,
    by: Actor,
) -> Approval:
    """Ask the person for a run of a rule, and tell them by the ways they chose."""
    asked: dict[str, Any] = {"about": about, "person": person, "causer": causer, "question": question}
    approval = put_question(key=key, run=run, due_at=due_at, now=now, by=by, **asked)
    told = due_at.isoformat() if due_at else ""
    record(ApprovalAsked(record=about, person=person, rule=rule, due_at=told))
    return approval


def put_question(
    *,
    key: str,
    run: RuleRun | None = None,
    use: Any = None,
    about: Model,
    person: Person,
    causer: Person | None,
    question: Mapping[str, str],
    due_at: datetime | None,
    now: datetime,
    by: Actor,
) -> Approval:
    """A question of a run, or of a policy (`use`), which the person is told; the caller records it."""
    approval = Approval.objects.create(
        key=key,
        run=run,
        use=use,
        kind=str(about._meta.model_name),
        object_id=about.pk,
        question=dict(question),
        person=person,
        caused_by=causer,
        asked_at=now,
        due_at=due_at,
    )
    _tell(approval, about, by, now)
    return approval


def readers_of(person: Person) -> list[Actor]:
    """Who reads what the person is asked: they, and those they report to, who may answer for them."""
    people = Person.objects.select_related("unit").filter(pk__in=superiors_of(person), left_on=None)
    return [actor_of_person(one) for one in people]


def hand_on(
    approval: Approval, about: Model, person: Person, *, question: Mapping[str, str], now: datetime, by: Actor
) -> None:
    """Ask somebody else, in words for them, because whoever was asked leaves."""
    before, approval.person, approval.question = approval.person, person, dict(question)
    approval.save(update_fields=["person", "question"])
    rule = approval.run.rule if approval.run else None
    record(ApprovalHandedOn(record=about, person=person, before=before, rule=rule))
    _tell(approval, about, by, now)


def _tell(approval: Approval, about: Model, by: Actor, now: datetime) -> None:
    """Tell whoever is asked."""
    send(
        key=f"approval:{approval.pk}",
        to=[approval.person],
        subject=approval.question,
        text=in_all_languages(
            lambda: _("You are asked to approve this. Answer on My work, or on the record.")
        ),
        about=about,
        now=now,
        by=by,
    )


def time_out(approval: Approval, about: Any, rule: Rule, now: datetime) -> None:
    """Nobody answered in time."""
    approval.state, approval.answered_at = UNANSWERED, now
    approval.save(update_fields=["state", "answered_at"])
    record(ApprovalTimedOut(record=about, person=approval.person, rule=rule))
