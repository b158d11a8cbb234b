"""The customers that rows of deals, requests and activities name: found, or brought in, with who owns the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinflow.eventlog import Actor
from kinflow.records.importing.kinds import Row, Taken

from ..accounts.models import Account
from ..contacts.models import Contact
from .bringing import bring_customers
from .callers import Caller, caller_of
from .kinds import give_owners


@dataclass(frozen=True)
class Related:
    """A row with the account and contact it names, who owns it, and when it came up."""

    row: Row
    account: Account | None
    contact: Contact | None
    owner: Any
    at: datetime | None


def bring_related(rows: Sequence[Row], taken: Taken, *, now: datetime, by: Actor) -> list[Related]:
    """The rows with their customers, in order; what had to be made for them is noted in `taken`."""
    callers = [_caller(row, now) for row in rows]
    give_owners(rows, callers)
    owners = [caller.owner for caller in callers]
    for caller in callers:
        caller.owner = None  # who owns a deal need not own the customer
    brought = bring_customers(callers=callers, by=by)
    taken.made += [(number, "account", one.pk) for number, one in brought.new_accounts.items()]
    taken.made += [(number, "contact", one.pk) for number, one in brought.new_contacts.items()]
    return [
        Related(row, account, contact, owner, caller.at)
        for row, account, contact, owner, caller in zip(
            rows, brought.accounts, brought.contacts, owners, callers, strict=True
        )
    ]


def _caller(row: Row, now: datetime) -> Caller:
    values = row.values
    told = {"company": values.get("account", ""), "full_name": values.get("contact", "")}
    told |= {name: values[name] for name in ("email", "phone", "created_at", "language") if name in values}
    caller = caller_of(Row(row.number, told, row.notes), now)
    caller.by_name_alone = True
    return caller
