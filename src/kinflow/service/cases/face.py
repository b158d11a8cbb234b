"""How cases look: fields, list, board, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.conditions import Kind
from kinflow.records.faces import Board, Field, Panel, RecordType, Verb, WorkKind, register

from . import actions
from .models import Case
from .paying import give_goodwill, refund_case
from .rules import CHANNELS, KINDS, OPEN_STATUSES, PRIORITIES, STATUSES

TONES = {"new": "accent", "open": "", "waiting": "warn", "solved": "good", "closed": "good"}
URGENCY = {"low": "", "normal": "", "high": "warn", "urgent": "bad"}
OPEN = {"field": "status", "op": "any_of", "value": list(OPEN_STATUSES)}

FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("subject", _("Subject"), Kind.TEXT, editable=True),
    Field("description", _("Description"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
    Field("kind", _("Kind"), Kind.CHOICE, choices=KINDS, editable=True),
    Field(
        "priority", _("Priority"), Kind.CHOICE, choices=PRIORITIES, editable=True, shape="chip", tones=URGENCY
    ),
    Field("status", _("Status"), Kind.CHOICE, choices=STATUSES, shape="chip", tones=TONES),
    Field("account", _("Account"), Kind.RELATION, target="account", editable=True),
    Field("contact", _("Contact"), Kind.RELATION, target="contact", editable=True),
    Field("product", _("Product"), Kind.RELATION, target="product", editable=True),
    Field("channel", _("Channel"), Kind.CHOICE, choices=CHANNELS, editable=True),
    Field("language", _("Language"), Kind.TEXT, editable=True, shape="language"),
    Field("country", _("Country"), Kind.TEXT, editable=True, shape="place"),
    Field("province", _("Province"), Kind.TEXT, editable=True, shape="place"),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("due_at", _("Due"), Kind.MOMENT, sortable=True),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("assigned_at", _("Assigned"), Kind.MOMENT),
    Field("answered_at", _("First answered"), Kind.MOMENT),
    Field("solved_at", _("Solved at"), Kind.MOMENT),
    Field("closed_at", _("Closed at"), Kind.MOMENT),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
    Field("reopened", _("Times reopened"), Kind.INTEGER),
    Field("rating", _("Customer’s rating"), Kind.INTEGER, sortable=True),
    Field("rated_at", _("Rated at"), Kind.MOMENT),
    Field("goodwill", _("Goodwill"), Kind.MONEY, shape="money", currency="goodwill_currency"),
    Field("goodwill_currency", _("Currency of the goodwill"), Kind.CHOICE, choices=CURRENCIES),
    Field("refund", _("Refund"), Kind.MONEY, shape="money", currency="refund_currency"),
    Field("refund_currency", _("Currency of the refund"), Kind.CHOICE, choices=CURRENCIES),
    Field("solution", _("Solution"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
)

VERBS = (
    Verb(
        "answer",
        _("Record an answer"),
        actions.answer_case,
        icon="reply",
        key="r",
        primary=True,
        possible=lambda case: case.is_open,
    ),
    Verb(
        "resume",
        _("Take up"),
        actions.resume_case,
        icon="play",
        key="u",
        bulk=True,
        possible=lambda case: case.status in ("new", "waiting"),
    ),
    Verb(
        "wait",
        _("Wait for the customer"),
        actions.wait_for_customer,
        icon="clock",
        key="w",
        bulk=True,
        possible=lambda case: case.status in ("new", "open"),
    ),
    Verb(
        "solve",
        _("Solve"),
        actions.solve_case,
        icon="check",
        key="s",
        primary=True,
        possible=lambda case: case.is_open,
    ),
    Verb("goodwill", _("Give goodwill"), give_goodwill, icon="dollar", key="y"),
    Verb("refund", _("Refund"), refund_case, icon="undo", key="b"),
    Verb(
        "rate",
        _("Record the customer’s rating"),
        actions.rate_case,
        icon="star",
        key="v",
        possible=lambda case: not case.is_open,
    ),
    Verb(
        "close",
        _("Close"),
        actions.close_case,
        icon="archive",
        key="z",
        bulk=True,
        primary=True,
        possible=lambda case: case.status == "solved",
    ),
    Verb(
        "reopen",
        _("Reopen"),
        actions.reopen_case,
        icon="refresh",
        key="o",
        possible=lambda case: not case.is_open,
    ),
    Verb("assign", _("Assign"), actions.assign_case, icon="user", key="a", bulk=True),
)

VIEWS = (
    ("open", _("Open cases"), OPEN),
    ("mine", _("Mine"), {"all": [{"field": "owner", "op": "is", "value": {"me": True}}, OPEN]}),
    (
        "overdue",
        _("Overdue"),
        {"all": [OPEN, {"field": "due_at", "op": "more_than_ago", "value": {"minutes": 1}}]},
    ),
    ("unassigned", _("Without owner"), {"all": [{"field": "owner", "op": "is_empty"}, OPEN]}),
    ("waiting", _("Waiting for the customer"), {"field": "status", "op": "is", "value": "waiting"}),
)

CASE = register(
    RecordType(
        name="case",
        model=Case,
        label=_("Service request"),
        plural=_("Service requests"),
        slug="cases",
        icon="headset",
        prefix="C",
        place="service",
        title=lambda case: case.subject,
        subtitle=lambda case: (
            case.account.name if case.account else (case.contact.name if case.contact else "")
        ),
        with_related=("contact", "account", "owner", "product"),
        fields=FIELDS,
        columns=("id", "subject", "account", "kind", "priority", "status", "due_at", "owner"),
        facts=(
            (
                _("Request"),
                ("kind", "priority", "due_at", "product", "channel", "owner", "unit", "description"),
            ),
            (_("Solution"), ("solution", "rating", "reopened", "goodwill", "refund")),
            (_("Customer"), ("contact", "account", "country", "province", "language")),
            (_("Times"), ("created_at", "assigned_at", "answered_at", "solved_at", "closed_at")),
        ),
        search=("subject", "contact", "account"),
        board=Board(
            field="status",
            moves={"open": "resume", "waiting": "wait", "solved": "solve", "closed": "close"},
            card=("account", "priority", "due_at", "owner"),
        ),
        verbs=VERBS,
        panels=(
            Panel(_("E-mails"), "email", "case", create=False),
            Panel(_("Activities"), "activity", "about"),
        ),
        create=actions.open_case,
        change=actions.change_case,
        work=WorkKind(
            assign=actions.assign_case,
            open={"status__in": OPEN_STATUSES},
            weight=1.0,
            arrivals=("service.case_opened", "service.case_reopened"),
        ),
        empty=_("Service requests appear here when a customer calls, writes or asks over the portal."),
        views=VIEWS,
    )
)
