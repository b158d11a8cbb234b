"""Published logs, read as everybody else reads them."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.logs.lifecycles import EACH
from tests.processes.logs.files import as_guessed, steps

pytestmark = pytest.mark.real_data
Find = Callable[[str], Path]
LOGS = {
    "running-example.xes": "01_running-example.xes.gz",
    "03_repairExample.xes.gz": "03_repairExample.xes.gz",
    "08_receipt.xes.gz": "08_receipt.xes.gz",
    "10_orders.xes.gz": "10_orders.xes.gz",
    "11_tickets.xes.gz": "11_tickets.xes.gz",
    "helpdesk.xes.gz": "helpdesk.xes.gz",
    "roadtraffic100traces.xes": "roadtraffic100traces.xes",
}


def measured(columns: EventColumns) -> dict[str, Any]:
    """What the reference tells of a log."""
    paths = [tuple(path) for path in steps(columns).values()]
    arrows = Counter(pair for path in paths for pair in zip(path, path[1:], strict=False))
    lasting = [
        (columns.at[end - 1] - columns.at[start]) / 3.6e9
        for start, end in zip(columns.offsets, columns.offsets[1:], strict=False)
    ]
    found: dict[str, Any] = {
        "events": columns.events,
        "cases": columns.cases,
        "activities": len(columns.activities),
        "variants_file_order": len(set(paths)),
        "top_variant_cases": max(Counter(paths).values()),
        "median_case_h": round(float(np.median(lasting)), 4),
        "mean_case_h": round(float(np.mean(lasting)), 4),
        "first": str(datetime.fromtimestamp(columns.at.min() / 1e6, UTC)),
        "last": str(datetime.fromtimestamp(columns.at.max() / 1e6, UTC)),
        "dfg_edges": len(arrows),
        "start_acts": len({path[0] for path in paths}),
        "end_acts": len({path[-1] for path in paths}),
        "dfg_counts": sorted(arrows.values(), reverse=True)[:3],
    }
    return found | ({"resources": len(columns.resources)} if columns.resources else {})


@pytest.mark.parametrize("file", LOGS)
def test_a_log_says_what_the_reference_says(file: str, real_data: Find) -> None:
    known = json.loads(real_data("reference_results.json").read_text())["eventlogs"][LOGS[file]]
    found = measured(as_guessed(real_data(f"eventlogs/{file}"), lifecycle=EACH).columns)
    known["dfg_counts"] = [count for _from, _to, count in known["dfg_top3"]]
    assert {key: value for key, value in found.items() if key in known} == {
        key: known[key] for key in found if key in known
    }


def test_starts_of_repairs_are_joined_to_their_ends(real_data: Find) -> None:
    done = as_guessed(real_data("eventlogs/03_repairExample.xes.gz"))
    assert done.columns.events + done.counts["joined"] == 11_855
    assert (done.columns.begun_at < done.columns.at).sum() > 4_000
    assert done.columns.cases == 1_104


def test_a_log_without_names_of_cases_and_times_is_numbered_in_the_order_of_the_file(real_data: Find) -> None:
    done = as_guessed(real_data("eventlogs/19_roadtraffic_1t_per_variant.xes.gz"))
    assert done.columns.case_ids[:3] == ["1", "2", "3"]
    assert (done.columns.cases, done.columns.events) == (231, 1_891)
    assert done.counts == {"untimed": 1}
    assert len({tuple(path) for path in steps(done.columns).values()}) == 231


def test_csv_and_xes_of_one_log_are_the_same(real_data: Find) -> None:
    table = as_guessed(real_data("eventlogs/running-example.csv")).columns
    log = as_guessed(real_data("eventlogs/running-example.xes")).columns
    assert steps(table) == {name: steps(log)[name] for name in table.case_ids}
    assert sorted(table.at) == sorted(log.at)
    assert set(table.resources) == set(log.resources)


def test_a_table_with_start_times_has_steps_that_last(real_data: Find) -> None:
    columns = as_guessed(real_data("eventlogs/interval_event_log.csv")).columns
    assert (columns.events, columns.cases, len(columns.activities)) == (8_109, 1_266, 8)
    assert (columns.begun_at < columns.at).mean() > 0.9


@pytest.mark.parametrize("form", ["jsonocel", "sqlite", "xmlocel"])
def test_the_same_objects_come_out_of_every_form_of_ocel(form: str, real_data: Find) -> None:
    path = real_data(f"eventlogs/ocel/ocel20_example.{form}")
    columns = as_guessed(path, object_type="Purchase Order").columns
    assert steps(columns) == {
        "PO1": ["Create Purchase Order", "Change PO Quantity", "Insert Invoice", "Insert Invoice"],
        "PO2": ["Create Purchase Order"],
    }
    assert set(columns.attributes) >= {"po_product"}


@pytest.mark.parametrize("form", ["jsonocel", "xmlocel"])
def test_the_first_version_of_ocel_is_read_too(form: str, real_data: Find) -> None:
    columns = as_guessed(real_data(f"eventlogs/ocel/example_log.{form}"), object_type="order").columns
    assert (columns.cases, columns.events) == (3, 12)
