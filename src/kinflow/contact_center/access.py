"""Who may do what with e-mails: letters are for those who answer them, and for their owners."""

from kinflow.records.access import AGENT, ALL, MARKETER, OWN, REPRESENTATIVE, TEAM_LEAD, grant

_work = {AGENT: ALL, TEAM_LEAD: ALL, REPRESENTATIVE: OWN, MARKETER: OWN}

grant(
    "email",
    see=_work,
    run={
        "contact_center.receive_email": {},
        (
            "contact_center.change_email",
            "contact_center.answer_email",
            "contact_center.ignore_email",
            "contact_center.reopen_email",
            "contact_center.join_case",
            "contact_center.open_case_from_email",
        ): _work,
        "contact_center.assign_email": {AGENT: ALL, TEAM_LEAD: ALL},
    },
)
