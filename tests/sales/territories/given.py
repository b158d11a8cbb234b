"""Territories and accounts for tests."""

from typing import Any

from kinflow.customers.accounts.actions import add_account
from kinflow.customers.models import Account
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.models import Territory
from kinflow.organisation.skills.actions import add_territory
from kinflow.sales.models import AccountTerritory, TerritoryPlan
from kinflow.sales.territories.asking import territories
from kinflow.sales.territories.following import follow_entries
from kinflow.sales.territories.keeping import settle_all
from kinflow.sales.territories.plans import apply_territory_plan, propose_territory_plan

from ...records.small_world import actor

ADMIN = actor("administrator")
WATER = {"field": "industry", "op": "is", "value": "water"}


def territory(name: str, *places: str) -> Territory:
    """A territory of these places."""
    territories.forget()
    return add_territory(name=name, places=places, by=SYSTEM)


def account(name: str = "Waterworks", province: str = "浙江", country: str = "CN", **more: Any) -> Account:
    """An account in Zhejiang, or elsewhere."""
    return add_account(name=name, country=country, province=province, by=SYSTEM, **more)


def planned(changes: dict[Territory, dict[str, Any]], **more: Any) -> TerritoryPlan:
    """A plan that changes rules."""
    return propose_territory_plan(changes={t.pk: rule for t, rule in changes.items()}, by=ADMIN, **more)


def ruled(changes: dict[Territory, dict[str, Any]]) -> TerritoryPlan:
    """A plan that was applied."""
    return apply_territory_plan(plan=planned(changes), by=ADMIN)


def worked_out() -> dict[str, str]:
    """By name of account the name of its territory, after all were worked out."""
    settle_all(by=SYSTEM)
    return placed()


def placed() -> dict[str, str]:
    """By name of account the name of its territory, as it is kept."""
    names = dict(Account.objects.values_list("pk", "name"))
    rows = AccountTerritory.objects.filter(is_first=True).values_list("account_id", "territory__name")
    return {names[pk]: territory for pk, territory in rows}


def follow(after: int) -> None:
    """Let territories follow what the log has after an entry (within the test's transaction)."""
    follow_entries(list(Entry.objects.filter(pk__gt=after).order_by("pk")))


def newest() -> int:
    """The newest entry."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
