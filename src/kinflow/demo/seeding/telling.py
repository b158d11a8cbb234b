"""From what happened in the world to the events that the log keeps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kinflow.contact_center.emails import events as mail
from kinflow.customers.accounts import events as account
from kinflow.customers.activities import events as activity
from kinflow.customers.consents import events as consent
from kinflow.customers.contacts import events as contact
from kinflow.eventlog import Event
from kinflow.eventlog.actor import DEEPEST_CHAIN, Cause
from kinflow.eventlog.bulk import done_by
from kinflow.sales.leads import events as lead
from kinflow.sales.opportunities import events as opportunity
from kinflow.service.cases import events as case

from ..happenings import Happening
from .book import Book, money
from .work import ABOUT, OUTCOMES

MONEY = {"amount"}
UNKEPT = {"discount"}
"""What the world knows of a record and no field keeps."""

Subjects = Mapping[str, Any]
Teller = Callable[[Book, Subjects, Mapping[str, Any]], Event]
TELLERS: dict[str, Teller] = {}


def teller(kind: str) -> Callable[[Teller], Teller]:
    """Register what tells one kind of happening."""

    def register(function: Teller) -> Teller:
        TELLERS[kind] = function
        return function

    return register


def events_of(
    book: Book, everything: Sequence[tuple[Event | Happening, datetime]], ids: Sequence[int]
) -> Iterator[tuple[Event, datetime]]:
    """The events of what happened, in order, with who did it and because of what; `ids` are their entries' ids."""
    entries: dict[int, Cause] = {}
    for (what, at), entry_id in zip(everything, ids, strict=True):
        if isinstance(what, Event):
            yield what, at
            continue
        by, cause = book.actor(what.actor), entries.get(-1 if what.cause is None else what.cause)
        if cause is not None:
            by = replace(by, cause=cause)
        entries[what.number] = Cause(entry_id, min(by.depth, DEEPEST_CHAIN - 1))
        yield done_by(_event(book, what), by), at


def _event(book: Book, happening: Happening) -> Event:
    subjects = {role: book.of(role, key) for role, key in happening.subjects.items()}
    return TELLERS[happening.kind](book, subjects, happening.details)


def is_told(happening: Happening) -> bool:
    """Whether the log keeps it: a change of nothing but what no field keeps is none."""
    changes = happening.details.get("changes")
    return changes is None or bool(set(changes) - UNKEPT)


