"""Taking imported customers out again: nothing else needs them, and nobody has worked on them."""

from collections.abc import Sequence

from kinflow.eventlog import Actor, action, bulk
from kinflow.records.access import permit
from kinflow.records.importing.kinds import register_remover

from ..accounts.events import AccountTakenBack
from ..accounts.models import Account
from ..consents.models import Consent
from ..contacts.events import ContactTakenBack
from ..contacts.models import Contact, ContactPoint, Membership


@action
def take_back_contacts(*, ids: Sequence[int], by: Actor) -> None:
    """Remove contacts with all their parts, as if they had never been imported."""
    permit(by, kind="contact")
    contacts = list(Contact.objects.filter(pk__in=ids))
    for part in (ContactPoint, Membership, Consent):
        bulk.delete(part._default_manager.filter(contact_id__in=ids).select_related("contact"))
    bulk.delete(Contact.objects.filter(pk__in=ids))
    bulk.record_many((ContactTakenBack(contact=one), None) for one in contacts)


@action
def take_back_accounts(*, ids: Sequence[int], by: Actor) -> None:
    """Remove accounts, as if they had never been imported."""
    permit(by, kind="account")
    accounts = list(Account.objects.filter(pk__in=ids))
    bulk.delete(Account.objects.filter(pk__in=ids))
    bulk.record_many((AccountTakenBack(account=one), None) for one in accounts)


register_remover("contact", 20, take_back_contacts)
register_remover("account", 30, take_back_accounts)
