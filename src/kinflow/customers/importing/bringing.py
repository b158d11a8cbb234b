"""Bringing customers in: those in the rows who are not known yet become contacts and accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.utils import timezone

from kinflow.eventlog import Actor, Event, action, bulk
from kinflow.records.access import permit

from ..accounts.events import AccountAdded, AccountAssigned
from ..accounts.models import Account
from ..consents.events import ConsentGiven, ConsentWithdrawn
from ..consents.models import Consent
from ..contacts.events import ContactAdded, ContactAssigned
from ..contacts.models import Contact, ContactPoint, Membership
from .callers import Caller
from .finding import Known

Told = tuple[Event, datetime | None]
BASIS = "import"
POINT = ("contact_id", "kind", "value", "given", "label", "is_main")


@dataclass
class Brought:
    """For each caller in order the contact and the account they are, and which rows brought new ones."""

    contacts: list[Contact | None] = field(default_factory=list)
    accounts: list[Account | None] = field(default_factory=list)
    new_contacts: dict[int, Contact] = field(default_factory=dict)
    new_accounts: dict[int, Account] = field(default_factory=dict)


@action
def bring_customers(*, callers: Sequence[Caller], by: Actor) -> Brought:
    """Find or make the contact and the account of each caller, in one go; those known stay as they are.

    Who has neither name nor address is nobody: no contact is made.
    """
    permit(by, kind="contact")
    known, brought = Known(callers), Brought()
    bulk.insert(list(_accounts(callers, known, brought).values()))
    for caller in callers:
        contact = known.contact(caller)
        account = known.account(caller)
        if contact is None and caller.is_somebody:
            contact = _contact(caller, account)
            brought.new_contacts[caller.number] = contact
            contact.pk = -caller.number  # until the database gives one
            known.add(contact, caller)
        brought.contacts.append(contact)
        brought.accounts.append(account or (contact.account if contact else None))
    _write(callers, brought)
    return brought


def _accounts(callers: Sequence[Caller], known: Known, brought: Brought) -> dict[str, Account]:
    """New accounts for the companies that are not known, the first row's facts first."""
    made: dict[str, Account] = {}
    for caller in callers:
        key = caller.firm_key
        if not key or key in known.accounts:
            continue
        made[key] = new_account(caller, key)
        known.accounts[key] = made[key]
        brought.new_accounts[caller.number] = made[key]
    return made


def new_account(caller: Caller, key: str) -> Account:
    """An unsaved account of the caller's company."""
    account = bulk.like(
        _account_pattern(),
        name=caller.company,
        key=key,
        source=caller.person.get("source", "")[:40],
        created_at=caller.at or timezone.now(),
        **caller.firm,
    )
    account.changed_at = account.created_at
    if caller.owner is not None:
        account.give_to(caller.owner, timezone.now())
    return account


def _contact(caller: Caller, account: Account | None) -> Contact:
    contact = bulk.like(
        _pattern(),
        family_name=caller.family_name,
        given_name=caller.given_name,
        account=account,
        email=caller.emails[0] if caller.emails else "",
        phone=caller.phones[0][1] if caller.phones else "",
        notes=caller.notes,
        **caller.person,
    )
    contact.created_at = contact.changed_at = caller.at or timezone.now()
    if caller.owner is not None:
        contact.give_to(caller.owner, timezone.now())
    return contact


@cache
def _pattern() -> Contact:
    """What all new contacts have in common."""
    return Contact()


@cache
def _account_pattern() -> Account:
    """What all new accounts have in common."""
    return Account()


def _write(callers: Sequence[Caller], brought: Brought) -> None:
    new = [
        (caller, brought.new_contacts[caller.number])
        for caller in callers
        if caller.number in brought.new_contacts
    ]
    for _caller, contact in new:
        contact.pk = None
    bulk.insert([contact for _caller, contact in new])
    contacts = [contact for _caller, contact in new]
    points = (point for caller, contact in new for point in _points(caller, contact))
    bulk.insert_parts(ContactPoint, POINT, points, wholes=contacts)
    members = ((one.pk, one.account_id, "") for one in contacts if one.account_id)
    bulk.insert_parts(Membership, ("contact_id", "account_id", "role"), members, wholes=contacts)
    bulk.insert([consent for caller, contact in new for consent in _consents(caller, contact)])
    bulk.record_many(_told(callers, brought))


def _points(caller: Caller, contact: Contact) -> Iterable[tuple[int, str, str, str, str, bool]]:
    """All ways to reach the contact, each once; the first of each family is the main one."""
    mails = [("email", value) for value in caller.emails]
    seen = set()
    for place, (kind, value) in enumerate([*mails, *caller.phones, *caller.points]):
        if (kind, value) in seen:
            continue
        seen.add((kind, value))
        is_main = place in (0, len(mails)) or kind not in ("email", "phone", "mobile")
        yield contact.pk, kind, value, value, "", is_main


def _consents(caller: Caller, contact: Contact) -> Iterable[Consent]:
    for channel, is_given in decisions(caller):
        yield Consent(
            contact=contact,
            channel=channel,
            is_given=is_given,
            basis=BASIS,
            decided_at=contact.created_at,
        )


def decisions(caller: Caller) -> list[tuple[str, bool]]:
    """What the row says of being contacted: a refusal counts more than an agreement."""
    refused = [(channel, False) for channel in caller.refusals]
    return refused + ([("email", True)] if caller.agrees and "email" not in caller.refusals else [])


def _told(callers: Sequence[Caller], brought: Brought) -> Iterable[Told]:
    for caller in callers:
        account, contact = brought.new_accounts.get(caller.number), brought.new_contacts.get(caller.number)
        if account is not None:
            yield from told_of_account(account, caller)
        if contact is None:
            continue
        yield ContactAdded(contact=contact, account=contact.account, source=contact.source), caller.at
        if contact.owner is not None:
            yield ContactAssigned(contact=contact, person=contact.owner), None
        for channel, is_given in decisions(caller):
            decided = ConsentGiven if is_given else ConsentWithdrawn
            yield decided(contact=contact, channel=channel, purpose="marketing", basis=BASIS), caller.at


def told_of_account(account: Account, caller: Caller) -> Iterable[Told]:
    """What the log tells of a new account."""
    yield AccountAdded(account=account, life_stage=account.life_stage, source=account.source), caller.at
    if account.owner is not None:
        yield AccountAssigned(account=account, person=account.owner), None
