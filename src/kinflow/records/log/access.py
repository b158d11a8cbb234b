"""Who may read the whole log."""

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused

from ..access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER

READERS = frozenset({ADMINISTRATOR, AUDITOR, PROCESS_OWNER})


def may_browse(by: Actor) -> bool:
    """Whether the actor may read the whole log; a token may with the scope to read everything."""
    return bool(by.roles & READERS) and (by.scopes is None or bool(by.scopes & {"read", "write"}))


def refuse_others(by: Actor) -> None:
    """Raises Refused for those who may not read the log."""
    if not may_browse(by):
        raise Refused(
            _("The event log is for administrators, auditors and process owners."),
            remedy=_("Each record shows its own history in its middle pane."),
        )
