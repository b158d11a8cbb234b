"""What is known of a process beside its log: calendar, cost rates, goals, ends, outcomes of steps, changed fields."""

from dataclasses import replace

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from kinflow.eventlog import SYSTEM
from kinflow.records.faces import registry

from ..columns import EventColumns, Labels
from ..definitions.goals import Rates, rates_of
from ..definitions.levels import on_level
from ..definitions.models import Process
from ..definitions.reading import columns_by_id
from ..definitions.steps import IS, Step, step_key, steps_of
from ..structure.paper import paper_for
from .changes import changes_of
from .context import Context
from .staff import chart_of, open_hours_of, people_of, usual_calendar

WAITING = 0.05
"""What an hour of waiting costs, as a share of an hour of work: somebody asks, looks, and excuses."""
ASKING = ("service.case_waiting_began",)
"""Steps after which a case of ours waits for the customer."""


def log_and_context(process: Process) -> tuple[EventColumns, Context]:
    """The log of a process on the level of steps, by ids where it is ours, with all that is known beside it."""
    details = columns_by_id(process, level="details")
    steps = steps_of(process.steps)
    columns = on_level(details, steps, "steps") if process.case_kind else details
    rates = rates_of(process.rates)
    ends = {word: _keys(columns, steps, word) for word in ("good", "bad", "again")}
    context = Context(
        zone=settings.TIME_ZONE,
        cost_per_hour=rates.usual,
        cost_per_waiting_hour=None if rates.usual is None else rates.usual * WAITING,
        value_of_success=rates.success,
        currency=rates.currency,
        outcomes=outcomes_of(details),
        success=ends["good"] if ends["bad"] else frozenset(),
        failure=ends["bad"],
        reopening=ends["again"],
        goal_hours=next((goal["at_most"] for goal in process.goals if goal["measure"] == "duration"), None),
    )
    return columns, _with_ours(process.case_kind, columns, context, rates) if process.case_kind else context


def _with_ours(kind: str, columns: EventColumns, context: Context, rates: Rates) -> Context:
    """What is known of our own log only: people, chart, changed fields, and what deals are worth."""
    calendar = usual_calendar(columns)
    return replace(
        context,
        open_hours=open_hours_of(calendar, columns) if calendar else None,
        zone=calendar.zone.key if calendar else settings.TIME_ZONE,
        people=people_of(columns),
        chart=chart_of(columns.resources, paper_for(SYSTEM)),
        changes=changes_of(kind, columns),
        values=values_of(kind, columns, rates) if rates.margin is not None else None,
        asking=frozenset(each for each in columns.activities if each.startswith(ASKING)),
    )


def values_of(kind: str, columns: EventColumns, rates: Rates) -> NDArray[np.float64] | None:
    """What each case brings if it ends well: a share of its amount, where that is in the currency of the rates."""
    known = registry[kind].by_name
    if "amount" not in known or "currency" not in known or rates.margin is None:
        return None
    rows = registry[kind].model._default_manager.filter(currency=rates.currency)
    amounts = {str(pk): float(amount) for pk, amount in rows.values_list("pk", "amount").iterator()}
    return np.array([amounts.get(each, np.nan) for each in columns.case_ids]) * rates.margin


def _keys(columns: EventColumns, steps: tuple[Step, ...], outcome: str) -> frozenset[str]:
    """The activities that are steps with this outcome."""
    meant = [step for step in steps if step.outcome == outcome]
    return frozenset(key for key in columns.activities if any(step.owns(key) for step in meant))


def outcomes_of(details: EventColumns) -> Labels | None:
    """What came of each event: the details of its activity on the finest level."""
    told = [key.partition(IS)[2] if step_key(key) != key else "" for key in details.activities]
    known = sorted(set(told) - {""})
    if not known:
        return None
    codes = {word: code for code, word in enumerate(known)}
    table = np.array([codes.get(word, -1) for word in told], np.int32)
    return Labels(known, table[details.activity])
