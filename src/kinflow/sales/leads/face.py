"""How leads look: fields, list, board, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.customers.accounts.rules import INDUSTRIES
from kinflow.records.faces import Board, Field, Panel, RecordType, Verb, WorkKind, register

from . import actions
from .models import Lead
from .rules import OPEN_STAGES, REASONS, SOURCES, STAGES

TONES = {"new": "accent", "contacted": "", "qualified": "good", "converted": "good", "disqualified": "bad"}

LEAD = register(
    RecordType(
        name="lead",
        model=Lead,
        label=_("Lead"),
        plural=_("Leads"),
        slug="leads",
        icon="target",
        prefix="L",
        place="sales",
        title=lambda lead: lead.need or lead.contact.name,
        subtitle=lambda lead: lead.account.name if lead.account else "",
        with_related=("contact", "account", "owner", "product"),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("contact", _("Contact"), Kind.RELATION, target="contact", editable=True),
            Field("account", _("Account"), Kind.RELATION, target="account", editable=True),
            Field("need", _("Need"), Kind.TEXT, editable=True),
            Field("product", _("Product"), Kind.RELATION, target="product", editable=True),
            Field("source", _("Source"), Kind.CHOICE, choices=SOURCES, editable=True),
            Field("source_detail", _("Source detail"), Kind.TEXT, editable=True),
            Field("stage", _("Stage"), Kind.CHOICE, choices=STAGES, shape="chip", tones=TONES),
            Field("score", _("Score"), Kind.INTEGER, sortable=True, editable=True, shape="bar"),
            Field("language", _("Language"), Kind.TEXT, editable=True, shape="language"),
            Field("country", _("Country"), Kind.TEXT, editable=True, shape="place"),
            Field("province", _("Province"), Kind.TEXT, editable=True, shape="place"),
            Field("industry", _("Industry"), Kind.CHOICE, choices=INDUSTRIES, editable=True),
            Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
            Field("unit", _("Unit"), Kind.RELATION, target="unit"),
            Field("reason", _("Reason"), Kind.CHOICE, choices=REASONS),
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("assigned_at", _("Assigned"), Kind.MOMENT),
            Field("contacted_at", _("First contacted"), Kind.MOMENT),
            Field("closed_at", _("Closed"), Kind.MOMENT),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
            Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
        ),
        columns=("id", "contact", "account", "need", "source", "stage", "created_at", "score", "owner"),
        facts=(
            (_("Lead"), ("need", "product", "source", "source_detail", "score", "reason", "owner", "unit")),
            (_("Customer"), ("contact", "account", "industry", "country", "province", "language")),
            (_("Times"), ("created_at", "assigned_at", "contacted_at", "closed_at")),
            (_("Notes"), ("notes",)),
        ),
        search=("need", "contact", "account"),
        board=Board(
            field="stage",
            moves={
                "new": "reopen",
                "contacted": "contact",
                "qualified": "qualify",
                "converted": "convert",
                "disqualified": "disqualify",
            },
            card=("contact", "account", "score", "owner"),
        ),
        verbs=(
            Verb(
                "contact",
                _("Log first contact"),
                actions.contact_lead,
                icon="phone",
                key="l",
                primary=True,
                possible=lambda lead: lead.stage == "new",
            ),
            Verb(
                "qualify",
                _("Qualify"),
                actions.qualify_lead,
                icon="check",
                key="q",
                bulk=True,
                primary=True,
                possible=lambda lead: lead.stage in ("new", "contacted"),
            ),
            Verb(
                "convert",
                _("Convert to opportunity"),
                actions.convert_lead,
                icon="dollar",
                key="o",
                primary=True,
                possible=lambda lead: lead.stage == "qualified",
            ),
            Verb(
                "disqualify",
                _("Disqualify"),
                actions.disqualify_lead,
                icon="x",
                key="d",
                bulk=True,
                danger=True,
                possible=lambda lead: lead.stage in OPEN_STAGES,
            ),
            Verb(
                "reopen",
                _("Reopen"),
                actions.reopen_lead,
                icon="refresh",
                possible=lambda lead: lead.stage == "disqualified",
            ),
            Verb("assign", _("Assign"), actions.assign_lead, icon="user", key="a", bulk=True),
        ),
        panels=(Panel(_("Activities"), "activity", "about"),),
        create=actions.capture_lead,
        change=actions.change_lead,
        work=WorkKind(
            assign=actions.assign_lead,
            open={"stage__in": OPEN_STAGES},
            arrivals=("sales.lead_captured", "sales.lead_reopened"),
        ),
        empty=_(
            "Leads appear here as soon as somebody shows interest: by web form, import, e-mail or by hand."
        ),
        views=(
            ("open", _("Open"), {"field": "stage", "op": "any_of", "value": list(OPEN_STAGES)}),
            ("mine", _("Mine"), {"field": "owner", "op": "is", "value": {"me": True}}),
            (
                "hot",
                _("Hot this week"),
                {
                    "all": [
                        {"field": "score", "op": "at_least", "value": 40},
                        {"field": "created_at", "op": "within_last", "value": {"days": 7}},
                    ]
                },
            ),
            (
                "unassigned",
                _("Without owner"),
                {
                    "all": [
                        {"field": "owner", "op": "is_empty"},
                        {"field": "stage", "op": "any_of", "value": list(OPEN_STAGES)},
                    ]
                },
            ),
        ),
    )
)
