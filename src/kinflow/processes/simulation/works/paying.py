"""What an hour of people costs in a run: as the process had it when the run began, whatever is changed meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from kinflow.kit import money
from kinflow.organisation.models import Person

from ...definitions.goals import rates_of
from ...definitions.models import Process
from ..scenario import Scenario

SMALL = 10_000
"""Cents of less are of interest: what a case costs; not those of what all people cost in a month."""


def pay_now(process: Process, scenario: Scenario) -> dict[str, Any]:
    """What a run of a scenario that begins now keeps, as JSON: what an hour of each of its staff costs, by name.

    `is_priced` says whether the process has rates; without them nobody costs anything.
    """
    rates = rates_of(process.rates)
    ids = [int(each.name) for each in scenario.staff if each.name.isdecimal()] if process.case_kind else []
    levels = dict(Person.objects.filter(pk__among=ids).values_list("pk", "seniority")) if ids else {}
    hourly = {}
    for each in scenario.staff:
        rate = rates.of(levels.get(int(each.name))) if each.name.isdecimal() else rates.usual
        hourly[each.name] = rate or rates.usual or 0.0
    is_priced = bool(rates.usual or any((rates.by_seniority or {}).values()))
    return {"currency": rates.currency, "is_priced": is_priced, "hourly": hourly}


def money_told(amount: float, pay: Mapping[str, Any]) -> str:
    """An amount in the currency of a run, to the reader's habit; a small one to the cent."""
    said = money.shown if abs(amount) < SMALL else money.brief
    whole = amount if abs(amount) < SMALL else round(amount)
    given = money.Money(Decimal(str(round(whole, 2))), str(pay.get("currency") or "CNY"))
    return said(given, get_language() or "en")


def paid(scenario: Scenario, pay: Mapping[str, Any]) -> Scenario:
    """The scenario with what an hour of each person costs."""
    hourly: Mapping[str, float] = pay.get("hourly", {})
    staff = tuple(replace(each, cost=hourly.get(each.name, 0.0)) for each in scenario.staff)
    return replace(scenario, staff=staff)
