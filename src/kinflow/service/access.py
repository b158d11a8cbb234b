"""Who may do what with cases: what customers ask for is known to all who work with customers."""

from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    OWN,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    grant,
)

_work = {AGENT: ALL, TEAM_LEAD: ALL, REPRESENTATIVE: OWN}

grant(
    "case",
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        "service.open_case": {AGENT: ALL, TEAM_LEAD: ALL, REPRESENTATIVE: ALL, MARKETER: ALL},
        (
            "service.change_case",
            "service.answer_case",
            "service.wait_for_customer",
            "service.resume_case",
            "service.solve_case",
            "service.give_goodwill",
            "service.refund_case",
            "service.rate_case",
            "service.close_case",
            "service.reopen_case",
        ): _work,
        "service.assign_case": {AGENT: ALL, TEAM_LEAD: ALL},
    },
)
