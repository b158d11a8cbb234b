"""Who may do what with customers: sales sees its own, service and marketing see all."""

from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    UNIT,
    grant,
)

_see = {REPRESENTATIVE: OWN, TEAM_LEAD: UNIT, AGENT: ALL, MARKETER: ALL, PROCESS_OWNER: ALL}
_sales = {REPRESENTATIVE: OWN, TEAM_LEAD: UNIT}
_anybody = {REPRESENTATIVE: ALL, TEAM_LEAD: ALL, AGENT: ALL, MARKETER: ALL}

grant(
    "account",
    see=_see,
    run={
        "customers.add_account": _anybody,
        ("customers.change_account", "customers.move_account"): {**_sales, AGENT: ALL, MARKETER: ALL},
        "customers.tell_accounts_apart": {**_sales, AGENT: ALL, MARKETER: ALL},
        "customers.note_duplicates": {},
        "customers.assign_account": {TEAM_LEAD: UNIT},
    },
)

grant(
    "contact",
    see=_see,
    run={
        "customers.add_contact": _anybody,
        (
            "customers.change_contact",
            "customers.add_contact_point",
            "customers.remove_contact_point",
            "customers.forget_contact_point",
            "customers.join_account",
            "customers.leave_account",
            "customers.record_consent",
            "customers.log_call",
            "customers.tell_contacts_apart",
        ): {**_sales, AGENT: ALL, MARKETER: ALL},
        "customers.assign_contact": {TEAM_LEAD: UNIT},
        "customers.erase_contact": {},
        "customers.note_duplicates": {},
    },
)

grant(
    "activity",
    see=_see,
    run={
        ("customers.plan_activity", "customers.log_activity"): _anybody,
        (
            "customers.change_activity",
            "customers.start_activity",
            "customers.finish_activity",
            "customers.cancel_activity",
        ): {**_sales, AGENT: OWN, MARKETER: OWN},
        "customers.assign_activity": {TEAM_LEAD: UNIT},
    },
)
