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


def stir(lead: Any, turn: int, *, rules: int, share: int) -> bool:
    """Change the lead; every `share`-th change meets a rule. Whether this one does."""
    from kinflow.eventlog import SYSTEM
    from kinflow.sales.leads.actions import change_lead

    meets = turn % share == 0
    detail = f"place {turn // share % rules}" if meets else f"nowhere {turn}"
    change_lead(lead=lead, changes={"source_detail": detail, "score": 1 + turn % 99}, by=SYSTEM)
    return meets
