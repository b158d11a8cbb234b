"""A lead being pursued: who is behind it and what for, and the steps that several people may take."""

from dataclasses import dataclass

from ..market.interests import Interest
from ..market.prospects import Prospect
from ..records import Contact
from ..scene import Scene, changed
from . import customers


@dataclass
class Chase:
    """A lead on its way: who is behind it, and what for."""

    key: str
    prospect: Prospect
    contact: Contact
    interest: Interest
    source: str
    captured_at: int
    cause: int | None
    is_known: bool = False

    @property
    def priority(self) -> int:
        """How urgent it is for those who work on it."""
        return 1 if self.interest.is_hot else 3 if self.interest.score >= 55 else 4


def know_account(scene: Scene, chase: Chase, by: str) -> None:
    """Enter the company as an account, unless it is one, and join contact and lead to it."""
    prospect, ledger = chase.prospect, scene.ledger
    if prospect.key not in ledger.accounts:
        customers.add_account(scene, prospect, by, chase.source)
    for key in prospect.known:
        if ledger.contacts[key].account is None:
            ledger.contacts.change(key, account=prospect.key, changed_at=ledger.now)
            subjects = {"contact": key, "account": prospect.key}
            scene.tell("contact_changed", by, subjects, changes=changed(account=(None, prospect.key)))
    if ledger.leads[chase.key].account is None:
        ledger.leads.change(chase.key, account=prospect.key, changed_at=ledger.now)
        subjects = {"lead": chase.key, "account": prospect.key}
        scene.tell("lead_changed", by, subjects, chase.cause, changes=changed(account=(None, prospect.key)))
    chase.contact = ledger.contacts[chase.contact.key]


def assign(scene: Scene, chase: Chase, person: str, by: str, reason: str) -> None:
    """Give the lead to somebody."""
    before = scene.ledger.leads[chase.key].owner
    scene.ledger.leads.change(
        chase.key, owner=person, assigned_at=scene.ledger.now, changed_at=scene.ledger.now
    )
    subjects = {"lead": chase.key, "contact": chase.contact.key}
    scene.tell("lead_assigned", by, subjects, chase.cause, person=person, before=before, reason=reason)


def contacted(scene: Scene, chase: Chase, by: str) -> None:
    """Note the first conversation, if it is the first."""
    lead = scene.ledger.leads[chase.key]
    if lead.stage == "new":
        scene.ledger.leads.change(
            chase.key, stage="contacted", contacted_at=scene.ledger.now, changed_at=scene.ledger.now
        )
        scene.tell("lead_contacted", by, {"lead": chase.key, "contact": chase.contact.key}, chase.cause)
