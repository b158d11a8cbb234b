"""Who of the people and companies in some rows is known already: by e-mail, phone, name and company."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from kinflow.kit import names

from ..accounts.models import Account
from ..contacts.models import Contact
from ..contacts.rules import CALLED
from .callers import Caller

MOST = 200
"""Of so many sharing a number, or having one account, people are looked for; beyond, neither says who somebody is."""

_POINTS = (
    "SELECT kind, value, contact_id FROM unnest(%s::text[]) AS wanted, LATERAL (SELECT kind, value, contact_id"
    " FROM customers_contactpoint WHERE kind = ANY(%s) AND value = wanted LIMIT %s) AS found ORDER BY contact_id"
)
_NAMED = (
    "SELECT id, family_name, given_name, account_id FROM unnest(%s::bigint[]) AS wanted, LATERAL (SELECT id, family_name,"
    " given_name, account_id FROM customers_contact WHERE account_id = wanted AND erased_at IS NULL LIMIT %s) AS found"
    " ORDER BY id"
)
_ALONE = (
    "SELECT CASE count(*) WHEN 1 THEN min(id) ELSE min(id) FILTER"
    " (WHERE account_id IS NULL AND email = '' AND phone = '') END FROM customers_contact"
    " JOIN unnest(%s::text[], %s::text[]) AS wanted(family, given)"
    " ON family_name = family AND given_name = given WHERE erased_at IS NULL"
    " GROUP BY family_name, given_name"
)
_ACCOUNTS = "SELECT min(id) FROM customers_account WHERE key = ANY(%s) GROUP BY key"


def _points(kinds: list[str], values: list[str]) -> list[tuple[str, str, int]]:
    """The ways to reach somebody that have one of the values: kind, value, contact; the oldest contact first."""
    if not values:
        return []
    with connection.cursor() as sql:
        sql.execute(_POINTS, [values, kinds, MOST])
        found: list[tuple[str, str, int]] = sql.fetchall()
        return found


def _named(accounts: Collection[int]) -> list[tuple[int, str, str, int]]:
    """Contacts of the accounts: number, family name, given name, account; the oldest first."""
    if not accounts:
        return []
    with connection.cursor() as sql:
        sql.execute(_NAMED, [list(accounts), MOST])
        found: list[tuple[int, str, str, int]] = sql.fetchall()
        return found


class Known:
    """The contacts and accounts that some callers may be, found with a handful of queries, and grown by new ones."""

    def __init__(self, callers: Sequence[Caller]) -> None:
        self.accounts: dict[str, Account] = {}
        self.by_email: dict[str, Contact] = {}
        self.by_phone: dict[str, list[Contact]] = {}
        self.by_name: dict[tuple[str, int], Contact] = {}
        self._find_accounts({one.firm_key for one in callers} - {""})
        self._find_reached(callers)
        self.by_name_alone: dict[str, Contact | None] = {}
        self._find_named(callers)
        self._find_alone({(one.family_name, one.given_name) for one in callers if one.is_only_named})

    def account(self, caller: Caller) -> Account | None:
        """The caller's account, if it is known."""
        return self.accounts.get(caller.firm_key) if caller.company else None

    def contact(self, caller: Caller) -> Contact | None:
        """The contact the caller is, if it is known.

        An e-mail address is somebody's own; a number may be shared, so that another name is another person.
        """
        for email in caller.emails:
            if found := self.by_email.get(email):
                return found
        key = caller.key
        for _kind, number in caller.phones:
            for one in self.by_phone.get(number, ()):
                theirs = names.person_key(one.family_name, one.given_name)
                if not key or not theirs or key == theirs:
                    return one
        if caller.is_only_named:
            return self.by_name_alone.get(key)
        account = self.account(caller)
        return self.by_name.get((key, account.pk)) if account is not None and key else None

    def add(self, contact: Contact, caller: Caller) -> None:
        """Know a contact from now on."""
        for email in caller.emails:
            self.by_email.setdefault(email, contact)
        for _kind, number in caller.phones:
            sharing = self.by_phone.setdefault(number, [])
            if len(sharing) < MOST:
                sharing.append(contact)
        if contact.account_id and caller.key:
            self.by_name.setdefault((caller.key, contact.account_id), contact)
        if caller.is_only_named:
            self.by_name_alone[caller.key] = contact
        elif caller.by_name_alone and caller.key:  # a second one of the name makes it say nothing
            is_first = caller.key not in self.by_name_alone
            self.by_name_alone[caller.key] = contact if is_first else None

    def _find_accounts(self, keys: Iterable[str]) -> None:
        with connection.cursor() as sql:
            sql.execute(_ACCOUNTS, [list(keys)])
            ids = [pk for (pk,) in sql.fetchall()]
        for account in Account.objects.filter(pk__in=ids) if ids else ():
            self.accounts[account.key] = account

    def _find_reached(self, callers: Sequence[Caller]) -> None:
        emails = [email for one in callers for email in one.emails]
        numbers = [number for one in callers for _kind, number in one.phones]
        points = [*_points(["email"], emails), *_points(list(CALLED), numbers)]
        contacts = Contact.objects.select_related("account").in_bulk([pk for _kind, _value, pk in points])
        for kind, value, pk in points:
            if kind == "email":
                self.by_email.setdefault(value, contacts[pk])
            else:
                self.by_phone.setdefault(value, []).append(contacts[pk])

    def _find_named(self, callers: Sequence[Caller]) -> None:
        wanted = {
            (one.key, self.accounts[one.firm_key].pk)
            for one in callers
            if one.is_named and one.firm_key in self.accounts
        }
        found: dict[tuple[str, int], int] = {}
        for pk, family, given, account in _named({account for _key, account in wanted}):
            if (key := (names.person_key(family, given), account)) in wanted:
                found.setdefault(key, pk)
        contacts = Contact.objects.select_related("account").in_bulk(list(found.values())) if found else {}
        self.by_name.update({key: contacts[pk] for key, pk in found.items()})

    def _find_alone(self, wanted: Collection[tuple[str, str]]) -> None:
        """Who is the only one of a name, or of several the one of whom no more than the name is known."""
        if not wanted:
            return
        with connection.cursor() as sql:
            sql.execute(_ALONE, [list(part) for part in zip(*wanted, strict=True)])
            ids = [pk for (pk,) in sql.fetchall() if pk is not None]
        for contact in Contact.objects.select_related("account").in_bulk(ids).values():
            self.by_name_alone[names.person_key(contact.family_name, contact.given_name)] = contact
