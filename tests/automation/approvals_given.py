"""Questions of rules for tests."""

from typing import Any

from kinflow.automation.approvals.models import Approval
from kinflow.automation.rules.models import Rule
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM, Actor
from kinflow.organisation.models import Person
from kinflow.sales.leads.actions import change_lead

from . import given
from .rules_given import HOT, happens, rule, work


def reporting() -> tuple[Person, Person, Person]:
    """Who reports to whom: the last to the first."""
    east = given.unit()
    head = given.person("何", east, roles=("team_lead",))
    lead = given.person("林", east, roles=("team_lead",), reports_to=head)
    return head, lead, given.person("孙", east, reports_to=lead)


def plan(subject: str) -> dict[str, Any]:
    """A step that leaves a trace."""
    return {
        "step": "create_record",
        "parameters": {"record_type": "activity", "values": {"subject": subject}},
    }


def asking(owner: Person, **more: Any) -> Rule:
    """A rule that asks whom the lead's owner reports to."""
    parameters = {
        "to": "lead",
        "question": "May {record.need} go on?",
        "within": {"amount": 4, "unit": "hours"},
        "approved": [plan("Yes")],
        "refused": [plan("No")],
        "unanswered": [plan("Late")],
        **more,
    }
    return rule(
        owner,
        name="Ask first",
        trigger=happens("sales.lead_changed"),
        condition=HOT,
        steps=[{"step": "ask_for_approval", "parameters": parameters}, plan("After")],
    )


def asked(line: tuple[Person, ...], *, by: Actor = SYSTEM, **more: Any) -> tuple[Rule, Approval]:
    """The approval that such a rule asks for because of a lead of the last in line."""
    made = asking(given.person("陈", line[0].unit, roles=("team_lead",)), **more)
    work()
    change_lead(lead=given.lead(owner=line[2]), changes={"score": 90, "notes": "Tall"}, by=by)
    work()
    return made, Approval.objects.select_related("person").get()


def done() -> list[str]:
    """Which ways were gone."""
    return sorted(Activity.objects.values_list("subject", flat=True))
