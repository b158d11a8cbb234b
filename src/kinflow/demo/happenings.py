"""What happens: one value per fact, named after the action it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KINDS: Mapping[str, str] = {
    "account_added": "an account was entered",
    "account_changed": "fields of an account got other values (details: changes)",
    "account_assigned": "an account got its representative (details: person, before, reason)",
    "contact_added": "a contact was entered",
    "contact_changed": "fields of a contact got other values (details: changes)",
    "consent_recorded": "a contact allowed or refused to be contacted",
    "lead_captured": "somebody showed interest",
    "lead_changed": "fields of a lead got other values (details: changes)",
    "lead_assigned": "a lead got its person (details: person, before, reason)",
    "lead_contacted": "the first conversation about a lead",
    "lead_qualified": "a lead is worth pursuing",
    "lead_disqualified": "a lead leads nowhere (details: reason, note)",
    "lead_converted": "a lead became an opportunity",
    "opportunity_opened": "a possible sale came up",
    "opportunity_assigned": "an opportunity got its person (details: person, before, reason)",
    "opportunity_discounted": "another discount (details: before and discount as parts of one, amount, currency)",
    "opportunity_moved": "an opportunity went to another stage (details: from_stage, to_stage)",
    "opportunity_won": "the customer bought",
    "opportunity_lost": "the customer did not buy (details: reason, note)",
    "case_opened": "a customer asked for service",
    "case_assigned": "a case got its person (details: person, before, reason)",
    "case_handed_over": "a case went from one person to another (details: person, before, reason)",
    "case_changed": "fields of a case got other values (details: changes)",
    "case_answered": "the customer got a first answer",
    "case_waiting": "nothing goes on without the customer's answer (details: note)",
    "case_resumed": "the customer's answer came",
    "case_solved": "the matter is settled (details: solution)",
    "case_rated": "the customer said how content they are (details: rating)",
    "case_closed": "a solved case is closed for good",
    "case_reopened": "a solved case was not solved",
    "email_received": "an e-mail came in",
    "email_assigned": "an e-mail got its person (details: person)",
    "email_answered": "an e-mail was answered (details: text)",
    "email_ignored": "an e-mail needs no answer",
    "activity_planned": "work was planned, or asked of somebody",
    "activity_started": "work began",
    "activity_done": "work ended (details: outcome)",
    "activity_cancelled": "planned work was dropped",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact at one moment.

    `actor` is a person's key, or "kind:name" for what is no person (portal:website, integration:baidu,
    import:crm, system:mail, process:closing). `subjects` maps roles to record keys. `cause` is the number of
    the happening that brought it about.
    """

    number: int
    at: datetime
    kind: str
    actor: str
    subjects: Mapping[str, str]
    details: Mapping[str, Any]
    cause: int | None = None

    @property
    def is_human(self) -> bool:
        """Whether a person did it."""
        return ":" not in self.actor
