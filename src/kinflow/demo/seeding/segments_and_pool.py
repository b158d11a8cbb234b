"""Living sets of customers with their sizes of the last months, and a public pool with what lies in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kinflow.automation.pool.claiming import put_back
from kinflow.automation.pool.models import Pool
from kinflow.automation.pool.policies import add_pool
from kinflow.conditions import to_q
from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Actor
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.faces import registry
from kinflow.records.segments.actions import add_members, create_segment
from kinflow.records.segments.founding import found_segment
from kinflow.records.segments.models import BY_HAND, Segment, SegmentSize
from kinflow.records.segments.rules import condition_of, neutral

BACK_DAYS, STEP_DAYS = 90, 6
LYING, EACH = 12, 3
"""So many potential customers were put back, at most so many by one person."""
INVITED = 36
WHY = ("客户已选用其他品牌，半年没有询价", "联系人离职，新的对接人不接电话", "项目取消，短期没有采购计划")
POTENTIAL: Mapping[str, Any] = {"field": "life_stage", "op": "is", "value": "potential"}


@dataclass(frozen=True)
class Kept:
    """A segment that is kept by its condition."""

    kind: str
    name: str
    name_zh: str
    condition: Mapping[str, Any]


def _all(*parts: Mapping[str, Any]) -> dict[str, Any]:
    return {"all": list(parts)}


SEGMENTS = (
    Kept(
        "account",
        "A-grade customers",
        "A级在购客户",
        _all(
            {"field": "life_stage", "op": "is", "value": "actual"},
            {"field": "grade", "op": "is", "value": "A"},
        ),
    ),
    Kept(
        "account",
        "Customers nobody spoke with for 60 days",
        "60天未联系的客户",
        _all(
            {"field": "life_stage", "op": "is", "value": "actual"},
            {"field": "grade", "op": "any_of", "value": ["A", "B"]},
            {
                "has_no": "activities",
                "where": {"field": "ended_at", "op": "within_last", "value": {"days": 60}},
            },
        ),
    ),
    Kept(
        "contact",
        "Contacts in chemicals and pharmaceuticals with e-mail",
        "化工医药行业有邮箱的联系人",
        _all(
            {"field": "account.industry", "op": "any_of", "value": ["chemical", "pharma"]},
            {"field": "email", "op": "is_filled"},
        ),
    ),
)


def keep_sets(*, owner: Actor, now: datetime, by: Actor) -> list[Segment]:
    """Found the segments with their sizes over time, and one by hand: who is invited to the customers' day."""
    segments = []
    for kept in SEGMENTS:
        made = create_segment(
            kind=kept.kind, name=kept.name, name_zh=kept.name_zh, condition=kept.condition, by=owner
        )
        segment = found_segment(segment=made, now=now, by=by)
        _sizes(segment, now)
        segments.append(segment)
    segments.append(_invited(owner))
    return segments


def _sizes(segment: Segment, now: datetime) -> None:
    """How large the segment was on some days before: the condition asked as of then, of whoever was known then."""
    rows = registry[segment.kind].model._default_manager
    condition, sizes, before = condition_of(segment), [], None
    for back in range(BACK_DAYS, 0, -STEP_DAYS):
        then = now - timedelta(days=back)
        held = to_q(condition, neutral(then))
        size = rows.filter(held, created_at__lte=then).values("pk").distinct().count()
        moved = size - (size if before is None else before)
        day = timezone.localdate(then, timezone.get_default_timezone())
        sizes.append(
            SegmentSize(segment=segment, day=day, size=size, joined=max(moved, 0), left=max(-moved, 0))
        )
        before = size
    SegmentSize.objects.bulk_create(sizes)
    moved = segment.size - (before or 0)
    SegmentSize.objects.filter(segment=segment).exclude(day__in=[row.day for row in sizes]).update(
        joined=max(moved, 0), left=max(-moved, 0)
    )


def _invited(owner: Actor) -> Segment:
    segment = create_segment(
        kind="contact",
        name="Invited to the customers’ day in Ningbo",
        name_zh="宁波客户日受邀名单",
        way=BY_HAND,
        by=owner,
    )
    guests = Contact.objects.filter(account__grade="A", account__life_stage="actual").order_by("pk")
    add_members(segment=segment, ids=list(guests.values_list("pk", flat=True)[:INVITED]), by=owner)
    return segment


def fill_the_pool(*, by: Actor) -> Pool:
    """A public pool of potential customers; their owners put some of them back, each with a reason."""
    pool = add_pool(
        kind="account",
        name="Potential customers",
        name_zh="潜在客户公海",
        condition=POTENTIAL,
        policy={"claims": 5, "period_days": 7, "holding_cap": 60, "neglect_days": None, "locked_days": 30},
        by=by,
    )
    held_by: Counter[int] = Counter()
    rows = Account.objects.filter(life_stage="potential", owner__isnull=False, owner__left_on=None)
    for account in rows.select_related("owner__unit").order_by("changed_at", "pk"):
        owner = account.owner
        if owner is not None and held_by[owner.pk] < EACH:
            reason = WHY[held_by.total() % len(WHY)]
            put_back(record=account, reason=reason, by=actor_of_person(owner))
            held_by[owner.pk] += 1
        if held_by.total() == LYING:
            break
    return pool
