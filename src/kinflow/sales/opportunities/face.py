"""How opportunities look: fields, list, board, page, and what can be done with them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.conditions import Kind
from kinflow.customers.accounts.rules import INDUSTRIES
from kinflow.records.faces import Board, Field, Panel, RecordType, Verb, WorkKind, register

from ..leads.rules import SOURCES
from . import actions
from .delivery import promise_delivery
from .models import OUTCOMES, Opportunity
from .rules import LOST_REASONS

TONES = {"open": "accent", "won": "good", "lost": "bad"}
OPEN = {"field": "outcome", "op": "is", "value": "open"}


def is_open(opportunity: Any) -> bool:
    """Whether it is neither won nor lost."""
    return bool(opportunity.outcome == "open")


FIELDS = (
    Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
    Field("name", _("Name"), Kind.TEXT, editable=True),
    Field("account", _("Account"), Kind.RELATION, target="account", editable=True),
    Field("contact", _("Contact"), Kind.RELATION, target="contact", editable=True),
    Field("product", _("Product"), Kind.RELATION, target="product", editable=True),
    Field("pipeline", _("Pipeline"), Kind.RELATION, target="pipeline"),
    Field("stage", _("Stage"), Kind.RELATION, target="stage", shape="chip"),
    Field("outcome", _("Outcome"), Kind.CHOICE, choices=OUTCOMES, shape="chip", tones=TONES),
    Field(
        "amount",
        _("Amount"),
        Kind.MONEY,
        sortable=True,
        editable=True,
        sensitivity="confidential",
        shape="money",
        currency="currency",
    ),
    Field(
        "currency",
        _("Currency"),
        Kind.CHOICE,
        choices=CURRENCIES,
        editable=True,
        sensitivity="confidential",
    ),
    Field(
        "discount",
        _("Discount"),
        Kind.DECIMAL,
        sortable=True,
        sensitivity="confidential",
        shape="percent",
    ),
    Field("probability", _("Probability"), Kind.INTEGER, editable=True, shape="percent"),
    Field("closes_on", _("Closes on"), Kind.DATE, sortable=True, editable=True),
    Field("delivers_on", _("Promised delivery"), Kind.DATE),
    Field("reason", _("Reason"), Kind.CHOICE, choices=LOST_REASONS),
    Field("source", _("Source"), Kind.CHOICE, choices=SOURCES),
    Field("industry", _("Industry"), Kind.CHOICE, choices=INDUSTRIES, editable=True),
    Field("country", _("Country"), Kind.TEXT, editable=True, shape="place"),
    Field("province", _("Province"), Kind.TEXT, editable=True, shape="place"),
    Field("owner", _("Owner"), Kind.RELATION, target="person", shape="person"),
    Field("unit", _("Unit"), Kind.RELATION, target="unit"),
    Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
    Field("assigned_at", _("Assigned"), Kind.MOMENT),
    Field("closed_at", _("Closed at"), Kind.MOMENT),
    Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
    Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True, sensitivity="personal"),
)

VERBS = (
    Verb(
        "move",
        _("Move to stage"),
        actions.move_opportunity,
        icon="pipeline",
        key="m",
        bulk=True,
        possible=is_open,
    ),
    Verb("discount", _("Give a discount"), actions.discount_opportunity, icon="dollar", possible=is_open),
    Verb(
        "deliver",
        _("Promise delivery"),
        promise_delivery,
        icon="calendar",
        possible=lambda opportunity: opportunity.outcome != "lost",
    ),
    Verb("win", _("Won"), actions.win_opportunity, icon="star", key="w", primary=True, possible=is_open),
    Verb("lose", _("Lost"), actions.lose_opportunity, icon="x", key="l", danger=True, possible=is_open),
    Verb(
        "reopen",
        _("Reopen"),
        actions.reopen_opportunity,
        icon="refresh",
        possible=lambda opportunity: not is_open(opportunity),
    ),
    Verb("assign", _("Assign"), actions.assign_opportunity, icon="user", key="a", bulk=True),
)

VIEWS = (
    ("open", _("Open sales"), OPEN),
    ("mine", _("Mine"), {"all": [{"field": "owner", "op": "is", "value": {"me": True}}, OPEN]}),
    (
        "closing",
        _("Closing this month"),
        {"all": [OPEN, {"field": "closes_on", "op": "in_this", "value": "month"}]},
    ),
    ("won", _("Won"), {"field": "outcome", "op": "is", "value": "won"}),
    ("unassigned", _("Without owner"), {"all": [{"field": "owner", "op": "is_empty"}, OPEN]}),
)

OPPORTUNITY = register(
    RecordType(
        name="opportunity",
        model=Opportunity,
        label=_("Opportunity"),
        plural=_("Opportunities"),
        slug="opportunities",
        icon="dollar",
        prefix="O",
        place="sales",
        title=lambda opportunity: opportunity.name,
        subtitle=lambda opportunity: opportunity.account.name,
        with_related=("account", "contact", "product", "stage", "owner"),
        fields=FIELDS,
        columns=("id", "name", "account", "stage", "outcome", "amount", "closes_on", "owner"),
        facts=(
            (
                _("Opportunity"),
                (
                    "amount",
                    "discount",
                    "currency",
                    "probability",
                    "closes_on",
                    "delivers_on",
                    "pipeline",
                    "stage",
                    "outcome",
                    "reason",
                ),
            ),
            (_("Customer"), ("account", "contact", "product", "industry", "country", "province", "source")),
            (_("Responsible"), ("owner", "unit", "assigned_at")),
            (_("Times"), ("created_at", "closed_at", "changed_at")),
            (_("Notes"), ("notes",)),
        ),
        search=("name", "account", "contact"),
        board=Board(
            field="stage", move="move", total="amount", card=("account", "amount", "closes_on", "owner")
        ),
        verbs=VERBS,
        panels=(
            Panel(_("Activities"), "activity", "about"),
            Panel(_("Leads"), "lead", "opportunity", create=False),
        ),
        create=actions.open_opportunity,
        change=actions.change_opportunity,
        work=WorkKind(
            assign=actions.assign_opportunity,
            open={"outcome": "open"},
            weight=1.0,
            arrivals=("sales.opportunity_opened", "sales.opportunity_reopened"),
        ),
        empty=_("Opportunities appear here when a lead is converted, or a sale is opened by hand."),
        views=VIEWS,
    )
)
