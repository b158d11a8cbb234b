"""A log at a glance: logs that anybody can count, and what holds for every log."""

import json
import random
from collections import Counter
from itertools import pairwise
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given, settings

from kinflow.processes.columns import EventColumns
from kinflow.processes.measuring import overview

from ..given import Row, event_rows, log_of, traces

ORDERS: list[Row] = [
    ("o1", "order", 0, "Ann"),
    ("o1", "check", 2, "Bo"),
    ("o1", "ship", 5, "Cy"),
    ("o2", "order", 1, "Ann"),
    ("o2", "check", 9, "Bo"),
    ("o2", "ship", 10, "Cy"),
    ("o3", "order", 3, "Ann"),
    ("o3", "refuse", 4, "Ann"),
]


def test_cases_events_and_steps_are_counted_most_frequent_first() -> None:
    found = overview(log_of(ORDERS))
    assert (found["cases"], found["events"]) == (3, 8)
    assert list(found["activities"].items()) == [("order", 3), ("check", 2), ("ship", 2), ("refuse", 1)]
    assert found["start"] == {"order": 3}
    assert found["end"] == {"ship": 2, "refuse": 1}


def test_arrows_have_their_times() -> None:
    arrows = overview(log_of(ORDERS))["directly_follows"]
    assert [(a["from"], a["to"], a["count"]) for a in arrows] == [
        ("check", "ship", 2),
        ("order", "check", 2),
        ("order", "refuse", 1),
    ]
    assert arrows[1]["mean_seconds"] == arrows[1]["median_seconds"] == 5 * 3600
    assert arrows[1]["p90_seconds"] == pytest.approx((2 + 0.9 * 6) * 3600)


def test_variants_come_with_their_steps_most_frequent_first() -> None:
    found = overview(log_of(ORDERS))
    assert found["variants"] == [
        {"steps": ["order", "check", "ship"], "cases": 2},
        {"steps": ["order", "refuse"], "cases": 1},
    ]
    assert found["variant_count"] == 2


def test_only_the_most_frequent_variants_are_shown_when_asked_for() -> None:
    found = overview(traces("ab", "ab", "b"), most_variants=1)
    assert found["variants"] == [{"steps": ["a", "b"], "cases": 2}]
    assert found["variant_count"] == 2


def test_work_that_stays_with_somebody_is_not_handed_over() -> None:
    found = overview(log_of(ORDERS))["handovers"]
    assert [(a["from"], a["to"], a["count"]) for a in found] == [("Ann", "Bo", 2), ("Bo", "Cy", 2)]
    assert found[1]["mean_seconds"] == 2 * 3600


def test_handovers_are_counted_without_times_where_these_are_not_asked_for() -> None:
    found = overview(log_of(ORDERS), handover_times=False)["handovers"]
    assert found == [{"from": "Ann", "to": "Bo", "count": 2}, {"from": "Bo", "to": "Cy", "count": 2}]


def test_what_nobody_did_is_passed_over_on_the_way_from_one_to_the_next() -> None:
    rows: list[Row] = [("c", "a", 0, "Ann"), ("c", "b", 3, None), ("c", "c", 4, "Bo")]
    [found] = overview(log_of(rows))["handovers"]
    assert (found["from"], found["to"], found["median_seconds"]) == ("Ann", "Bo", 4 * 3600)


def test_units_hand_over_where_people_of_different_units_do() -> None:
    found = overview(log_of(ORDERS, units={"Ann": "Sales", "Bo": "Sales", "Cy": "Stores"}))["unit_handovers"]
    assert [(a["from"], a["to"], a["count"]) for a in found] == [("Sales", "Stores", 2)]


def test_cases_last_from_their_first_begin_to_their_last_end() -> None:
    rows: list[Row] = [("c", "a", 2, None), ("c", "b", 9, None)]
    assert overview(log_of(rows, begun=[1, 0]))["case_seconds"]["mean"] == 9 * 3600


def test_an_empty_log_has_nothing_to_show() -> None:
    found = overview(log_of([]))
    assert (found["cases"], found["events"], found["case_seconds"]) == (0, 0, None)
    assert not found["activities"]
    assert not found["variants"]
    assert not found["directly_follows"]


def test_equal_moments_keep_the_order_of_the_file() -> None:
    rows: list[Row] = [("c", name, 1, None) for name in "zay"]
    assert overview(log_of(rows))["variants"] == [{"steps": ["z", "a", "y"], "cases": 1}]


def test_columns_that_are_read_only_or_lie_apart_are_measured_too() -> None:
    columns = log_of(ORDERS)
    apart = {
        name: np.repeat(column, 2)[::2]
        for name, column in vars(columns).items()
        if isinstance(column, np.ndarray)
    }
    for column in apart.values():
        column.flags.writeable = False
    assert overview(EventColumns(**{**vars(columns), **apart})) == overview(columns)


@given(event_rows())
@settings(deadline=None)
def test_the_counts_add_up_and_are_what_counting_by_hand_gives(rows: list[Row]) -> None:
    found = overview(log_of(rows))
    cases: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row[2]):
        cases.setdefault(row[0], []).append(row)
    spans: dict[tuple[str, str], list[float]] = {}
    for case in cases.values():
        for one, next_one in pairwise(case):
            spans.setdefault((one[1], next_one[1]), []).append(3600.0 * (next_one[2] - one[2]))
    arrows = {(a["from"], a["to"]): a for a in found["directly_follows"]}
    assert {pair: a["count"] for pair, a in arrows.items()} == {
        pair: len(times) for pair, times in spans.items()
    }
    for pair, times in spans.items():
        assert arrows[pair]["mean_seconds"] == pytest.approx(mean(times))
        assert arrows[pair]["median_seconds"] == pytest.approx(median(times))
        assert arrows[pair]["p90_seconds"] == pytest.approx(np.percentile(times, 90))
    assert Counter(tuple(row[1] for row in case) for case in cases.values()) == {
        tuple(variant["steps"]): variant["cases"] for variant in found["variants"]
    }
    assert found["activities"] == Counter(row[1] for row in rows)
    assert sum(found["start"].values()) == sum(found["end"].values()) == found["cases"] == len(cases)
    assert sum(a["count"] for a in found["directly_follows"]) == found["events"] - found["cases"]
    assert json.loads(json.dumps(found)) == found


@given(event_rows(ties=False))
@settings(max_examples=50, deadline=None)
def test_the_order_in_which_events_come_does_not_matter(rows: list[Row]) -> None:
    shuffled = random.Random(1).sample(rows, len(rows))
    assert overview(log_of(rows)) == overview(log_of(shuffled))
