"""Who may answer offers: whoever one was made to; the actions ask whether it is them."""

from kinflow.records.access import AUDITOR, OWN, ROLES, accesses
from kinflow.records.faces import registry

ACCEPT, DECLINE = "automation.accept_offer", "automation.decline_offer"
BY_RULES = ("automation.time_out_offer", "automation.withdraw_offer")


def extend_to_offers() -> None:
    """Grant, for every kind of work, that people answer; time and the log let offers end."""
    for face in registry.values():
        access = accesses.get(face.name)
        if face.work is None or access is None:
            continue
        for name in (ACCEPT, DECLINE):
            access.run[name] = {role: OWN for role in ROLES if role != AUDITOR}
        for name in BY_RULES:
            access.run[name] = {}
