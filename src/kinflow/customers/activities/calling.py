"""The telephone call with a contact, which people note many times a day."""

from typing import Annotated

from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..contacts.models import Contact
from ..contacts.reaching import refuse_erased
from .actions import log_activity
from .rules import RESULTS

CALL_RESULTS = [(key, label) for key, label in RESULTS if key in ("reached", "no_answer", "unfinished")]


@action
def log_call(
    *,
    contact: Contact,
    subject: Annotated[str, Ask(gettext_lazy("Subject"))],
    result: Annotated[str, Ask(gettext_lazy("Result"), choices=CALL_RESULTS)] = "reached",
    outcome: Annotated[str, Ask(gettext_lazy("What came out"), long=True)] = "",
    minutes: Annotated[int, Ask(gettext_lazy("Minutes it took"))] = 0,
    by: Actor,
) -> Contact:
    """Note a call with the contact that was just made, as an activity of who made it.

    Raises Erased for a contact whose data are gone, and Invalid as `log_activity` does.
    """
    permit(by, contact)
    refuse_erased(contact)
    log_activity(
        kind="call",
        subject=subject,
        about=contact,
        contact=contact,
        outcome=outcome,
        minutes=minutes,
        result=result,
        by=by,
    )
    return contact
