"""Noting what a contact allows."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..contacts.models import Contact
from ..contacts.reaching import refuse_erased
from .events import ConsentGiven, ConsentWithdrawn
from .models import CHANNELS, PURPOSES, Consent


@action
def record_consent(
    *,
    contact: Contact,
    channel: Annotated[str, Ask(gettext_lazy("Channel"), choices=CHANNELS)],
    purpose: Annotated[str, Ask(gettext_lazy("Purpose"), choices=PURPOSES)],
    is_given: Annotated[bool, Ask(gettext_lazy("The contact agrees"))],
    basis: Annotated[
        str, Ask(gettext_lazy("How we know"), help=gettext_lazy("A form, a call, a letter"))
    ] = "",
    by: Actor,
) -> Consent:
    """Note a contact's decision; the latest one per channel and purpose counts, each is in the log.

    Raises Invalid for an unknown channel or purpose.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    errors = [
        FieldError(f"/{name}", _("Choose one of the values."))
        for name, value, choices in (("channel", channel, CHANNELS), ("purpose", purpose, PURPOSES))
        if value not in dict(choices)
    ]
    if errors:
        raise Invalid(errors=errors)
    consent = Consent.objects.filter(contact=contact, channel=channel, purpose=purpose).first()
    consent = consent or Consent(contact=contact, channel=channel, purpose=purpose)
    consent.is_given, consent.basis, consent.decided_at = is_given, basis.strip()[:300], timezone.now()
    consent.save()
    decided = ConsentGiven if is_given else ConsentWithdrawn
    record(decided(contact=contact, channel=channel, purpose=purpose, basis=consent.basis))
    return consent
