"""Who may read the whole log, and what of it stays hidden from them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor
from kinflow.eventlog.event import personal_fields
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused

from ..access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, may_read
from ..faces import RecordType
from ..telling import changed_face

READERS = frozenset({ADMINISTRATOR, AUDITOR, PROCESS_OWNER})


def may_browse(by: Actor) -> bool:
    """Whether the actor may read the whole log; a token may with the scope to read everything."""
    return bool(by.roles & READERS) and (by.scopes is None or bool(by.scopes & {"read", "write"}))


def refuse_others(by: Actor) -> None:
    """Raises Refused for those who may not read the log."""
    if not may_browse(by):
        raise Refused(
            gettext_lazy("The event log is for administrators, auditors and process owners."),
            remedy=gettext_lazy("Each record shows its own history in its middle pane."),
        )


def hide(entries: Sequence[Entry], by: Actor) -> None:
    """Take out of the (unsaved) entries the values that the actor's roles do not read."""
    reads_personal = may_read(by, "personal")
    for entry in entries:
        data, face = dict(entry.data), changed_face(entry)
        changes = data.get("changes")
        if not reads_personal:
            data |= dict.fromkeys(personal_fields(entry.name) & data.keys(), _("(hidden)"))
        if isinstance(changes, dict):
            data["changes"] = _readable(face, changes, by, reads_personal)
        entry.data = data


def _readable(
    face: RecordType | None, changes: dict[str, Any], by: Actor, reads_personal: bool
) -> dict[str, Any]:
    found = {}
    for name, pair in changes.items():
        field = face.by_name.get(name) if face else None
        if field is None:
            is_open = reads_personal
        else:
            is_open = may_read(by, field.sensitivity)
        found[name] = pair if is_open else [_("(hidden)"), _("(hidden)")]
    return found
