"""What works by itself in the company: rules, a message template, offers of hot leads, a proposal to share work out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from kinflow.automation.clock.working import run_due
from kinflow.automation.messages.models import MessageTemplate
from kinflow.automation.messages.templates import add_template
from kinflow.automation.rebalancing.proposing import propose_rebalancing
from kinflow.automation.rules.actions import add_rule, switch_rule
from kinflow.automation.rules.following import NAME as RULES
from kinflow.automation.rules.models import Rule
from kinflow.automation.rules.recipes import RECIPES
from kinflow.automation.scorings.actions import add_scoring
from kinflow.automation.scorings.shipped import SHIPPED
from kinflow.eventlog import Actor, action
from kinflow.eventlog.bulk import speaking_for
from kinflow.eventlog.models import Cursor, Entry
from kinflow.organisation.people.models import Person

from .book import Book

SWITCHED_ON = ("hot_lead", "follow_up", "hand_over", "sla_escalation", "reopened", "duplicate_contact")
"""The recipes that are on; the others wait to be looked at."""
LATE = timedelta(days=3)
"""The rules look back so far when the company opens: there is something in their log."""
HOT = 90
OFFER_MINUTES = 8 * 60
QUOTED = "quoted"
_OVERLOADED_UNIT = "south-inland"


def let_it_work(*, book: Book, keeper: Person, now: datetime, by: Actor) -> list[Rule]:
    """Set up what works by itself; `keeper` owns the rules. Returns the rules."""
    with override("zh-hans"):
        template = _template(by)
        rules = [
            set_up_rule(name=name, keeper=keeper, template=template, since=now - LATE, by=by)
            for name in SWITCHED_ON
        ]
    _offer_hot_leads(by)
    people = book.of("unit", _OVERLOADED_UNIT).pk
    propose_rebalancing(cause="overload", kinds=["opportunity", "lead"], units=[people], price=3, by=by)
    return rules


def look_back(now: datetime) -> None:
    """Let the rules read what happened of late; all other readers stand behind the history.

    What is there is taken in before, not by the worker at the same time.
    """
    run_due(timezone.now())
    first = Entry.objects.filter(at__gte=now - LATE).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        Cursor.objects.filter(pk=RULES).update(entry_id=first - 1)


def _template(by: Actor) -> MessageTemplate:
    return add_template(
        name="报价跟进",
        kind="opportunity",
        subject={
            "en": "No answer to the offer: {record.name}",
            "zh-hans": "报价未获答复：{record.name}",
        },
        text={
            "en": "Our offer to {record.account.name} over {record.amount} has lain for a week. Call them today.",
            "zh-hans": "{record.account.name} 的报价（{record.amount}）已一周未获答复，请今天致电客户。",
        },
        by=by,
    )


@action
def set_up_rule(*, name: str, keeper: Person, template: MessageTemplate, since: datetime, by: Actor) -> Rule:
    """Add a rule as its recipe says and switch it on, as if that had been some days ago."""
    recipe = next(each for each in RECIPES if each.name == name)
    content = recipe.content()
    if name == "follow_up":
        told = {"to": "owner", "template": str(template.pk), "urgency": "normal"}
        content["steps"].append({"step": "tell", "parameters": told})
    rule = add_rule(
        kind=recipe.kind,
        name=recipe.names()["en"],
        name_zh=recipe.names()["zh-hans"],
        owner=keeper,
        shipped_as=recipe.name,
        by=by,
        **content,
    )
    rule = switch_rule(rule=rule, is_active=True, by=by)
    with speaking_for("automation"):
        rule.switched_on_at = since
        rule.save()
    return rule


def _offer_hot_leads(by: Actor) -> None:
    """The hottest leads are offered: whoever gets one has to want it."""
    _name, criteria, eligibility = SHIPPED["lead"]
    condition: Mapping[str, Any] = {"field": "score", "op": "at_least", "value": HOT}
    add_scoring(
        kind="lead",
        name="Hot leads are offered",
        name_zh="热门线索先派约",
        condition=condition,
        criteria=criteria,
        eligibility=eligibility,
        offer={"minutes": OFFER_MINUTES, "working_time": True},
        position=10,
        by=by,
    )
