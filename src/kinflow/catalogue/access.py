"""Who may do what with products: all look at them, those who answer for the offer keep them."""

from kinflow.records.access import (
    AGENT,
    ALL,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
    grant,
)

grant(
    "product",
    owned=False,
    see=dict.fromkeys((REPRESENTATIVE, TEAM_LEAD, AGENT, MARKETER, PROCESS_OWNER), ALL),
    run={
        ("catalogue.add_product", "catalogue.change_product", "catalogue.retire_product"): {MARKETER: ALL},
    },
)
