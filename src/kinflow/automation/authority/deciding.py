"""A decision weighed by its policy: alone, or whoever is to decide is asked; what they approve is done then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Context
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.matters import Asked, Matter, deciders, judges, matters

from ..approvals.access import has_asked
from ..approvals.answering import ApprovalOver, subject_of
from ..approvals.asking import put_question
from ..approvals.models import OPEN as QUESTION_OPEN
from ..approvals.models import WITHDRAWN as QUESTION_WITHDRAWN
from ..approvals.models import Approval
from ..bilingual import in_all_languages
from ..decisions.deciding import ask_table, draft_of, plain
from ..decisions.facts import about_person
from ..decisions.outcomes import ALONE, REFUSED, SUPERIOR, WHO, is_named
from .asked import asked_person, named_by
from .events import DecidedAlone, DecisionAsked, DecisionWithdrawn
from .models import ALONE as WAS_ALONE
from .models import ASKED, WITHDRAWN, AuthorityUse, Policy
from .words import question_words


@dataclass(frozen=True)
class Weighed:
    """What a policy says: who decides, by which row (from 0) of which version."""

    who: str
    row: int | None
    number: int


def weigh(policy: Policy, about: Model, facts: Mapping[str, Any], now: datetime) -> Weighed:
    """What the policy's table says; where no row holds, whom they report to is asked."""
    number = policy.table.live_number or policy.table.number
    context = Context(now, timezone.get_current_timezone())
    verdict = ask_table(draft_of(policy.table, number), about, context=context, facts=facts).verdict
    who = str(verdict.outputs.get(WHO) or SUPERIOR) if verdict else SUPERIOR
    return Weighed(who, verdict.rows[0] if verdict else None, number)


def decide_by_policy(
    matter: Matter, about: Model, given: Mapping[str, Any], facts: Mapping[str, Any], by: Actor
) -> Asked | None:
    """What was asked, where the matter's policy does not let the person decide alone; None: go on."""
    policy = _in_force(matter)
    return decide(policy=policy, about=about, given=given, facts=facts, by=by) if policy else None


def judge_by_policy(matter: Matter, about: Model, facts: Mapping[str, Any], by: Actor) -> bool | None:
    """Whether the matter's policy lets somebody decide alone, and then noted; None where none is in force."""
    policy = _in_force(matter)
    return judge(policy=policy, about=about, facts=facts, by=by) if policy else None


def _in_force(matter: Matter) -> Policy | None:
    policy = Policy.objects.select_related("table").filter(matter=matter.name, is_active=True).first()
    return policy if policy is not None and policy.table.live_number is not None else None


@dataclass(frozen=True)
class _Case:
    """What is to be decided by whom, weighed."""

    use: AuthorityUse
    weighed: Weighed
    person: Person | None
    told: Mapping[str, Any]

    @property
    def is_alone(self) -> bool:
        """Whether they decide alone; so does whoever would be asked by the policy's own words."""
        if self.weighed.who == ALONE:
            return True
        return is_named(self.weighed.who) and self.person in named_by(self.weighed.who, self.person)


def _case(
    policy: Policy, about: Model, given: Mapping[str, Any], facts: Mapping[str, Any], by: Actor
) -> _Case:
    now = timezone.now()
    people = Person.objects.select_related("unit", "position", "reports_to")
    person = people.filter(pk=by.person_id or 0).first()
    known = {**facts, **(about_person(person) if person else {})}
    weighed = weigh(policy, about, known, now)
    use = AuthorityUse(
        policy=policy, number=weighed.number, row=weighed.row, object_id=about.pk, person=person, at=now,
        given={name: plain(value) for name, value in given.items()}, facts={k: plain(v) for k, v in known.items()},
    )  # fmt: skip
    return _Case(use, weighed, person, {name: plain(value) for name, value in facts.items()})


