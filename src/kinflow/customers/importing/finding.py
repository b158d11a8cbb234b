"""Who of the people and companies in some rows is known already: by e-mail, phone, name and company."""

from collections.abc import Iterable, Sequence

from kinflow.kit import names

from ..accounts.models import Account
from ..contacts.models import Contact, ContactPoint
from ..contacts.rules import CALLED
from .callers import Caller


class Known:
    """The contacts and accounts that some callers may be, found with a handful of queries, and grown by new ones."""

    def __init__(self, callers: Sequence[Caller]) -> None:
        self.accounts: dict[str, Account] = {}
        self.by_email: dict[str, Contact] = {}
        self.by_phone: dict[str, list[Contact]] = {}
        self.by_name: dict[tuple[str, int], Contact] = {}
        self._find_accounts({one.firm_key for one in callers} - {""})
        self._find_reached(callers)
        self._find_named({one.firm_key for one in callers if one.is_named} - {""})

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
        account = self.account(caller)
        return self.by_name.get((key, account.pk)) if account is not None and key else None

    def add(self, contact: Contact, caller: Caller) -> None:
        """Know a contact from now on."""
        for email in caller.emails:
            self.by_email.setdefault(email, contact)
        for _kind, number in caller.phones:
            self.by_phone.setdefault(number, []).append(contact)
        self._add_name(contact)

    def _add_name(self, contact: Contact) -> None:
        if contact.account_id and (contact.family_name or contact.given_name):
            key = names.person_key(contact.family_name, contact.given_name)
            self.by_name.setdefault((key, contact.account_id), contact)

    def _find_accounts(self, keys: Iterable[str]) -> None:
        for account in Account.objects.filter(key__in=list(keys)).order_by("pk"):
            self.accounts.setdefault(account.key, account)

    def _find_reached(self, callers: Sequence[Caller]) -> None:
        emails = [email for one in callers for email in one.emails]
        numbers = [number for one in callers for _kind, number in one.phones]
        for kinds, values in ((["email"], emails), (CALLED, numbers)):
            points = ContactPoint.objects.filter(kind__in=kinds, value__in=values)
            for point in points.select_related("contact__account").order_by("contact_id"):
                if kinds == ["email"]:
                    self.by_email.setdefault(point.value, point.contact)
                else:
                    self.by_phone.setdefault(point.value, []).append(point.contact)

    def _find_named(self, keys: Iterable[str]) -> None:
        ids = [self.accounts[key].pk for key in keys if key in self.accounts]
        rows = Contact.objects.filter(account_id__in=ids, erased_at=None) if ids else ()
        for contact in sorted(rows, key=lambda one: one.pk):
            self._add_name(contact)
