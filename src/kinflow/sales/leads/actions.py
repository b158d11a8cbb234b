"""All that can be done with leads."""

from collections.abc import Mapping
from decimal import Decimal
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
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..opportunities.actions import open_opportunity
from ..opportunities.models import Opportunity
from .events import (
    LeadAssigned,
    LeadCaptured,
    LeadChanged,
    LeadContacted,
    LeadConverted,
    LeadDisqualified,
    LeadQualified,
    LeadReopened,
)
from .models import Lead
from .rules import REASONS, SOURCES, STAGES, can_move


class WrongStage(Conflict):
    """The lead's stage does not allow this."""

    code = "wrong-stage"


def _move(lead: Lead, to: str) -> None:
    if not can_move(lead.stage, to):
        raise WrongStage(
            _("A lead that is “%(stage)s” cannot become “%(to)s”.")
            % {"stage": lead.get_stage_display(), "to": dict(STAGES)[to]},
            field="/stage",
            remedy=_("Look at the lead again: somebody may have moved it meanwhile."),
        )
    lead.stage = to


@action
def capture_lead(
    *,
    contact: Contact,
    need: Annotated[str, Ask(gettext_lazy("Need"), long=True)] = "",
    product: Annotated[Product | None, Ask(gettext_lazy("Product"))] = None,
    source: Annotated[str, Ask(gettext_lazy("Source"), choices=SOURCES)] = "other",
    score: Annotated[int, Ask(gettext_lazy("Score"), help=gettext_lazy("0 to 100"))] = 0,
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Lead:
    """Take in somebody's interest; where the contact stands tells language, place and industry.

    Raises Invalid where the source is unknown or the score is not from 0 to 100.
    """
    permit(by, kind="lead")
    if source not in dict(SOURCES):
        raise Invalid(errors=[FieldError("/source", _("Unknown source."))])
    if not 0 <= score <= 100:
        raise Invalid(errors=[FieldError("/score", _("Give a number from 0 to 100."))])
    account = contact.account
    lead = Lead(
        contact=contact,
        account=account,
        need=need[:500],
        product=product,
        source=source,
        score=score,
        language=contact.language,
        country=contact.country or (account.country if account else ""),
        province=contact.province or (account.province if account else ""),
        industry=account.industry if account else "",
    )
    if owner is not None:
        lead.give_to(owner, timezone.now())
    lead.save()
    record(LeadCaptured(lead=lead, contact=contact, source=source, need=lead.need))
    if owner is not None:
        record(LeadAssigned(lead=lead, person=owner))
    return lead


@action
def change_lead(
    *, lead: Lead, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Lead:
    """Change fields; `seen` are the values the editor saw (Stale where they are others now)."""
    lead = hold(lead)
    permit(by, lead)
    changed = apply_changes(lead, changes, seen=seen)
    if changed:
        lead.save(update_fields=changed)
        record(LeadChanged(lead=lead, changes=changed))
    return lead


@action
def assign_lead(
    *,
    lead: Lead,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Lead:
    """Give the lead to a person (None: hand it back), with the score card that explains it or a person's reason."""
    lead = hold(lead)
    permit(by, lead)
    before = lead.owner
    lead.give_to(person, timezone.now())
    lead.save()
    record(LeadAssigned(lead=lead, person=person, before=before, card=dict(card or {}), reason=reason))
    return lead


@action
def contact_lead(
    *, lead: Lead, note: Annotated[str, Ask(gettext_lazy("What was said"), long=True)] = "", by: Actor
) -> Lead:
    """Note the first contact with the person behind the lead."""
    lead = hold(lead)
    permit(by, lead)
    _move(lead, "contacted")
    lead.contacted_at = lead.contacted_at or timezone.now()
    lead.save()
    record(LeadContacted(lead=lead, contact=lead.contact, note=note))
    return lead


@action
def qualify_lead(*, lead: Lead, by: Actor) -> Lead:
    """Accept the lead as worth pursuing."""
    lead = hold(lead)
    permit(by, lead)
    _move(lead, "qualified")
    lead.save()
    record(LeadQualified(lead=lead))
    return lead


@action
def disqualify_lead(
    *,
    lead: Lead,
    reason: Annotated[str, Ask(gettext_lazy("Reason"), choices=REASONS)],
    note: Annotated[str, Ask(gettext_lazy("Note"), long=True)] = "",
    by: Actor,
) -> Lead:
    """Close the lead without a sale, and say why.

    Raises Invalid for an unknown reason.
    """
    lead = hold(lead)
    permit(by, lead)
    if reason not in dict(REASONS):
        raise Invalid(errors=[FieldError("/reason", _("Choose one of the reasons."))])
    _move(lead, "disqualified")
    lead.reason, lead.closed_at = reason, timezone.now()
    lead.save()
    record(LeadDisqualified(lead=lead, reason=reason, note=note))
    return lead


@action
def reopen_lead(*, lead: Lead, by: Actor) -> Lead:
    """Take a disqualified lead up again."""
    lead = hold(lead)
    permit(by, lead)
    _move(lead, "new")
    lead.reason, lead.closed_at = "", None
    lead.save()
    record(LeadReopened(lead=lead))
    return lead


@action
def convert_lead(
    *,
    lead: Lead,
    name: Annotated[str, Ask(gettext_lazy("Name of the opportunity"))] = "",
    amount: Annotated[Decimal, Ask(gettext_lazy("Amount"))] = Decimal(0),
    account: Annotated[Account | None, Ask(gettext_lazy("Account"))] = None,
    by: Actor,
) -> Opportunity:
    """Open the opportunity that a qualified lead has become; owner, contact, product and need go with it.

    Raises Invalid where neither the lead nor the caller names an account.
    """
    lead = hold(lead)
    permit(by, lead)
    account = account or lead.account
    if account is None:
        raise Invalid(errors=[FieldError("/account", _("Choose the account this sale is for."))])
    _move(lead, "converted")
    opportunity = open_opportunity(
        name=name or lead.need or str(account),
        account=account,
        contact=lead.contact,
        product=lead.product,
        amount=amount,
        owner=lead.owner,
        source=lead.source,
        by=by,
    )
    lead.opportunity, lead.closed_at = opportunity, timezone.now()
    lead.save()
    record(LeadConverted(lead=lead, opportunity=opportunity, contact=lead.contact))
    return opportunity
