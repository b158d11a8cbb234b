"""Who may do what with leads and opportunities."""

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

_work = {REPRESENTATIVE: OWN, TEAM_LEAD: UNIT}

grant(
    "lead",
    see={REPRESENTATIVE: OWN, TEAM_LEAD: UNIT, AGENT: ALL, MARKETER: ALL, PROCESS_OWNER: ALL},
    run={
        "sales.capture_lead": {REPRESENTATIVE: ALL, TEAM_LEAD: ALL, AGENT: ALL, MARKETER: ALL},
        ("sales.change_lead",): {**_work, MARKETER: ALL},
        (
            "sales.contact_lead",
            "sales.qualify_lead",
            "sales.disqualify_lead",
            "sales.reopen_lead",
            "sales.convert_lead",
        ): _work,
        "sales.assign_lead": {TEAM_LEAD: UNIT},
    },
)

grant(
    "pipeline",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        ("sales.add_pipeline", "sales.change_pipeline", "sales.add_stage"): {},
    },
)

grant(
    "stage",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        ("sales.change_stage", "sales.move_stage", "sales.remove_stage"): {},
    },
)

grant(
    "opportunity",
    see={REPRESENTATIVE: OWN, TEAM_LEAD: UNIT, AGENT: ALL, MARKETER: ALL, PROCESS_OWNER: ALL},
    run={
        "sales.open_opportunity": {REPRESENTATIVE: ALL, TEAM_LEAD: ALL},
        (
            "sales.change_opportunity",
            "sales.move_opportunity",
            "sales.discount_opportunity",
            "sales.promise_delivery",
            "sales.win_opportunity",
            "sales.lose_opportunity",
            "sales.reopen_opportunity",
        ): _work,
        "sales.assign_opportunity": {TEAM_LEAD: UNIT},
    },
)
