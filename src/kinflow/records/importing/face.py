"""How imports look: what has a name in the log, and what the API tells of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind

from ..faces import Field, RecordType, Verb, register
from . import actions
from .models import STATES, ImportRun

TONES = {
    "waiting": "accent",
    "running": "accent",
    "undoing": "accent",
    "done": "good",
    "failed": "bad",
    "cancelled": "warn",
}


def _can_be_cancelled(run: Any) -> bool:
    return run.state in ("draft", "waiting", "running")


def _can_be_undone(run: Any) -> bool:
    return run.state in ("done", "cancelled", "failed")


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("File"), Kind.TEXT),
    Field("kind", _("Kind"), Kind.TEXT),
    Field("state", _("State"), Kind.CHOICE, choices=STATES, shape="chip", tones=TONES),
    Field("read", _("Rows read"), Kind.INTEGER),
    Field("created", _("Created"), Kind.INTEGER),
    Field("matched", _("Already known"), Kind.INTEGER),
    Field("rejected", _("Rejected"), Kind.INTEGER),
    Field("removed", _("Removed"), Kind.INTEGER),
    Field("kept", _("Kept"), Kind.INTEGER),
    Field("fault", _("Fault"), Kind.TEXT),
    Field("created_at", _("Given"), Kind.MOMENT, sortable=True),
    Field("started_at", _("Started"), Kind.MOMENT),
    Field("ended_at", _("Ended"), Kind.MOMENT),
)

IMPORT = register(
    RecordType(
        name="importrun",
        model=ImportRun,
        label=_("Import"),
        plural=_("Imports"),
        slug="import",
        icon="upload",
        prefix="I",
        title=lambda run: run.name,
        fields=FIELDS,
        columns=("id", "name", "kind", "state", "read", "created", "rejected", "created_at"),
        facts=(
            (_("Import"), ("name", "kind", "state", "fault")),
            (_("Rows"), ("read", "created", "matched", "rejected", "removed", "kept")),
            (_("Times"), ("created_at", "started_at", "ended_at")),
        ),
        verbs=(
            Verb(
                "start",
                _("Start"),
                actions.start_import,
                icon="play",
                primary=True,
                possible=lambda run: run.state == "draft",
            ),
            Verb(
                "cancel",
                _("Cancel the import"),
                actions.cancel_import,
                icon="x",
                possible=_can_be_cancelled,
            ),
            Verb(
                "undo",
                _("Undo the import"),
                actions.undo_import,
                icon="undo",
                danger=True,
                possible=_can_be_undone,
            ),
        ),
        empty=_("Imports appear here when somebody gives a file."),
    )
)
