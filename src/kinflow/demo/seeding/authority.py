"""What the demo company stands for, and its policies: that of discounts with what the last year decided, by the log."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from kinflow.automation.authority.actions import (
    add_policy,
    change_policy,
    first_content,
    state_value,
    switch_policy,
)
from kinflow.automation.authority.models import ALONE, APPROVED, REFUSED, AuthorityUse, CompanyValue, Policy
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Mention
from kinflow.sales.opportunities.models import Opportunity

from ..stories.approvals import LIMIT

YEAR = timedelta(days=365)
VALUES = (
    (
        "The customer’s time counts",
        "珍惜客户的时间",
        "Whoever speaks with the customer decides, as far as they can answer for it.",
        "与客户对话的人在能负责的范围内当场决定。",
    ),
    (
        "Fair prices",
        "价格公道",
        "Like customers get like prices, and we can say why.",
        "同样的客户同样的价格，并且说得出理由。",
    ),
    (
        "We make good what we did wrong",
        "有错必补",
        "At once, and without being asked twice.",
        "立即补救，不让客户催第二次。",
    ),
)
GOODWILL_LIMIT, REFUND_LIMIT, DELIVERY_DAYS = "500", "5000", "30"


def set_up_authority(*, stamped: bool, now: datetime, by: Actor) -> list[Policy]:
    """Values, and the policies of all matters; `stamped`: whether heads approve all discounts above a low limit."""
    values = [
        state_value(name=name, name_zh=name_zh, text=text, text_zh=text_zh, by=by)
        for name, name_zh, text, text_zh in VALUES
    ]
    limit = Decimal(str(LIMIT[stamped])) * 100
    discount = _policy("discount", "Discounts", "折扣权限", str(limit.normalize()), values[:2], by)
    goodwill = _policy("goodwill", "Goodwill", "善意补偿权限", GOODWILL_LIMIT, values[::2], by)
    refund = _policy("refund", "Refunds", "退款权限", REFUND_LIMIT, values[2:], by)
    delivery = _policy("delivery", "Promises of delivery", "交期承诺权限", DELIVERY_DAYS, values[:1], by)
    AuthorityUse.objects.bulk_create(_past(discount, limit, now), batch_size=2_000)
    return [discount, goodwill, refund, delivery]


def _policy(
    matter: str, name: str, name_zh: str, limit: str, values: list[CompanyValue], by: Actor
) -> Policy:
    made = add_policy(matter=matter, name=name, name_zh=name_zh, content=first_content(matter, limit), by=by)
    made = change_policy(policy=made, changes={"values": [value.pk for value in values]}, by=by)
    return switch_policy(policy=made, is_active=True, by=by)


def _past(policy: Policy, limit: Decimal, now: datetime) -> Iterator[AuthorityUse]:
    """The discounts of the last year that people gave alone, and the approvals that they asked for."""
    told = Mention.objects.filter(
        entry__name="sales.opportunity_discounted",
        entry__at__gte=now - YEAR,
        entry__actor_kind="person",
        role="opportunity",
    )
    for mention in told.select_related("entry").iterator():
        given = Decimal(str(mention.entry.data["discount"]))
        if given <= limit:
            yield AuthorityUse(
                policy=policy, number=1, row=0, object_id=mention.object_id,
                person_id=int(mention.entry.actor_id), outcome=ALONE, facts={"discount": str(given)},
                at=mention.entry.at,
            )  # fmt: skip
    done = Activity.objects.filter(
        kind="approval", about_kind="opportunity", result__in=(APPROVED, REFUSED), created_at__gte=now - YEAR
    )
    owners = dict(Opportunity.objects.values_list("pk", "owner"))
    for one in done.filter(ended_at__isnull=False).iterator():
        yield AuthorityUse(
            policy=policy, number=1, row=1, object_id=one.about_id or 0, person_id=owners.get(one.about_id or 0),
            outcome=one.result, at=one.created_at, answered_at=one.ended_at,
        )  # fmt: skip
