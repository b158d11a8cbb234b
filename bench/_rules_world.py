"""Rules and an event stream for measurements: leads that change, and rules over the values that they change to."""

from typing import Any

PLACES = 250
"""Different values of the field that rules insist on."""


def found(rules: int, leads: int) -> tuple[list[Any], list[Any]]:
    """So many rules that are on, each for one value, and so many leads."""
    from kinflow.automation.rules.actions import add_rule, switch_rule
    from kinflow.customers.contacts.actions import add_contact
    from kinflow.eventlog import SYSTEM
    from kinflow.organisation.people.actions import add_person
    from kinflow.organisation.units.actions import add_unit
    from kinflow.sales.leads.actions import capture_lead

    unit = add_unit(name="Bench", kind="company", by=SYSTEM)
    owner = add_person(family_name="Bench", unit=unit, roles=["administrator"], by=SYSTEM)
    made = []
    for n in range(rules):
        rule = add_rule(
            kind="lead",
            name=f"Rule {n}",
            trigger={"when": "event", "events": ["sales.lead_changed"]},
            condition={
                "all": [
                    {"field": "source_detail", "op": "is", "value": f"place {n}"},
                    {"field": "score", "op": "at_least", "value": 1},
                ]
            },
            steps=[
                {
                    "step": "create_record",
                    "parameters": {"record_type": "activity", "values": {"subject": "Call"}},
                }
            ],
            owner=owner,
            hourly_limit=1_000_000,
            by=SYSTEM,
        )
        made.append(switch_rule(rule=rule, is_active=True, by=SYSTEM))
    contact = add_contact(family_name="Bench", by=SYSTEM)
    return made, [capture_lead(contact=contact, need=f"pump {n}", by=SYSTEM) for n in range(leads)]


def stir_many(leads: list[Any], first: int, count: int, *, rules: int, share: int) -> int:
    """Change so many leads in one transaction, as imports and integrations do; how many of the changes meet a rule.

    Leads that meet rules are others than those that do not, so that no change hides one before it was seen.
    """
    from kinflow.eventlog import SYSTEM, Actor, action, bulk
    from kinflow.sales.leads.events import LeadChanged
    from kinflow.sales.leads.models import Lead

    half = len(leads) // 2
    turns = range(first, first + count)
    meeting = [turn for turn in turns if turn % share == 0]
    missing = {leads[turn % half].pk: leads[turn % half] for turn in turns if turn % share}

    def change_leads(*, by: Actor) -> None:
        bulk.update(Lead.objects.filter(pk__in=missing), source_detail=f"nowhere {first}", score=1)
        told = [(lead, f"nowhere {first}") for lead in missing.values()]
        for turn in meeting:
            lead, detail = leads[half + turn // share % half], f"place {turn // share % rules}"
            bulk.update(Lead.objects.filter(pk=lead.pk), source_detail=detail, score=99)
            told.append((lead, detail))
        bulk.record_many(
            (LeadChanged(lead=lead, changes={"source_detail": ["", detail]}), None) for lead, detail in told
        )

    change_leads.__module__ = "kinflow.sales.leads.measured"
    action(change_leads)(by=SYSTEM)
    return len(meeting)
