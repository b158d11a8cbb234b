"""Leads and opportunities: the events of what happened to them."""

from collections.abc import Mapping
from typing import Any

from kinflow.eventlog import Event
from kinflow.sales.leads import events as lead
from kinflow.sales.opportunities import events as opportunity

from .book import Book, money, percent
from .tellers import Subjects, changes_of, given_of, teller


@teller("lead_captured")
def _lead_captured(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadCaptured(lead=s["lead"], contact=s["contact"], source=d["source"], need=d["need"])


@teller("lead_changed")
def _lead_changed(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadChanged(lead=s["lead"], changes=changes_of(book, d))


@teller("lead_assigned")
def _lead_assigned(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return lead.LeadAssigned(lead=s["lead"], **given_of(book, d))


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
    return opportunity.OpportunityAssigned(opportunity=s["opportunity"], **given_of(book, d))


@teller("opportunity_discounted")
def _opportunity_discounted(book: Book, s: Subjects, d: Mapping[str, Any]) -> Event:
    return opportunity.OpportunityDiscounted(
        opportunity=s["opportunity"],
        account=s["account"],
        before=percent(d["before"]),
        discount=percent(d["discount"]),
        amount=money(d["amount"]),
        currency=d["currency"],
    )


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
