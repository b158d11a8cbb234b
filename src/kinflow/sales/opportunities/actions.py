"""All that can be done with opportunities."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.models import Product
from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes, plain
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked, ask_first

from ..pipelines.actions import add_pipeline
from ..pipelines.models import Pipeline, Stage
from ..pipelines.rules import DEFAULT_STAGES
from .closing import require
from .deciding import DISCOUNT
from .events import (
    OpportunityAssigned,
    OpportunityChanged,
    OpportunityDiscounted,
    OpportunityLost,
    OpportunityMoved,
    OpportunityOpened,
    OpportunityReopened,
    OpportunityWon,
)
from .models import Opportunity
from .pricing import follow_amount
from .rules import LOST_REASONS, discounted, is_amount, is_discount


def _refuse_wrong_amount(amount: Decimal) -> None:
    if not is_amount(amount):
        raise Invalid(errors=[FieldError("/amount", _("The amount cannot be negative."))])


def default_pipeline(by: Actor) -> Pipeline:
    """The usual pipeline; the very first sale sets one up, and only one where two come at once."""
    usual = Pipeline.objects.order_by("-is_default", "pk")
    if found := usual.first():
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sales.first_pipeline'))")
    return usual.first() or add_pipeline(
        name="Sales", name_zh="销售", stages=DEFAULT_STAGES, is_default=True, by=by
    )


@action
def open_opportunity(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    account: Account,
    contact: Annotated[Contact | None, Ask(gettext_lazy("Contact"))] = None,
    product: Annotated[Product | None, Ask(gettext_lazy("Product"))] = None,
    amount: Annotated[Decimal, Ask(gettext_lazy("Amount"))] = Decimal(0),
    currency: Annotated[str, Ask(gettext_lazy("Currency"))] = "CNY",
    closes_on: Annotated[date | None, Ask(gettext_lazy("Closes on"))] = None,
    pipeline: Pipeline | None = None,
    source: Annotated[str, Ask(gettext_lazy("Source"))] = "",
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    by: Actor,
) -> Opportunity:
    """Open a possible sale at the first stage of its pipeline.

    Raises Invalid for an empty name or a negative amount.
    """
    permit(by, kind="opportunity")
    if not name.strip():
        raise Invalid(errors=[FieldError("/name", _("Give it a name."))])
    _refuse_wrong_amount(amount)
    pipeline = pipeline or default_pipeline(by)
    stage = pipeline.stages.order_by("position")[0]
    opportunity = Opportunity(
        name=name.strip()[:300],
        account=account,
        contact=contact,
        product=product,
        amount=amount,
        currency=currency,
        closes_on=closes_on,
        pipeline=pipeline,
        stage=stage,
        probability=stage.probability,
        source=source,
        industry=account.industry,
        country=account.country,
        province=account.province,
    )
    if owner is not None:
        opportunity.give_to(owner, timezone.now())
    opportunity.save()
    record(OpportunityOpened(opportunity=opportunity, account=account, amount=amount, currency=currency))
    if owner is not None:
        record(OpportunityAssigned(opportunity=opportunity, person=owner))
    return opportunity


@action
def change_opportunity(
    *, opportunity: Opportunity, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Opportunity:
    """Change fields; `seen` are the values the editor saw.

    Raises BeyondAuthority for a lower amount, or another currency, that a policy does not let the actor decide alone.
    """
    opportunity = hold(opportunity)
    permit(by, opportunity)
    before = copy(opportunity)
    changed = apply_changes(opportunity, changes, seen=seen)
    if changed:
        if not opportunity.name:
            raise Invalid(errors=[FieldError("/name", _("Give it a name."))])
        _refuse_wrong_amount(opportunity.amount)
        follow_amount(opportunity, before, by=by)
        if opportunity.discount != before.discount:
            changed["discount"] = [plain(before.discount), plain(opportunity.discount)]
        opportunity.save(update_fields=changed)
        record(OpportunityChanged(opportunity=opportunity, changes=changed))
    return opportunity


@action
def assign_opportunity(
    *,
    opportunity: Opportunity,
    person: Annotated[Person | None, Ask(gettext_lazy("Person"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))] = "",
    card: Mapping[str, Any] | None = None,
    by: Actor,
) -> Opportunity:
    """Give the opportunity to a person (None: hand it back)."""
    opportunity = hold(opportunity)
    permit(by, opportunity)
    before = opportunity.owner
    opportunity.give_to(person, timezone.now())
    opportunity.save()
    record(
        OpportunityAssigned(
            opportunity=opportunity, person=person, before=before, card=dict(card or {}), reason=reason
        )
    )
    return opportunity


@action
def move_opportunity(*, opportunity: Opportunity, stage: Stage, by: Actor) -> Opportunity:
    """Take an open opportunity to another stage of its pipeline; its probability follows the stage."""
    opportunity = hold(opportunity)
    permit(by, opportunity)
    require(opportunity, is_open=True)
    if stage.pipeline_id != opportunity.pipeline_id:
        raise Invalid(errors=[FieldError("/stage", _("This stage belongs to another pipeline."))])
    if stage.pk == opportunity.stage_id:
        return opportunity
    before, opportunity.stage, opportunity.probability = opportunity.stage, stage, stage.probability
    opportunity.save()
    record(OpportunityMoved(opportunity=opportunity, from_stage=before.code, to_stage=stage.code))
    return opportunity


@action
def discount_opportunity(
    *,
    opportunity: Opportunity,
    discount: Annotated[Decimal, Ask(gettext_lazy("Discount (%)"))],
    by: Actor,
) -> Opportunity | Asked:
    """Offer the customer another discount, in percent of the price; the amount follows it.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for what is no discount, AlreadyClosed where nothing is to be offered any more.
    """
    opportunity = hold(opportunity)
    permit(by, opportunity)
    require(opportunity, is_open=True)
    if not is_discount(discount):
        raise Invalid(
            errors=[FieldError("/discount", _("Give a number from 0 to 99.99, with two decimals at most."))]
        )
    before = opportunity.discount
    if discount == before:
        return opportunity
    after = discounted(opportunity.amount, before, discount)
    facts = {"discount": discount, "before": before, "less": opportunity.amount - after}
    if asked := ask_first(DISCOUNT, opportunity, given={"discount": discount}, facts=facts, by=by):
        return asked
    opportunity.amount = after
    opportunity.discount = discount
    opportunity.save()
    _tell_discount(opportunity, before)
    return opportunity


@action
def win_opportunity(
    *,
    opportunity: Opportunity,
    amount: Annotated[Decimal | None, Ask(gettext_lazy("Amount"))] = None,
    by: Actor,
) -> Opportunity:
    """The customer bought; `amount` where it is another than expected.

    Raises BeyondAuthority for a lower one that a policy does not let the actor decide alone.
    """
    opportunity = hold(opportunity)
    permit(by, opportunity)
    require(opportunity, is_open=True)
    if amount is not None:
        _refuse_wrong_amount(amount)
        _sell_for(opportunity, amount, by)
    opportunity.outcome, opportunity.probability, opportunity.closed_at = "won", 100, timezone.now()
    opportunity.save()
    record(
        OpportunityWon(
            opportunity=opportunity,
            account=opportunity.account,
            amount=opportunity.amount,
            currency=opportunity.currency,
        )
    )
    return opportunity


def _sell_for(opportunity: Opportunity, amount: Decimal, by: Actor) -> None:
    """Another amount than was expected, with the discount that it comes to."""
    before = copy(opportunity)
    opportunity.amount = amount
    follow_amount(opportunity, before, by=by)
    if opportunity.discount != before.discount:
        _tell_discount(opportunity, before.discount)


def _tell_discount(opportunity: Opportunity, before: Decimal) -> None:
    record(
        OpportunityDiscounted(
            opportunity=opportunity,
            account=opportunity.account,
            before=before,
            discount=opportunity.discount,
            amount=opportunity.amount,
            currency=opportunity.currency,
        )
    )


@action
def lose_opportunity(
    *,
    opportunity: Opportunity,
    reason: Annotated[str, Ask(gettext_lazy("Reason"), choices=LOST_REASONS)],
    note: Annotated[str, Ask(gettext_lazy("Note"), long=True)] = "",
    by: Actor,
) -> Opportunity:
    """The customer did not buy, and why.

    Raises Invalid for an unknown reason.
    """
    opportunity = hold(opportunity)
    permit(by, opportunity)
    require(opportunity, is_open=True)
    if reason not in dict(LOST_REASONS):
        raise Invalid(errors=[FieldError("/reason", _("Choose one of the reasons."))])
    opportunity.outcome, opportunity.probability = "lost", 0
    opportunity.reason, opportunity.closed_at = reason, timezone.now()
    opportunity.save()
    record(OpportunityLost(opportunity=opportunity, account=opportunity.account, reason=reason, note=note))
    return opportunity


@action
def reopen_opportunity(*, opportunity: Opportunity, by: Actor) -> Opportunity:
    """Open a won or lost opportunity again, at the stage where it was."""
    opportunity = hold(opportunity)
    permit(by, opportunity)
    require(opportunity, is_open=False)
    opportunity.outcome, opportunity.reason, opportunity.closed_at = "open", "", None
    opportunity.probability = opportunity.stage.probability
    opportunity.save()
    record(OpportunityReopened(opportunity=opportunity))
    return opportunity
