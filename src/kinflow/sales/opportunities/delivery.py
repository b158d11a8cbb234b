"""The day by which a customer is promised delivery: a policy of the company may rule who promises it alone."""

from datetime import date, timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked, ask_first

from .closing import require
from .deciding import DELIVERY
from .events import DeliveryPromised
from .models import Opportunity

FARTHEST = timedelta(days=3 * 365)


@action
def promise_delivery(
    *,
    opportunity: Opportunity,
    on: Annotated[date, Ask(gettext_lazy("Delivered by"))],
    by: Actor,
) -> Opportunity | Asked:
    """Promise the customer delivery by a day; another promise takes the place of the one before.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for a day before today or more than three years ahead, AlreadyClosed where the sale is lost.
    """
    opportunity = hold(opportunity)
    permit(by, opportunity)
    if opportunity.outcome == "lost":
        require(opportunity, is_open=True)
    today, before = timezone.localdate(), opportunity.delivers_on
    if not today <= on <= today + FARTHEST:
        raise Invalid(errors=[FieldError("/on", _("Give a day from today on, at most three years ahead."))])
    if on == before:
        return opportunity
    facts = {
        "days": (on - today).days,
        "sooner": max((before - on).days, 0) if before else 0,
        "later": max((on - before).days, 0) if before else 0,
    }
    if asked := ask_first(DELIVERY, opportunity, given={"on": on}, facts=facts, by=by):
        return asked
    opportunity.delivers_on = on
    opportunity.save()
    record(DeliveryPromised(opportunity=opportunity, account=opportunity.account, on=on, before=before))
    return opportunity