def _changes(book: Book, details: Mapping[str, Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, (before, after) in details["changes"].items():
        if name == "account":
            rows = [book.of("account", key) for key in (before, after)]
            found[name] = [row.pk if row else None for row in rows]
        elif name in MONEY:
            found[name] = [str(money(before)), str(money(after))]
        elif name not in UNKEPT:
            found[name] = [before, after]
    return found


def _given(book: Book, details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "person": book.of("person", details["person"]),
        "before": book.of("person", details.get("before")),
        "reason": details.get("reason", ""),
    }


def _about(subjects: Subjects) -> dict[str, Any]:
    return {
        "account": subjects.get("account"),
        "contact": subjects.get("contact"),
        "about": next((subjects[kind] for kind in ABOUT if kind in subjects), None),
    }


@teller("account_added")
def _account_added(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    row = s["account"]
    stage = book.rows["first stage"].get(row.pk, row.life_stage)
    return account.AccountAdded(account=row, life_stage=stage, source=d["source"])


@teller("account_changed")
def _account_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    if "life_stage" in d["changes"]:
        before, after = d["changes"]["life_stage"]
        return account.AccountStageChanged(account=s["account"], from_stage=before, to_stage=after)
    return account.AccountChanged(account=s["account"], changes=_changes(book, d))


@teller("account_assigned")
def _account_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return account.AccountAssigned(account=s["account"], **_given(book, d))


@teller("contact_added")
def _contact_added(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return contact.ContactAdded(contact=s["contact"], account=s.get("account"), source=d["source"])


@teller("contact_changed")
def _contact_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return contact.ContactChanged(contact=s["contact"], changes=_changes(book, d))


@teller("consent_recorded")
def _consent_recorded(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    kind = consent.ConsentGiven if d["is_given"] else consent.ConsentWithdrawn
    return kind(contact=s["contact"], channel=d["channel"], purpose=d["purpose"])


@teller("lead_captured")
def _lead_captured(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadCaptured(lead=s["lead"], contact=s["contact"], source=d["source"], need=d["need"])


@teller("lead_changed")
def _lead_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadChanged(lead=s["lead"], changes=_changes(book, d))


@teller("lead_assigned")
def _lead_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadAssigned(lead=s["lead"], **_given(book, d))


@teller("lead_contacted")
def _lead_contacted(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadContacted(lead=s["lead"], contact=s["contact"])


@teller("lead_qualified")
def _lead_qualified(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadQualified(lead=s["lead"])


@teller("lead_disqualified")
def _lead_disqualified(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadDisqualified(lead=s["lead"], reason=d["reason"], note=d["note"])


@teller("lead_converted")
def _lead_converted(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadConverted(lead=s["lead"], opportunity=s["opportunity"], contact=s["contact"])


@teller("opportunity_opened")
def _opportunity_opened(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityOpened(
        opportunity=s["opportunity"],
        account=s["account"],
        amount=money(d["amount"]),
        currency=d["currency"],
    )


@teller("opportunity_assigned")
def _opportunity_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityAssigned(opportunity=s["opportunity"], **_given(book, d))


@teller("opportunity_changed")
def _opportunity_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityChanged(opportunity=s["opportunity"], changes=_changes(book, d))


@teller("opportunity_moved")
def _opportunity_moved(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityMoved(
        opportunity=s["opportunity"], from_stage=d["from_stage"], to_stage=d["to_stage"]
    )


@teller("opportunity_won")
def _opportunity_won(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityWon(
        opportunity=s["opportunity"],
        account=s["account"],
        amount=money(d["amount"]),
        currency=d["currency"],
    )


@teller("opportunity_lost")
def _opportunity_lost(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityLost(
        opportunity=s["opportunity"], account=s["account"], reason=d["reason"], note=d["note"]
    )


@teller("case_opened")
def _case_opened(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseOpened(
        case=s["case"],
        kind=d["case_kind"],
        priority=d["priority"],
        contact=s.get("contact"),
        account=s.get("account"),
        channel=d["channel"],
    )


@teller("case_assigned")
@teller("case_handed_over")
def _case_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseAssigned(case=s["case"], **_given(book, d))


@teller("case_changed")
def _case_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseChanged(case=s["case"], changes=_changes(book, d))


@teller("case_answered")
def _case_answered(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseAnswered(case=s["case"], contact=s.get("contact"), is_first=True)


@teller("case_waiting")
def _case_waiting(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseWaitingBegan(case=s["case"], contact=s.get("contact"), question=d["note"])


@teller("case_resumed")
def _case_resumed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseResumed(case=s["case"])


@teller("case_solved")
def _case_solved(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    row = s["case"]
    late = bool(row.due_at and row.solved_at and row.solved_at > row.due_at)
    return case.CaseSolved(case=row, contact=s.get("contact"), solution=d["solution"], is_late=late)


@teller("case_closed")
def _case_closed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseClosed(case=s["case"])


@teller("case_reopened")
def _case_reopened(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseReopened(case=s["case"])


@teller("email_received")
def _email_received(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    row = s["email"]
    known = {"contact": s.get("contact"), "account": s.get("account"), "case": s.get("case")}
    thread = book.of("thread", d["thread"])
    if row.is_automatic:
        return mail.AutomaticEmailReceived(email=row, thread=thread, kind="reply", sender=row.sender, **known)
    return mail.EmailReceived(email=row, thread=thread, sender=row.sender, **known)


@teller("email_assigned")
def _email_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return mail.EmailAssigned(email=s["email"], **_given(book, d))


@teller("email_answered")
def _email_answered(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return mail.EmailAnswered(email=s["email"], contact=s.get("contact"), case=s.get("case"), text=d["text"])


@teller("email_ignored")
def _email_ignored(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return mail.EmailIgnored(email=s["email"])


@teller("activity_planned")
def _activity_planned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    row = s["activity"]
    return activity.ActivityPlanned(
        activity=row, kind=d["activity_kind"], subject=row.subject, due_at=row.due_at, **_about(s)
    )


@teller("activity_started")
def _activity_started(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return activity.ActivityStarted(activity=s["activity"], **_about(s))


@teller("activity_done")
def _activity_done(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    outcome = OUTCOMES.get(d["outcome"], d["outcome"])
    return activity.ActivityFinished(
        activity=s["activity"], kind=d["activity_kind"], outcome=outcome, **_about(s)
    )


@teller("activity_cancelled")
def _activity_cancelled(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return activity.ActivityCancelled(activity=s["activity"], **_about(s))
