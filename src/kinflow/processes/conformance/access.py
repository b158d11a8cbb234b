"""Who sees reference models, and who gives and removes them."""

from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant

KIND = "referencemodel"

grant(
    KIND,
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={("processes.add_reference_model", "processes.remove_reference_model"): {PROCESS_OWNER: ALL}},
)
