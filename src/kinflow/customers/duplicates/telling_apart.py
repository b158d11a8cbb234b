"""Saying that two records which are alike are not the same: from then on nobody hears of the pair again."""

from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import NotFound
from kinflow.records.access import may_see, permit

from .events import AccountsToldApart, ContactsToldApart
from .models import AccountLikeness, ContactLikeness


@action
def tell_contacts_apart(*, likeness: ContactLikeness, by: Actor) -> ContactLikeness:
    """Note that the two contacts are not the same."""
    permit(by, likeness.record)
    held = _dismissed(likeness, by)
    if held is not None:
        record(ContactsToldApart(contact=held.record, other=held.other))
    return held or likeness


@action
def tell_accounts_apart(*, likeness: AccountLikeness, by: Actor) -> AccountLikeness:
    """Note that the two accounts are not the same."""
    permit(by, likeness.record)
    held = _dismissed(likeness, by)
    if held is not None:
        record(AccountsToldApart(account=held.record, other=held.other))
    return held or likeness


def _dismissed(likeness: Any, by: Actor) -> Any:
    """The pair, dismissed and written; None where it was before. Raises NotFound for whoever sees but one of them."""
    if not (may_see(by, likeness.record) and may_see(by, likeness.other)):
        raise NotFound(_("There is no such pair."))
    held = hold(likeness)
    if held.is_dismissed:
        return None
    held.is_dismissed = True
    held.save()
    return held
