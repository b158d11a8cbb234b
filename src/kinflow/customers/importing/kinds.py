"""The imports of contacts and of accounts."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, bulk
from kinflow.kit.phones import e164
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register
from kinflow.records.importing.targets import Target

from ..accounts.rules import GRADES, INDUSTRIES
from .bringing import bring_customers, new_account, told_of_account
from .callers import Caller, caller_of, people_of
from .finding import Known

LONGEST = {
    "family_name": 100,
    "given_name": 100,
    "full_name": 200,
    "name": 300,
    "company": 300,
    "title": 120,
    "department": 120,
    "province": 60,
    "city": 100,
    "address": 300,
    "source": 40,
    "wechat": 300,
    "qq": 300,
}
CHOICES: dict[str, Sequence[tuple[Any, Any]]] = {"industry": INDUSTRIES, "grade": GRADES}
_NOTED = (
    "external_id|salutation|fax|postcode|annual_revenue|kind|parent|amount|currency|rating|converted|reason"
)
NOTED = frozenset(_NOTED.split("|"))


@cache
def contact_targets() -> tuple[Target, ...]:
    """The fields of contacts."""
    return fitted("contact", longest=LONGEST)


@cache
def account_targets() -> tuple[Target, ...]:
    """The fields of accounts."""
    fallbacks = {"industry": "other", "grade": ""}
    return fitted("account", choices=CHOICES, fallbacks=fallbacks, longest=LONGEST)


def give_owners(rows: Sequence[Row], callers: Sequence[Caller]) -> None:
    """Note the owners that rows name: people here, else a line of the notes."""
    people = people_of([row.values.get("owner", "") for row in rows])
    for row, caller in zip(rows, callers, strict=True):
        named = row.values.get("owner", "")
        caller.owner = people.get(named.lower()) if named else None
        if named and caller.owner is None:
            row.notes.append(_("Owner: %(name)s") % {"name": named})


def notes_of(row: Row) -> str:
    """The notes of a row: its own, then a line for each column that has no field."""
    return "\n".join(filter(None, (row.values.get("notes", ""), *row.notes)))


@action
def import_contacts(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make contacts, and the accounts they belong to; whoever is known already stays as they are."""
    permit(by, kind="contact")
    now, taken = timezone.now(), Taken()
    callers = [caller_of(row, now) for row in rows]
    give_owners(rows, callers)
    whole = []
    for row, caller in zip(rows, callers, strict=True):
        caller.notes = notes_of(row)
        if caller.is_somebody:
            whole.append(caller)
        else:
            taken.refused[row.number] = _("Give at least a name, an e-mail or a phone number.")
    brought = bring_customers(callers=whole, by=by)
    taken.made += [(number, "account", one.pk) for number, one in brought.new_accounts.items()]
    taken.made += [(number, "contact", one.pk) for number, one in brought.new_contacts.items()]
    taken.known = len(whole) - len(brought.new_contacts)
    return taken


@action
def import_accounts(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make accounts; those known by name already stay as they are."""
    permit(by, kind="account")
    now, taken = timezone.now(), Taken()
    callers = [_firm_of(row, now) for row in rows]
    give_owners(rows, callers)
    known, made = Known(callers), []
    for row, caller in zip(rows, callers, strict=True):
        key = caller.firm_key
        if not caller.company:
            taken.refused[row.number] = _("Give it a name.")
        elif key in known.accounts:
            taken.known += 1
        else:
            account = known.accounts[key] = new_account(caller, key)
            account.grade, account.notes = row.values.get("grade") or "", notes_of(row)
            made.append((account, caller))
    bulk.insert([account for account, _caller in made])
    bulk.record_many(told for account, caller in made for told in told_of_account(account, caller))
    taken.made = [(caller.number, "account", account.pk) for account, caller in made]
    return taken


def _firm_of(row: Row, now: datetime) -> Caller:
    values = {**row.values, "company": row.values.get("name", "")}
    caller = caller_of(Row(row.number, values, row.notes), now)
    phones = values.get("phone", ())
    if phones:
        caller.firm["phone"] = (e164(phones[0], values.get("country") or "CN") or phones[0])[:40]
    row.notes += [*phones[1:], *caller.emails]
    caller.emails, caller.phones = (), ()
    return caller


CONTACTS = register(
    Importable(
        "contact",
        gettext_lazy("Contacts"),
        "customers.add_contact",
        contact_targets,
        import_contacts,
        order=20,
        noted=NOTED | {"website"},
    )
)
ACCOUNTS = register(
    Importable(
        "account",
        gettext_lazy("Accounts"),
        "customers.add_account",
        account_targets,
        import_accounts,
        order=30,
        noted=NOTED,
    )
)
