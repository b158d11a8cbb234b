"""Cases and e-mails: the events of what happened to them."""

from collections.abc import Mapping
from typing import Any

from kinflow.contact_center.emails import events as mail
from kinflow.eventlog import Event
from kinflow.service.cases import events as case

from .book import Book
from .tellers import Subjects, changes_of, given_of, teller


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
    return case.CaseAssigned(case=s["case"], **given_of(book, d))


@teller("case_changed")
def _case_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseChanged(case=s["case"], changes=changes_of(book, d))


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


@teller("case_rated")
def _case_rated(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return case.CaseRated(case=s["case"], rating=d["rating"], contact=s.get("contact"))


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
    return mail.EmailAssigned(email=s["email"], **given_of(book, d))


@teller("email_answered")
def _email_answered(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return mail.EmailAnswered(email=s["email"], contact=s.get("contact"), case=s.get("case"), text=d["text"])


@teller("email_ignored")
def _email_ignored(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return mail.EmailIgnored(email=s["email"])