def _note_alone(case: _Case, about: Model) -> None:
    case.use.outcome = WAS_ALONE
    case.use.save()
    record(
        DecidedAlone(record=about, policy=case.use.policy, number=case.weighed.number, facts=dict(case.told))
    )


@action
def judge(*, policy: Policy, about: Model, facts: Mapping[str, Any], by: Actor) -> bool:
    """Note that somebody decides alone, where the policy lets them; nobody is asked."""
    case = _case(policy, about, {}, facts, by)
    if not case.is_alone:
        return False
    _withdraw(policy, about, by, case.use.at)
    _note_alone(case, about)
    return True


@action
def decide(
    *, policy: Policy, about: Model, given: Mapping[str, Any], facts: Mapping[str, Any], by: Actor
) -> Asked | None:
    """Note that the person decides alone, or ask whoever is to decide.

    Raises Refused where the policy lets nobody, Conflict where there is nobody to ask.
    """
    case = _case(policy, about, given, facts, by)
    if case.weighed.who == REFUSED:
        raise Refused(
            _("The policy lets nobody decide this."), remedy=_("Ask for less, or ask the policy’s owner.")
        )
    use, person = case.use, case.person
    _withdraw(policy, about, by, use.at)
    if case.is_alone:
        _note_alone(case, about)
        return None
    asked = asked_person(case.weighed.who, person, about)
    use.outcome = ASKED
    use.save()
    approval = put_question(
        key=f"authority:{use.pk}",
        use=use,
        about=about,
        person=asked,
        causer=person,
        question=in_all_languages(lambda: question_words(policy, case.told, by.name)),
        due_at=None,
        now=use.at,
        by=by,
    )
    number, told = case.weighed.number, dict(case.told)
    record(DecisionAsked(record=about, person=asked, policy=policy, number=number, facts=told))
    words = _("%(who)s is asked. Nothing is changed before they answer.") % {"who": asked.name}
    return Asked(words, f"/approvals/{approval.pk}/", approval.pk)


@action
def withdraw_question(*, approval: Approval, by: Actor) -> Approval:
    """Take back what a policy had the actor ask; nothing is done then. Raises Refused for others, ApprovalOver."""
    permit(by, kind="approval")
    about = subject_of(approval)
    if about is not None:
        hold(about)  # first, as whoever decides anew and whoever answers do
    held = Approval.objects.select_for_update(of=("self",)).select_related("use__policy").get(pk=approval.pk)
    if not has_asked(by, held) or held.use is None:
        raise Refused(_("You did not ask this."), remedy=_("Whoever asked it can take it back."))
    if held.state != QUESTION_OPEN:
        words = _("This was answered already: %(state)s.") % {"state": held.get_state_display()}
        raise ApprovalOver(words, remedy=_("There is nothing left to do."))
    _take_back(held.use, about, timezone.now())
    held.refresh_from_db()
    return held


def _take_back(use: AuthorityUse, about: Model | None, now: datetime) -> None:
    Approval.objects.filter(use=use, state=QUESTION_OPEN).update(state=QUESTION_WITHDRAWN, answered_at=now)
    use.outcome, use.answered_at = WITHDRAWN, now
    use.save(update_fields=["outcome", "answered_at"])
    record(DecisionWithdrawn(record=about if about is not None else use.policy, policy=use.policy))


def _withdraw(policy: Policy, about: Model, by: Actor, now: datetime) -> None:
    """Take back what the same person had asked about the same record and matter."""
    uses = AuthorityUse.objects.select_for_update().filter(
        policy=policy, object_id=about.pk, person=by.person_id or 0, outcome=ASKED
    )
    for use in uses:
        _take_back(use, about, now)


def matter_of(policy: Policy) -> Matter:
    """The matter that a policy rules."""
    return matters[policy.matter]


def rule_matters() -> None:
    """Let the policies be asked by all actions that decide a matter."""
    if decide_by_policy not in deciders:
        deciders.append(decide_by_policy)
    if judge_by_policy not in judges:
        judges.append(judge_by_policy)
