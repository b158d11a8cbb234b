"""All that can be done with cases."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.models import Product
from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes, plain
from kinflow.records.faces import Ask

from .due import due_time
from .events import (
    CaseAnswered,
    CaseAssigned,
    CaseChanged,
    CaseClosed,
    CaseOpened,
    CaseRated,
    CaseReopened,
    CaseResumed,
    CaseSolved,
    CaseWaitingBegan,
)
from .models import Case
from .rules import CHANNELS, KINDS, MOST_COMMENT, MOST_RATED, PRIORITIES, STATUSES, can_move


class WrongStatus(Conflict):
    """The case's status does not allow this."""

    code = "wrong-status"


def _require(is_allowed: bool, case: Case, to: str) -> None:
    if not is_allowed:
        raise WrongStatus(
            _("A case that is “%(status)s” cannot become “%(to)s”.")
            % {"status": case.get_status_display(), "to": dict(STATUSES)[to]},
            field="/status",
            remedy=_("Look at the case again: somebody may have moved it meanwhile."),
        )


def _move(case: Case, to: str) -> None:
    _require(can_move(case.status, to), case, to)
    case.status = to


def _filled(name: str, text: str, words: str) -> str:
    """The text without blanks around it; Invalid with the words where nothing is left."""
    text = text.strip()
    if not text:
        raise Invalid(errors=[FieldError(f"/{name}", words)])
    return text


def _refuse_unknown(chosen: Mapping[str, tuple[str, Any]]) -> None:
    errors = [
        FieldError(f"/{name}", _("Choose one of the values."))
        for name, (value, choices) in chosen.items()
        if value not in dict(choices)
    ]
    if errors:
        raise Invalid(errors=errors)


@action
def open_case(
    *,
    subject: Annotated[str, Ask(gettext_lazy("Subject"))],
    description: Annotated[str, Ask(gettext_lazy("Description"), long=True)] = "",
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=KINDS)] = "question",
    priority: Annotated[str, Ask(gettext_lazy("Priority"), choices=PRIORITIES)] = "normal",
    contact: Annotated[Contact | None, Ask(gettext_lazy("Contact"))] = None,
    account: Annotated[Account | None, Ask(gettext_lazy("Account"))] = None,
    product: Annotated[Product | None, Ask(gettext_lazy("Product"))] = None,
    channel: Annotated[str, Ask(gettext_lazy("Channel"), choices=[("", "–"), *CHANNELS])] = "",
    language: Annotated[str, Ask(gettext_lazy("Language"))] = "",
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Case:
    """Take in a request for service; account, language and place follow the contact where they are not given.

    Raises Invalid for an empty subject or a kind, priority or channel that there is not.
    """
    permit(by, kind="case")
    subject = _filled("subject", subject, _("Say in a few words what it is about."))
    _refuse_unknown({"kind": (kind, KINDS), "priority": (priority, PRIORITIES)})
    if channel:
        _refuse_unknown({"channel": (channel, CHANNELS)})
    account = account or (contact.account if contact else None)
    now = timezone.now()
    case = Case(
        created_at=now,
        opened_at=now,
        subject=subject[:300],
        description=description.strip(),
        kind=kind,
        priority=priority,
        contact=contact,
        account=account,
        product=product,
        channel=channel,
        language=language or (contact.language if contact else ""),
    )
    _place(case)
    if owner is not None:
        case.give_to(owner, now)
    case.due_at = due_time(case)
    case.save()
    record(
        CaseOpened(case=case, contact=contact, account=account, kind=kind, priority=priority, channel=channel)
    )
    if owner is not None:
        record(CaseAssigned(case=case, person=owner))
    return case


def _place(case: Case) -> None:
    """Where the customer is: the contact's place, else the account's."""
    for place in (case.contact, case.account):
        case.country = case.country or (place.country if place else "")
        case.province = case.province or (place.province if place else "")


