"""What PM4Py finds in published logs is found: arrows, times, start, end, variants, durations, hand-overs."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pm4py
import pytest
from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph

from kinflow.processes.columns import EventColumns, columns_of
from kinflow.processes.measuring import durations, follows, overview

from ..given import log_of

CASE, STEP, TIME, WHO = "case:concept:name", "concept:name", "time:timestamp", "org:resource"
LOGS = {
    "running-example.xes": "01_running-example.xes.gz",
    "running-example.csv": "01_running-example.xes.gz",
    "03_repairExample.xes.gz": "03_repairExample.xes.gz",
    "08_receipt.xes.gz": "08_receipt.xes.gz",
    "10_orders.xes.gz": "10_orders.xes.gz",
    "11_tickets.xes.gz": "11_tickets.xes.gz",
    "19_roadtraffic_1t_per_variant.xes.gz": None,
    "roadtraffic100traces.xes": "roadtraffic100traces.xes",
    "helpdesk.xes.gz": "helpdesk.xes.gz",
    "interval_event_log.csv": None,
}
pytestmark = [pytest.mark.real_data, pytest.mark.slow]
Find = Callable[[str], Path]


@cache
def frame(file: Path) -> pd.DataFrame:
    """A log as PM4Py reads it, single moments only."""
    if file.suffix == ".csv":
        table = pd.read_csv(file)
    else:
        table = pm4py.read_xes(str(file))
    if CASE not in table:
        table = told_apart(file)
    table = table[[name for name in (CASE, STEP, TIME, WHO) if name in table]].astype({CASE: str})
    table[TIME] = pd.to_datetime(table[TIME], utc=True)
    return pm4py.format_dataframe(table, case_id=CASE, activity_key=STEP, timestamp_key=TIME)


def told_apart(file: Path) -> pd.DataFrame:
    """A log whose cases have no names and whose events no times: both are numbered."""
    traces = pm4py.read_xes(str(file), return_legacy_log_object=True)
    rows = [
        (case, event[STEP], 1_000_000_000 * k)
        for case, trace in enumerate(traces)
        for k, event in enumerate(trace)
    ]
    return pd.DataFrame(rows, columns=[CASE, STEP, TIME])


def columns(table: pd.DataFrame) -> EventColumns:
    """The same log as columns."""
    case, cases = pd.factorize(table[CASE])
    activity, activities = pd.factorize(table[STEP])
    who, people = pd.factorize(table[WHO]) if WHO in table else (np.full(len(table), -1), [])
    return columns_of(
        case=case.astype(np.int32),
        activity=activity.astype(np.int32),
        at=table[TIME].dt.tz_convert(None).to_numpy().astype("datetime64[us]").astype(np.int64),
        resource=who.astype(np.int32),
        case_ids=list(cases),
        activities=list(activities),
        resources=list(people),
    )


@pytest.mark.parametrize("name", LOGS)
def test_pm4py_finds_the_same(name: str, real_data: Find) -> None:
    table = frame(real_data(f"eventlogs/{name}"))
    log = columns(table)
    found = overview(log)
    arrows, start, end = pm4py.discover_dfg(table.copy())
    assert {(a["from"], a["to"]): a["count"] for a in found["directly_follows"]} == dict(arrows)
    assert (found["start"], found["end"]) == (start, end)
    assert found["activities"] == pm4py.get_event_attribute_values(table, STEP)
    variants = {tuple(variant["steps"]): variant["cases"] for variant in found["variants"]}
    assert variants == pm4py.get_variants(table.copy())
    assert np.sort(durations(log)) / 1e6 == pytest.approx(
        np.array(pm4py.get_all_case_durations(table.copy()))
    )


@pytest.mark.parametrize("name", LOGS)
def test_pm4py_takes_the_same_times(name: str, real_data: Find) -> None:
    table = frame(real_data(f"eventlogs/{name}"))
    times = pm4py.discover_performance_dfg(table.copy())[0]
    found = overview(columns(table))["directly_follows"]
    assert {(a["from"], a["to"]) for a in found} == times.keys()
    for arrow in found:
        theirs = times[arrow["from"], arrow["to"]]
        assert arrow["mean_seconds"] == pytest.approx(theirs["mean"], rel=1e-9, abs=1e-6)
        assert arrow["median_seconds"] == pytest.approx(theirs["median"], rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", ["running-example.xes", "08_receipt.xes.gz", "helpdesk.xes.gz"])
def test_pm4py_sees_work_handed_over_by_the_same_people(name: str, real_data: Find) -> None:
    table = frame(real_data(f"eventlogs/{name}")).dropna(subset=[WHO])
    log = columns(table)
    network = pm4py.discover_handover_of_work_network(table.copy()).connections
    neighbours = log.events - log.cases
    theirs = {
        pair: round(share * neighbours) for pair, share in network.items() if pair[0] != pair[1] and share
    }
    assert {(a["from"], a["to"]): a["count"] for a in overview(log)["handovers"]} == theirs


@pytest.mark.parametrize("name", [name for name, known in LOGS.items() if known])
def test_the_published_figures_are_found(name: str, real_data: Find) -> None:
    known = json.loads(real_data("reference_results.json").read_text())["eventlogs"][LOGS[name]]
    log = columns(frame(real_data(f"eventlogs/{name}")))
    found = overview(log)
    assert (found["events"], found["cases"]) == (known["events"], known["cases"])
    assert len(found["activities"]) == known["activities"]
    assert len(found["variants"]) == found["variant_count"] == known["variants_time_order"]
    assert found["variants"][0]["cases"] == known["top_variant_cases"]
    assert len(found["directly_follows"]) == known["dfg_edges"]
    assert (len(found["start"]), len(found["end"])) == (known["start_acts"], known["end_acts"])
    assert found["case_seconds"]["median"] / 3600 == pytest.approx(known["median_case_h"], abs=1e-4)
    assert found["case_seconds"]["mean"] / 3600 == pytest.approx(known["mean_case_h"], abs=1e-4)
    counts = {(a["from"], a["to"]): a["count"] for a in found["directly_follows"]}
    for one, other, count in known["dfg_top3"]:
        assert counts[one, other] == count


def test_waiting_until_the_next_step_is_begun_is_what_pm4py_takes_where_begins_are_known() -> None:
    rows = [
        ("c", "a", 2.0, None),
        ("c", "b", 9.0, None),
        ("c", "a", 11.0, None),
        ("d", "a", 4.0, None),
        ("d", "b", 6.0, None),
    ]
    begun = [1, 5, 8, 3, 5]
    hour = pd.Timedelta(hours=1)
    zero = pd.Timestamp("2026-01-05", tz="UTC")
    table = pd.DataFrame(
        {
            CASE: [row[0] for row in rows],
            STEP: [row[1] for row in rows],
            TIME: [zero + row[2] * hour for row in rows],
            "start_timestamp": [zero + b * hour for b in begun],
        }
    )
    theirs = get_dfg_graph(
        table, measure="performance", start_timestamp_key="start_timestamp", perf_aggregation_key="mean"
    )
    log = log_of(rows, begun=begun)
    found = follows(log)
    ours: dict[Any, float] = {
        (log.activities[a], log.activities[b]): mean
        for a, b, mean in zip(found.first, found.second, found.times.mean, strict=True)
    }
    assert ours == pytest.approx(theirs)
