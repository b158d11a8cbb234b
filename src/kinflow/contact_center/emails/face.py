"""How e-mails look: fields, inbox, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.conditions import Kind
from kinflow.records.faces import Board, Field, Panel, RecordType, Verb, WorkKind, register

from . import actions
from .models import Email
from .rules import STATUSES, UNANSWERED

TONES = {"new": "accent", "open": "", "answered": "good", "ignored": ""}
WAITING = {"field": "status", "op": "any_of", "value": list(UNANSWERED)}

FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("sender_name", _("Sender"), Kind.TEXT, sensitivity="personal"),
    Field(
        "sender",
        pgettext_lazy("sender of an e-mail", "From"),
        Kind.TEXT,
        shape="email",
        sensitivity="personal",
    ),
    Field(
        "recipients",
        pgettext_lazy("recipients of an e-mail", "To"),
        Kind.TEXT_LIST,
        shape="tags",
        sensitivity="personal",
    ),
    Field("subject", _("Subject"), Kind.TEXT),
    Field("fresh_text", _("Text"), Kind.LONG_TEXT, sensitivity="personal"),
    Field("status", _("Status"), Kind.CHOICE, choices=STATUSES, shape="chip", tones=TONES),
    Field("contact", _("Contact"), Kind.RELATION, target="contact", editable=True),
    Field("account", _("Account"), Kind.RELATION, target="account", editable=True),
    Field("case", _("Service request"), Kind.RELATION, target="case"),
    Field("product", _("Product"), Kind.RELATION, target="product", editable=True),
    Field("language", _("Language"), Kind.TEXT, editable=True, shape="language"),
    Field("is_automatic", _("Automatic"), Kind.BOOLEAN),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("created_at", _("Received"), Kind.MOMENT, sortable=True),
    Field("sent_at", _("Sent"), Kind.MOMENT),
    Field("assigned_at", _("Assigned"), Kind.MOMENT),
    Field("answered_at", _("Answered at"), Kind.MOMENT),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
)

VERBS = (
    Verb(
        "answer",
        _("Record an answer"),
        actions.answer_email,
        icon="reply",
        key="r",
        primary=True,
        possible=lambda email: email.status != "answered",
    ),
    Verb(
        "open_case",
        _("Open a service request"),
        actions.open_case_from_email,
        icon="headset",
        key="o",
        primary=True,
        possible=lambda email: email.case_id is None,
    ),
    Verb("join_case", _("Join to a service request"), actions.join_case, icon="link", key="c"),
    Verb(
        "ignore",
        _("No answer needed"),
        actions.ignore_email,
        icon="x",
        key="i",
        bulk=True,
        possible=lambda email: email.is_open,
    ),
    Verb(
        "reopen",
        _("Reopen"),
        actions.reopen_email,
        icon="refresh",
        key="u",
        bulk=True,
        possible=lambda email: not email.is_open,
    ),
    Verb("assign", _("Assign"), actions.assign_email, icon="user", key="a", bulk=True),
)

VIEWS = (
    ("waiting", _("Waiting for an answer"), WAITING),
    ("mine", _("Mine"), {"all": [{"field": "owner", "op": "is", "value": {"me": True}}, WAITING]}),
    ("new", pgettext_lazy("view of e-mails", "New"), {"field": "status", "op": "is", "value": "new"}),
    ("unknown", _("Sender unknown"), {"all": [{"field": "contact", "op": "is_empty"}, WAITING]}),
    ("automatic", _("Automatic"), {"field": "is_automatic", "op": "is", "value": True}),
)

EMAIL = register(
    RecordType(
        name="email",
        model=Email,
        label=_("E-mail"),
        plural=_("E-mails"),
        slug="emails",
        icon="mail",
        prefix="E",
        place="inbox",
        title=lambda email: email.subject or email.sender,
        subtitle=lambda email: email.sender_name or email.sender,
        with_related=("contact", "account", "owner", "case"),
        fields=FIELDS,
        columns=("id", "sender_name", "subject", "account", "status", "created_at", "owner"),
        facts=(
            (_("Customer"), ("contact", "account", "case", "product", "language")),
            (_("Message"), ("sender_name", "sender", "recipients", "sent_at", "created_at", "is_automatic")),
            (_("Work"), ("owner", "unit", "assigned_at", "answered_at")),
        ),
        search=("subject", "sender_name", "sender", "contact", "account"),
        board=Board(
            field="status",
            moves={"answered": "answer", "ignored": "ignore"},
            card=("sender_name", "account", "owner"),
        ),
        verbs=VERBS,
        panels=(Panel(_("Activities"), "activity", "about"),),
        change=actions.change_email,
        work=WorkKind(
            assign=actions.assign_email,
            open={"status__in": UNANSWERED, "is_automatic": False},
            weight=0.5,
            arrivals=("contact_center.email_received", "contact_center.email_reopened"),
        ),
        empty=_("E-mails appear here as soon as they come in."),
        views=VIEWS,
        body_template="contact_center/email_body.html",
    )
)
