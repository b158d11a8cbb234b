"""How imported logs look: what has a name in the log, and what the API tells of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.records.faces import Field, RecordType, Verb, register

from . import actions
from .kinds import LABELS
from .models import OPEN, STATES, ImportedLog

TONES = {"waiting": "accent", "ready": "good", "failed": "bad"}


def _can_be_started(log: Any) -> bool:
    return log.state in OPEN


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("Name"), Kind.TEXT, sortable=True),
    Field("file", _("File"), Kind.TEXT),
    Field("kind", _("Kind"), Kind.CHOICE, choices=tuple(LABELS.items())),
    Field("state", _("State"), Kind.CHOICE, choices=STATES, shape="chip", tones=TONES),
    Field("cases", _("Cases"), Kind.INTEGER, sortable=True),
    Field("events", _("Events"), Kind.INTEGER, sortable=True),
    Field("activities", pgettext_lazy("log", "Activities"), Kind.INTEGER),
    Field("first_at", _("First event"), Kind.MOMENT),
    Field("last_at", _("Last event"), Kind.MOMENT),
    Field("fault", _("Fault"), Kind.TEXT),
    Field("created_at", _("Given"), Kind.MOMENT, sortable=True),
    Field("ended_at", _("Ended"), Kind.MOMENT),
)

LOG = register(
    RecordType(
        name="importedlog",
        model=ImportedLog,
        label=_("Imported log"),
        plural=_("Imported logs"),
        slug="imported-log",
        icon="upload",
        prefix="IL",
        title=lambda log: log.name,
        fields=FIELDS,
        columns=("id", "name", "kind", "state", "cases", "events", "first_at", "last_at", "created_at"),
        facts=(
            (_("Log"), ("name", "file", "kind", "state", "fault")),
            (_("What was read"), ("cases", "events", "activities", "first_at", "last_at")),
            (_("Times"), ("created_at", "ended_at")),
        ),
        verbs=(
            Verb(
                "start",
                _("Read the log"),
                actions.start_log,
                icon="play",
                primary=True,
                possible=_can_be_started,
            ),
            Verb(
                "cancel",
                _("Cancel the reading"),
                actions.cancel_log,
                icon="x",
                possible=lambda log: log.is_running,
            ),
            Verb(
                "remove",
                _("Remove the log"),
                actions.remove_log,
                icon="trash",
                danger=True,
                possible=lambda log: not log.is_running,
            ),
        ),
        empty=_("Logs of other systems appear here when somebody gives a file."),
    )
)
