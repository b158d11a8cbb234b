"""How activities look: fields, list, board, page, and what can be done with them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Board, Field, RecordType, Verb, WorkKind, register
from kinflow.records.pages import composing

from . import actions
from .models import Activity
from .rules import KINDS, OPEN_STATUSES, RESULTS, STATUSES
from .topics import TOPICS

TONES = {"planned": "accent", "started": "warn", "done": "good", "cancelled": ""}
RESULT_TONES = {
    "reached": "good",
    "no_answer": "warn",
    "approved": "good",
    "refused": "bad",
    "sent": "good",
    "unfinished": "warn",
}
OPEN = {"field": "status", "op": "any_of", "value": list(OPEN_STATUSES)}


def is_open(activity: Any) -> bool:
    """Whether it is still to be done."""
    return activity.status in OPEN_STATUSES


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("subject", _("Subject"), Kind.TEXT, editable=True),
    Field("kind", _("Kind"), Kind.CHOICE, choices=KINDS, editable=True),
    Field("topic", _("Topic"), Kind.TEXT, editable=True, labels=TOPICS),
    Field("status", _("Status"), Kind.CHOICE, choices=STATUSES, shape="chip", tones=TONES),
    Field("account", _("Account"), Kind.RELATION, target="account", editable=True),
    Field("contact", _("Contact"), Kind.RELATION, target="contact", editable=True),
    Field("due_at", _("Due"), Kind.MOMENT, sortable=True, editable=True),
    Field("started_at", _("Started at"), Kind.MOMENT),
    Field("ended_at", _("Ended at"), Kind.MOMENT),
    Field(
        "result", _("Result"), Kind.CHOICE, choices=RESULTS, editable=True, shape="chip", tones=RESULT_TONES
    ),
    Field("outcome", _("What came out"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
    Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("assigned_at", _("Assigned"), Kind.MOMENT),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

VERBS = (
    Verb(
        "start",
        _("Start"),
        actions.start_activity,
        icon="play",
        key="s",
        bulk=True,
        possible=lambda activity: activity.status == "planned",
    ),
    Verb(
        "finish",
        _("Finish"),
        actions.finish_activity,
        icon="check",
        key="f",
        bulk=True,
        primary=True,
        possible=is_open,
    ),
    Verb(
        "cancel",
        _("Cancel"),
        actions.cancel_activity,
        icon="x",
        key="x",
        bulk=True,
        danger=True,
        possible=is_open,
    ),
    Verb("assign", _("Assign"), actions.assign_activity, icon="user", key="a", bulk=True),
)

VIEWS = (
    ("open", _("To do"), OPEN),
    ("mine", _("Mine"), {"all": [{"field": "owner", "op": "is", "value": {"me": True}}, OPEN]}),
    (
        "overdue",
        _("Overdue"),
        {"all": [OPEN, {"field": "due_at", "op": "more_than_ago", "value": {"minutes": 1}}]},
    ),
    ("today", _("Due today"), {"all": [OPEN, {"field": "due_at", "op": "in_this", "value": "day"}]}),
    ("unassigned", _("Without owner"), {"all": [{"field": "owner", "op": "is_empty"}, OPEN]}),
)

ACTIVITY = register(
    RecordType(
        name="activity",
        model=Activity,
        label=_("Activity"),
        plural=_("Activities"),
        slug="activities",
        icon="calendar",
        prefix="T",
        place="customers",
        title=lambda activity: activity.called or str(activity.get_kind_display()),
        subtitle=lambda activity: (
            activity.account.name if activity.account else (activity.contact.name if activity.contact else "")
        ),
        with_related=("account", "contact", "owner"),
        fields=FIELDS,
        columns=("id", "subject", "kind", "status", "account", "contact", "due_at", "owner"),
        facts=(
            (_("Activity"), ("kind", "topic", "due_at", "owner", "unit", "result", "outcome", "notes")),
            (_("Customer"), ("account", "contact")),
            (_("Times"), ("created_at", "assigned_at", "started_at", "ended_at")),
        ),
        search=("subject", "account", "contact"),
        board=Board(
            field="status",
            moves={"started": "start", "done": "finish", "cancelled": "cancel"},
            card=("kind", "account", "due_at", "owner"),
        ),
        verbs=VERBS,
        create=actions.plan_activity,
        change=actions.change_activity,
        work=WorkKind(
            assign=actions.assign_activity,
            open={"status__in": OPEN_STATUSES},
            weight=0.3,
            arrivals=("customers.activity_planned",),
        ),
        empty=_("Activities appear here when a call, visit, meeting or task is planned or noted."),
        views=VIEWS,
    )
)

composing.register(
    actions.log_activity,
    (
        ("note", _("Note"), "note"),
        ("call", _("Call"), "phone"),
        ("visit", _("Visit"), "pin"),
        ("meeting", _("Meeting"), "users"),
    ),
)
