"""The import of opportunities: deals as other systems export them, open, won or lost."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.importing import key_of, known_products
from kinflow.catalogue.products.models import Product
from kinflow.customers.importing.kinds import CHOICES, LONGEST, notes_of
from kinflow.customers.importing.related import Related, bring_related
from kinflow.eventlog import Actor, Event, action, bulk
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register, register_remover
from kinflow.records.importing.targets import Target

from ..leads.rules import SOURCES
from .actions import default_pipeline
from .events import (
    OpportunityAssigned,
    OpportunityLost,
    OpportunityMoved,
    OpportunityOpened,
    OpportunityTakenBack,
    OpportunityWon,
)
from .models import Opportunity
from .rules import LOST_REASONS, is_amount
from .stage_words import Stages

Told = tuple[Event, datetime | None]
NOON = time(12)


@cache
def opportunity_targets() -> tuple[Target, ...]:
    """The fields of opportunities."""
    return fitted(
        "opportunity",
        choices={"source": SOURCES, "industry": CHOICES["industry"]},
        fallbacks={"source": "other", "industry": "other"},
        longest={**LONGEST, "account": 300, "contact": 200, "stage": 120, "reason": 300},
    )


@action
def import_opportunities(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make an opportunity of each row; its account, contact, product and owner are found, or noted."""
    permit(by, kind="opportunity")
    now, taken, whole = timezone.now(), Taken(), []
    for row in rows:
        if reason := _fault(row):
            taken.refused[row.number] = reason
        else:
            whole.append(row)
    stages = Stages(default_pipeline(by))
    products = known_products([row.values["product"] for row in whole if row.values.get("product")])
    made = [
        (one, _opportunity(one, stages, products, now)) for one in bring_related(whole, taken, now=now, by=by)
    ]
    bulk.insert([opportunity for _one, opportunity in made])
    bulk.record_many(told for one, opportunity in made for told in _told(opportunity, one.at, stages))
    new = {number for number, kind, _pk in taken.made if kind == "account"}
    taken.known = sum(one.row.number not in new for one, _opportunity in made)
    taken.made += [(one.row.number, "opportunity", opportunity.pk) for one, opportunity in made]
    return taken


def _fault(row: Row) -> str:
    """Why there can be no opportunity of the row; empty where there can."""
    amount = row.values.get("amount")
    if not row.values.get("account"):
        return _("An opportunity needs its account.")
    return "" if amount is None or is_amount(amount.value) else _("The amount cannot be negative.")


def _opportunity(one: Related, stages: Stages, products: dict[str, Product], now: datetime) -> Opportunity:
    row, values, account = one.row, one.row.values, one.account
    assert account is not None
    standing = stages.standing(values.get("stage", ""))
    if standing is None:
        row.notes.append(_("Stage: %(name)s") % {"name": values["stage"]})
        standing = stages.standing("")
        assert standing is not None
    product, amount = products.get(key_of(values.get("product", ""))), values.get("amount")
    if values.get("product") and product is None:
        row.notes.append(_("Product: %(name)s") % {"name": values["product"]})
    if number := values.get("external_id"):
        row.notes.insert(0, _("Number in the other system: %(number)s") % {"number": number})
    opportunity = bulk.like(
        _pattern(),
        name=_name(row, account.name),
        account=account,
        contact=one.contact,
        product=product,
        pipeline=standing.stage.pipeline,
        stage=standing.stage,
        outcome=standing.outcome,
        amount=amount.value.quantize(Decimal("0.01")) if amount else Decimal(0),
        currency=values.get("currency") or (amount.currency if amount else "") or "CNY",
        probability=_probability(row, standing.outcome, standing.stage.probability),
        closes_on=values.get("closes_on"),
        source=values.get("source") or "",
        industry=values.get("industry") or account.industry,
        country=values.get("country") or account.country,
        province=values.get("province") or account.province,
        created_at=one.at or now,
        changed_at=one.at or now,
    )
    if standing.outcome != "open":
        opportunity.closed_at = _closed_at(values.get("closed_at"), opportunity.closes_on, now)
    if standing.outcome == "lost":
        opportunity.reason = _reason(row)
    if one.owner is not None:
        opportunity.give_to(one.owner, now)
    opportunity.notes = notes_of(row)
    return opportunity


@cache
def _pattern() -> Opportunity:
    """What all new opportunities have in common."""
    return Opportunity()


def _name(row: Row, account: str) -> str:
    """The name, or what is sold to whom."""
    values = row.values
    return (values.get("name") or " – ".join(filter(None, (values.get("product", ""), account))))[:300]


def _probability(row: Row, outcome: str, usual: int) -> int:
    if outcome != "open":
        return 100 if outcome == "won" else 0
    given: Decimal | None = row.values.get("probability")
    if given is None:
        return usual
    if not 0 <= given <= 100:
        row.notes.append(_("Probability: %(percent)s") % {"percent": given})
        return usual
    return round(given)


def _closed_at(at: datetime | None, on: date | None, now: datetime) -> datetime:
    """When it was closed: the moment given, else noon of its day, else now; never later than now."""
    if at is None and on is not None:
        at = datetime.combine(on, NOON, timezone.get_current_timezone())
    return min(at, now) if at is not None else now


def _reason(row: Row) -> str:
    """Why it was lost, as one of the reasons; other words go to the notes."""
    said = row.values.get("reason", "")
    if said and said.lower() not in _reasons():
        row.notes.append(_("Reason: %(reason)s") % {"reason": said})
    return _reasons().get(said.lower(), "other")


@cache
def _reasons() -> dict[str, str]:
    """The reasons by their codes, and by their names in both languages."""
    known = {code: code for code, _label in LOST_REASONS}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            known |= {str(label).lower(): code for code, label in LOST_REASONS}
    return known


def _told(one: Opportunity, at: datetime | None, stages: Stages) -> Iterable[Told]:
    money: dict[str, Any] = {"account": one.account, "amount": one.amount, "currency": one.currency}
    yield OpportunityOpened(opportunity=one, **money), at
    if one.owner is not None:
        yield OpportunityAssigned(opportunity=one, person=one.owner), None
    before = stages.has_before(one.stage)
    if before is not None and one.outcome == "open":
        yield OpportunityMoved(opportunity=one, from_stage=before.code, to_stage=one.stage.code), at
    if one.outcome == "won":
        yield OpportunityWon(opportunity=one, **money), one.closed_at
    elif one.outcome == "lost":
        yield OpportunityLost(opportunity=one, account=one.account, reason=one.reason), one.closed_at


@action
def take_back_opportunities(*, ids: Sequence[int], by: Actor) -> None:
    """Remove opportunities, as if they had never been imported."""
    permit(by, kind="opportunity")
    found = list(Opportunity.objects.filter(pk__in=ids))
    bulk.delete(Opportunity.objects.filter(pk__in=ids))
    bulk.record_many((OpportunityTakenBack(opportunity=one), None) for one in found)


OPPORTUNITIES = register(
    Importable(
        "opportunity",
        gettext_lazy("Opportunities"),
        "sales.open_opportunity",
        opportunity_targets,
        import_opportunities,
        order=15,
        noted=frozenset({"expected_revenue", "kind"}),
    )
)
register_remover("opportunity", 15, take_back_opportunities)
