"""All that can be done with e-mails."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.models import Product
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes, plain
from kinflow.records.faces import Ask
from kinflow.service.cases.actions import answer_case, open_case
from kinflow.service.cases.models import Case
from kinflow.service.cases.rules import KINDS, PRIORITIES

from .events import EmailAnswered, EmailAssigned, EmailChanged, EmailIgnored, EmailJoinedToCase, EmailReopened
from .models import Email
from .receiving import receive_email

__all__ = [
    "answer_email",
    "assign_email",
    "change_email",
    "ignore_email",
    "join_case",
    "open_case_from_email",
    "receive_email",
    "reopen_email",
]


class WrongStatus(Conflict):
    """The e-mail's status does not allow this."""

    code = "wrong-status"


class HasCase(Conflict):
    """The e-mail belongs to a case already."""

    code = "has-case"


def _require(email: Email, *, is_open: bool) -> None:
    if email.is_open != is_open:
        raise WrongStatus(
            _("This e-mail is “%(status)s”.") % {"status": email.get_status_display()},
            field="/status",
            remedy=_("It is open already.") if email.is_open else _("Reopen it first."),
        )


@action
def change_email(
    *, email: Email, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Email:
    """Say who wrote and about what, where that was not recognised; a contact brings its account along."""
    email = hold(email)
    permit(by, email)
    changed = apply_changes(email, changes, seen=seen)
    if "contact" in changed and email.contact is not None and email.account is None:
        email.account = email.contact.account
        if email.account is not None:
            changed["account"] = [None, plain(email.account)]
    if changed:
        email.save()
        record(EmailChanged(email=email, changes=changed))
    return email


@action
def assign_email(
    *,
    email: Email,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Email:
    """Give the e-mail to a person (None: hand it back), with the score card that explains it or a person's reason."""
    email = hold(email)
    permit(by, email)
    before = email.owner
    email.give_to(person, timezone.now())
    if email.is_open:
        email.status = "open" if person is not None else "new"
    email.save()
    record(EmailAssigned(email=email, person=person, before=before, card=dict(card or {}), reason=reason))
    return email


@action
def answer_email(
    *,
    email: Email,
    text: Annotated[
        str,
        Ask(
            gettext_lazy("What was answered"),
            help=gettext_lazy("This is recorded here; it does not send an e-mail."),
            long=True,
        ),
    ] = "",
    by: Actor,
) -> Email:
    """Record that the e-mail was answered, and how; nothing is sent. A case it belongs to counts as answered too."""
    email = hold(email)
    permit(by, email)
    if email.status == "answered":
        _require(email, is_open=True)
    text = text.strip()
    email.status, email.answered_at = "answered", timezone.now()
    email.save()
    record(EmailAnswered(email=email, contact=email.contact, case=email.case, text=text))
    if text and email.case is not None and email.case.is_open:
        answer_case(case=email.case, text=text, by=by)
    return email


@action
def ignore_email(
    *, email: Email, reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "", by: Actor
) -> Email:
    """Decide that the e-mail needs no answer."""
    email = hold(email)
    permit(by, email)
    _require(email, is_open=True)
    email.status = "ignored"
    email.save()
    record(EmailIgnored(email=email, reason=reason.strip()))
    return email


@action
def reopen_email(*, email: Email, by: Actor) -> Email:
    """The e-mail needs an answer after all."""
    email = hold(email)
    permit(by, email)
    _require(email, is_open=False)
    email.status = "open" if email.owner_id else "new"
    email.save()
    record(EmailReopened(email=email))
    return email


@action
def join_case(*, email: Email, case: Case, by: Actor) -> Email:
    """Say which case the e-mail belongs to; later mails of its thread follow it there.

    Raises HasCase where it belongs to that case already.
    """
    email = hold(email)
    permit(by, email)
    if email.case_id == case.pk:
        raise HasCase(_("The e-mail belongs to this service request already."), field="/case")
    return _join(email, case)


def _join(email: Email, case: Case) -> Email:
    thread = hold(email.thread)
    thread.case = case
    thread.save()
    email.case = case
    email.product = email.product or case.product
    email.save()
    record(EmailJoinedToCase(email=email, thread=thread, case=case))
    return email


@action
def open_case_from_email(
    *,
    email: Email,
    subject: Annotated[str, Ask(gettext_lazy("Subject"))] = "",
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=KINDS)] = "question",
    priority: Annotated[str, Ask(gettext_lazy("Priority"), choices=PRIORITIES)] = "normal",
    product: Annotated[Product | None, Ask(gettext_lazy("Product"))] = None,
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Case:
    """Open the case that the e-mail asks for; what it says, and who wrote it, go with it.

    Raises HasCase where it belongs to a case already, Invalid where neither the mail nor the caller has a subject.
    """
    email = hold(email)
    permit(by, email)
    if email.case_id is not None:
        raise HasCase(
            _("The e-mail belongs to a service request already."),
            field="/case",
            remedy=_("Join it to another service request instead."),
        )
    subject = subject.strip() or email.thread.subject or email.subject
    if not subject:
        raise Invalid(errors=[FieldError("/subject", _("Say in a few words what it is about."))])
    case = open_case(
        subject=subject,
        description=email.fresh_text,
        kind=kind,
        priority=priority,
        contact=email.contact,
        account=email.account,
        product=product or email.product,
        channel="email",
        language=email.language,
        owner=owner,
        by=by,
    )
    _join(email, case)
    return case
