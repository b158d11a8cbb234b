"""Who may keep, share and remove views: everybody their own."""

from ..access import ALL, AUDITOR, OWN, PEOPLE_WORK, PROCESS_OWNER, grant

_everybody = (*PEOPLE_WORK, PROCESS_OWNER, AUDITOR)

grant(
    "savedview",
    see=dict.fromkeys(_everybody, ALL),
    run={
        "records.save_view": dict.fromkeys(_everybody, ALL),
        ("records.share_view", "records.remove_view"): dict.fromkeys(_everybody, OWN),
    },
)
