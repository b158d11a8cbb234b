"""Who may do what with sign-ins and tokens: everybody with their own, administrators with all."""

from kinflow.records.access import AUDITOR, OWN, PEOPLE_WORK, PROCESS_OWNER, grant

_everybody = dict.fromkeys((*PEOPLE_WORK, PROCESS_OWNER, AUDITOR), OWN)

grant(
    "user",
    see=_everybody,
    run={
        (
            "organisation.create_user",
            "organisation.invite_user",
            "organisation.disable_user",
            "organisation.enable_user",
            "organisation.set_roles",
            "organisation.reset_second_factor",
        ): {},
        ("organisation.issue_token", "organisation.end_sessions"): _everybody,
    },
)
grant("token", see=_everybody, run={"organisation.revoke_token": _everybody})
