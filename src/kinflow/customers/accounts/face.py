"""How accounts look: fields, list, board, page, and what can be done with them."""

from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Board, Field, Panel, RecordType, Verb, WorkKind, register

from ..sources import SOURCES
from . import actions
from .models import Account
from .rules import GRADES, INDUSTRIES, LIFE_STAGES

TONES = {"none": "", "potential": "accent", "target": "accent", "actual": "good", "lost": "bad"}
LIVING = ("potential", "target", "actual")

FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
    Field(
        "life_stage",
        _("Stage of life"),
        Kind.CHOICE,
        choices=LIFE_STAGES,
        editable=True,
        shape="chip",
        tones=TONES,
    ),
    Field("grade", _("Grade"), Kind.CHOICE, choices=GRADES, editable=True),
    Field("industry", _("Industry"), Kind.CHOICE, choices=INDUSTRIES, editable=True),
    Field("country", _("Country"), Kind.TEXT, editable=True, shape="place"),
    Field("province", _("Province"), Kind.TEXT, editable=True, shape="place"),
    Field("city", _("City"), Kind.TEXT, editable=True),
    Field("address", _("Address"), Kind.TEXT, editable=True),
    Field("phone", _("Phone"), Kind.TEXT, editable=True, shape="phone"),
    Field("website", _("Website"), Kind.TEXT, editable=True, shape="link"),
    Field("employees", _("Employees"), Kind.INTEGER, editable=True),
    Field("customer_since", _("Customer since"), Kind.DATE, sortable=True, editable=True),
    Field("parent", _("Parent account"), Kind.RELATION, target="account", editable=True),
    Field("source", _("Source"), Kind.TEXT, editable=True, labels=dict(SOURCES)),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("assigned_at", _("Assigned"), Kind.MOMENT),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
    Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
)

VERBS = (
    Verb("move", _("Change stage of life"), actions.move_account, icon="refresh", key="m", bulk=True),
    Verb("assign", _("Assign"), actions.assign_account, icon="user", key="a", bulk=True),
)

VIEWS = (
    ("mine", _("Mine"), {"field": "owner", "op": "is", "value": {"me": True}}),
    ("actual", _("Actual customers"), {"field": "life_stage", "op": "is", "value": "actual"}),
    ("key", _("Key accounts"), {"field": "grade", "op": "is", "value": "A"}),
    ("unassigned", _("Without owner"), {"field": "owner", "op": "is_empty"}),
)

ACCOUNT = register(
    RecordType(
        name="account",
        model=Account,
        label=_("Account"),
        plural=_("Accounts"),
        slug="accounts",
        icon="building",
        prefix="A",
        place="customers",
        title=lambda account: account.name,
        subtitle=lambda account: " ".join(filter(None, (account.province, account.city))),
        with_related=("owner", "parent"),
        fields=FIELDS,
        columns=("id", "name", "life_stage", "grade", "industry", "province", "city", "phone", "owner"),
        facts=(
            (
                _("Account"),
                ("life_stage", "customer_since", "grade", "industry", "employees", "parent", "source"),
            ),
            (_("Address"), ("country", "province", "city", "address", "phone", "website")),
            (_("Responsible"), ("owner", "unit", "assigned_at")),
            (_("Times"), ("created_at", "changed_at")),
            (_("Notes"), ("notes",)),
        ),
        search=("name", "city", "phone", "website"),
        board=Board(field="life_stage", move="move", card=("grade", "industry", "city", "owner")),
        verbs=VERBS,
        panels=(
            Panel(_("Contacts"), "contact", "account"),
            Panel(_("Opportunities"), "opportunity", "account"),
            Panel(_("Service requests"), "case", "account"),
            Panel(_("Leads"), "lead", "account"),
            Panel(_("Activities"), "activity", "account"),
            Panel(_("Belonging accounts"), "account", "parent"),
        ),
        asked_through=(Field("activities", _("Activities"), Kind.RELATION, target="activity", many=True),),
        create=actions.add_account,
        change=actions.change_account,
        work=WorkKind(
            assign=actions.assign_account,
            open={"life_stage__in": LIVING},
            weight=0.2,
            arrivals=("customers.account_added",),
        ),
        empty=_("Accounts appear here when they are added, imported, or come with a lead."),
        views=VIEWS,
    )
)
