"""Accounts, contacts, consents and activities: the events of what happened to them."""

from collections.abc import Mapping
from typing import Any

from kinflow.customers.accounts import events as account
from kinflow.customers.activities import events as activity
from kinflow.customers.consents import events as consent
from kinflow.customers.contacts import events as contact
from kinflow.eventlog import Event

from .book import Book
from .tellers import Subjects, about_of, changes_of, given_of, teller
from .work import RESULTS


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
    return account.AccountChanged(account=s["account"], changes=changes_of(book, d))


@teller("account_assigned")
def _account_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return account.AccountAssigned(account=s["account"], **given_of(book, d))


@teller("contact_added")
def _contact_added(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return contact.ContactAdded(contact=s["contact"], account=s.get("account"), source=d["source"])


@teller("contact_changed")
def _contact_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return contact.ContactChanged(contact=s["contact"], changes=changes_of(book, d))


@teller("consent_recorded")
def _consent_recorded(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    kind = consent.ConsentGiven if d["is_given"] else consent.ConsentWithdrawn
    return kind(contact=s["contact"], channel=d["channel"], purpose=d["purpose"])


@teller("activity_planned")
def _activity_planned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    row = s["activity"]
    return activity.ActivityPlanned(
        activity=row, kind=d["activity_kind"], subject=row.subject, due_at=row.due_at, **about_of(s)
    )


@teller("activity_started")
def _activity_started(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return activity.ActivityStarted(activity=s["activity"], **about_of(s))


@teller("activity_done")
def _activity_done(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    result = RESULTS.get(d["outcome"], d["outcome"])
    return activity.ActivityFinished(
        activity=s["activity"], kind=d["activity_kind"], result=result, **about_of(s)
    )


@teller("activity_cancelled")
def _activity_cancelled(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return activity.ActivityCancelled(activity=s["activity"], **about_of(s))
