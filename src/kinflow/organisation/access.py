"""Who may do what with the organisation: everybody sees it, administrators change it, team leads keep their people."""

from kinflow.records.access import ALL, AUDITOR, OWN, PEOPLE_WORK, PROCESS_OWNER, TEAM_LEAD, UNIT, grant

_everybody = (*PEOPLE_WORK, PROCESS_OWNER, AUDITOR)
_see = dict.fromkeys(_everybody, ALL)
_lead = {TEAM_LEAD: UNIT}
_self = {**dict.fromkeys((*PEOPLE_WORK, PROCESS_OWNER), OWN), **_lead}

grant(
    "unit",
    owned=False,
    see=_see,
    run={
        (
            "organisation.add_unit",
            "organisation.change_unit",
            "organisation.move_unit",
            "organisation.close_unit",
            "organisation.reopen_unit",
        ): {},
    },
)
grant(
    "position",
    owned=False,
    see=_see,
    run={
        (
            "organisation.add_position",
            "organisation.change_position",
            "organisation.retire_position",
            "organisation.take_up_position",
        ): {}
    },
)
grant(
    "person",
    see=_see,
    run={
        ("organisation.add_person", "organisation.change_person", "organisation.record_leaving"): {},
        ("organisation.set_skill", "organisation.set_capacity", "organisation.set_territories"): _lead,
        (
            "organisation.set_presence",
            "organisation.set_language",
            "organisation.add_absence",
            "organisation.remove_absence",
        ): _self,
    },
)
grant(
    "skill",
    owned=False,
    see=_see,
    run={
        (
            "organisation.add_skill",
            "organisation.change_skill",
            "organisation.retire_skill",
            "organisation.take_up_skill",
        ): {}
    },
)
grant(
    "territory",
    owned=False,
    see=_see,
    run={
        (
            "organisation.add_territory",
            "organisation.change_territory",
            "organisation.retire_territory",
            "organisation.take_up_territory",
        ): {}
    },
)
grant(
    "workingcalendar",
    owned=False,
    see=_see,
    run={
        (
            "organisation.add_calendar",
            "organisation.change_calendar",
            "organisation.retire_calendar",
            "organisation.take_up_calendar",
            "organisation.set_calendar_day",
            "organisation.remove_calendar_day",
        ): {},
    },
)