@action
def change_case(
    *, case: Case, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Case:
    """Change fields; another priority means another due time. `seen` are the values the editor saw."""
    case = hold(case)
    permit(by, case)
    changed = apply_changes(case, changes, seen=seen)
    if "priority" in changed:
        before, case.due_at = case.due_at, due_time(case)
        changed["due_at"] = [plain(before), plain(case.due_at)]
    if changed:
        case.save(update_fields=changed)
        record(CaseChanged(case=case, changes=changed))
    return case


@action
def assign_case(
    *,
    case: Case,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Case:
    """Give the case to a person (None: hand it back), with the score card that explains it or a person's reason."""
    case = hold(case)
    permit(by, case)
    before = case.owner
    case.give_to(person, timezone.now())
    case.save()
    record(CaseAssigned(case=case, person=person, before=before, card=dict(card or {}), reason=reason))
    return case


@action
def answer_case(
    *, case: Case, text: Annotated[str, Ask(gettext_lazy("What was answered"), long=True)], by: Actor
) -> Case:
    """Note what the customer was answered; a new case is open from then on, the first answer's time is kept.

    Raises Invalid for an empty answer, WrongStatus where the case is not open.
    """
    case = hold(case)
    permit(by, case)
    text = _filled("text", text, _("Write what the customer was told."))
    _require(case.is_open, case, "open")
    is_first = case.answered_at is None
    case.answered_at = case.answered_at or timezone.now()
    if case.status == "new":
        _move(case, "open")
    case.save()
    record(CaseAnswered(case=case, contact=case.contact, text=text, is_first=is_first))
    return case


@action
def wait_for_customer(
    *,
    case: Case,
    question: Annotated[str, Ask(gettext_lazy("Question to the customer"), long=True)] = "",
    by: Actor,
) -> Case:
    """It is the customer's turn. The due time stays."""
    case = hold(case)
    permit(by, case)
    _move(case, "waiting")
    case.save()
    record(CaseWaitingBegan(case=case, contact=case.contact, question=question.strip()))
    return case


@action
def resume_case(*, case: Case, by: Actor) -> Case:
    """Take up work: on a new case, or on one that waited for the customer.

    Raises WrongStatus where the case is solved or closed: such a case is reopened.
    """
    case = hold(case)
    permit(by, case)
    _require(case.is_open and can_move(case.status, "open"), case, "open")
    case.status = "open"
    case.save()
    record(CaseResumed(case=case))
    return case


@action
def solve_case(
    *, case: Case, solution: Annotated[str, Ask(gettext_lazy("Solution"), long=True)], by: Actor
) -> Case:
    """What was asked for is done, and how.

    Raises Invalid for an empty solution.
    """
    case = hold(case)
    permit(by, case)
    solution = _filled("solution", solution, _("Write what solved it: the next one will look for it."))
    _move(case, "solved")
    now = timezone.now()
    case.solution, case.solved_at = solution, now
    case.save()
    is_late = case.due_at is not None and now > case.due_at
    record(CaseSolved(case=case, contact=case.contact, solution=solution, is_late=is_late))
    return case


@action
def rate_case(
    *,
    case: Case,
    rating: Annotated[int, Ask(gettext_lazy("Rating, from 1 (not at all content) to 5 (fully content)"))],
    comment: Annotated[str, Ask(gettext_lazy("What the customer said"), long=True)] = "",
    by: Actor,
) -> Case:
    """Note how content the customer is with what was done; another rating takes the place of the one before.

    Raises Invalid for what is no rating, WrongStatus while the case is open.
    """
    case = hold(case)
    permit(by, case)
    if isinstance(rating, bool) or not 1 <= rating <= MOST_RATED:
        raise Invalid(errors=[FieldError("/rating", _("Give a whole number from 1 to 5."))])
    if len(comment) > MOST_COMMENT:
        words = _("At most %(most)d characters.") % {"most": MOST_COMMENT}
        raise Invalid(errors=[FieldError("/comment", words)])
    if case.is_open:
        raise WrongStatus(
            _("A case is rated when it is solved."), field="/status", remedy=_("Solve it first.")
        )
    before, case.rating, case.rated_at = case.rating, rating, timezone.now()
    case.save()
    record(CaseRated(case=case, contact=case.contact, rating=rating, before=before, comment=comment.strip()))
    return case


@action
def close_case(*, case: Case, by: Actor) -> Case:
    """The customer is content, or has not come back: nothing more is to come."""
    case = hold(case)
    permit(by, case)
    _move(case, "closed")
    case.closed_at = timezone.now()
    case.save()
    record(CaseClosed(case=case))
    return case


@action
def reopen_case(*, case: Case, reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "", by: Actor) -> Case:
    """A solved or closed case is not done after all; its time runs again from now, and it is counted.

    Raises WrongStatus where the case is open.
    """
    case = hold(case)
    permit(by, case)
    _require(not case.is_open, case, "open")
    _move(case, "open")
    case.solved_at = case.closed_at = case.rating = case.rated_at = None
    case.reopened += 1
    case.opened_at = timezone.now()
    case.due_at = due_time(case)
    case.save()
    record(CaseReopened(case=case, reason=reason.strip(), times=case.reopened))
    return case
