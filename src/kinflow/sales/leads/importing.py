"""The import of leads: each row a lead, with its contact and account, found or made."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.importing import key_of, known_products
from kinflow.catalogue.products.models import Product
from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.customers.importing.bringing import bring_customers
from kinflow.customers.importing.callers import Caller, caller_of, named
from kinflow.customers.importing.kinds import CHOICES, LONGEST, NOTED, give_owners, notes_of
from kinflow.eventlog import Actor, Event, action, bulk
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register, register_remover
from kinflow.records.importing.targets import Target

from .events import LeadAssigned, LeadCaptured, LeadContacted, LeadDisqualified, LeadQualified, LeadTakenBack
from .models import Lead
from .rules import SOURCES, STAGES

LONGEST_NEED = 500


@cache
def lead_targets() -> tuple[Target, ...]:
    """The fields of leads."""
    return fitted(
        "lead",
        choices={"source": SOURCES, "status": STAGES, "industry": CHOICES["industry"]},
        fallbacks={"source": "other", "status": "new", "industry": "other"},
        longest={**LONGEST, "source_detail": 200},
    )


@action
def import_leads(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make a lead of each row; its contact and account are made where they are not known."""
    permit(by, kind="lead")
    now = timezone.now()
    callers = [_caller(row, now) for row in rows]
    give_owners(rows, callers)
    products = known_products([row.values["product"] for row in rows if row.values.get("product")])
    for caller, row in zip(callers, rows, strict=True):
        caller.person.pop("source", None)
        if source := row.values.get("source"):
            caller.person["source"] = source
    brought = bring_customers(callers=callers, by=by)
    made = [
        _lead(row, caller, contact, account, products, now)
        for row, caller, contact, account in zip(
            rows, callers, cast(list[Contact], brought.contacts), brought.accounts, strict=True
        )
    ]
    bulk.insert(made)
    bulk.record_many(
        told for lead, caller in zip(made, callers, strict=True) for told in _told(lead, caller.at)
    )
    taken = Taken(known=len(rows) - len(brought.new_contacts))
    taken.made += [(number, "account", one.pk) for number, one in brought.new_accounts.items()]
    taken.made += [(number, "contact", one.pk) for number, one in brought.new_contacts.items()]
    taken.made += [(caller.number, "lead", lead.pk) for lead, caller in zip(made, callers, strict=True)]
    return taken


def _caller(row: Row, now: datetime) -> Caller:
    caller = caller_of(row, now)
    named(caller, row.values)
    if number := row.values.get("external_id"):
        row.notes.insert(0, _("Number in the other system: %(number)s") % {"number": number})
    return caller


def _lead(
    row: Row,
    caller: Caller,
    contact: Contact,
    account: Account | None,
    products: dict[str, Product],
    now: datetime,
) -> Lead:
    values = row.values
    need, product = " ".join(values.get("need", "").split()), products.get(key_of(values.get("product", "")))
    if values.get("product") and product is None:
        row.notes.append(_("Product: %(name)s") % {"name": values["product"]})
    if len(need) > LONGEST_NEED:
        row.notes.insert(0, values["need"])
    stage = values.get("status") or "new"
    if stage == "converted":  # there is no opportunity it became
        row.notes.append(_("Converted in the other system."))
        stage = "qualified"
    lead = bulk.like(
        _pattern(),
        contact=contact,
        account=account,
        need=need[:LONGEST_NEED],
        product=product,
        source=values.get("source") or "import",
        source_detail=values.get("source_detail", ""),
        stage=stage,
        score=_score(row),
        language=caller.person.get("language") or contact.language,
        country=caller.person.get("country") or contact.country or (account.country if account else ""),
        province=caller.person.get("province") or contact.province or (account.province if account else ""),
        industry=values.get("industry") or (account.industry if account else ""),
    )
    lead.created_at = lead.changed_at = caller.at or now
    lead.contacted_at = lead.created_at if stage == "contacted" else None
    if stage == "disqualified":
        lead.reason, lead.closed_at = "other", lead.created_at
    if caller.owner is not None:
        lead.give_to(caller.owner, now)
    lead.notes = notes_of(row)
    return lead


@cache
def _pattern() -> Lead:
    """What all new leads have in common."""
    return Lead()


def _score(row: Row) -> int:
    score: int | None = row.values.get("score")
    if score is None:
        return 0
    if not 0 <= score <= 100:
        row.notes.append(_("Score: %(score)s") % {"score": score})
    return min(max(score, 0), 100)


def _told(lead: Lead, at: datetime | None) -> Iterable[tuple[Event, datetime | None]]:
    contact: Any = lead.contact
    yield LeadCaptured(lead=lead, contact=contact, source=lead.source, need=lead.need), at
    if lead.owner is not None:
        yield LeadAssigned(lead=lead, person=lead.owner), None
    if lead.stage == "contacted":
        yield LeadContacted(lead=lead, contact=contact), at
    elif lead.stage == "qualified":
        yield LeadQualified(lead=lead), at
    elif lead.stage == "disqualified":
        yield LeadDisqualified(lead=lead, reason=lead.reason), at


@action
def take_back_leads(*, ids: Sequence[int], by: Actor) -> None:
    """Remove leads, as if they had never been imported."""
    permit(by, kind="lead")
    leads = list(Lead.objects.filter(pk__in=ids))
    bulk.delete(Lead.objects.filter(pk__in=ids))
    bulk.record_many((LeadTakenBack(lead=one), None) for one in leads)


LEADS = register(
    Importable(
        "lead",
        gettext_lazy("Leads"),
        "sales.capture_lead",
        lead_targets,
        import_leads,
        order=10,
        noted=NOTED - {"external_id"},
    )
)
register_remover("lead", 10, take_back_leads)
