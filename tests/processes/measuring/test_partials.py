"""A log measured part by part says what the whole log says, to the last digit."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.columns import EventColumns, packing
from kinflow.processes.columns.keeping import keep, kept
from kinflow.processes.columns.parts import parts_kept, read_part
from kinflow.processes.measuring import Clock, clock_of, overview
from kinflow.processes.measuring.overview import Names, told
from kinflow.processes.measuring.partials import measured_of, merged_row, partial_rows

from ..given import HOUR, Row, event_rows, log_of, traces

UNITS = {"Ann": "Sales", "Bo": "Stores"}


def by_parts(folder: Path, columns: EventColumns, clock: Clock | None, most: int | None, timed: bool) -> Any:
    """What an engine does that gives each part to another machine."""
    names = Names(columns.activities, columns.resources, columns.units)
    sizes = (len(names.activities), len(names.resources), len(names.units))
    values: dict[Any, list[Any]] = defaultdict(list)
    for part in reversed(parts_kept(folder)[0]):  # in whatever order the machines are done
        for key, value in partial_rows(read_part(part, sizes), part.first_case, clock, timed):
            values[key].append(value)
    rows = [merged_row(key, found) for key, found in values.items()]
    return told(measured_of(rows, names, columns.cases, most), names, timed)


@pytest.mark.parametrize("size", [1, 4, 1000])
@given(event_rows(), st.booleans(), st.booleans(), st.sampled_from([None, 1, 2]))
@settings(max_examples=15, deadline=None)
def test_every_log_in_parts_of_any_size_is_measured_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    size: int,
    rows: list[Row],
    is_clocked: bool,
    timed: bool,
    most: int | None,
) -> None:
    columns = log_of(rows, units=UNITS)
    open_times = {"Sales": np.array([[2 * HOUR, 5 * HOUR], [9 * HOUR, 11 * HOUR]])}
    clock = clock_of(columns.units, open_times) if is_clocked else None
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "PART", size)
        keep(columns, folder)
        found = by_parts(folder, columns, clock, most, timed)
    assert found == overview(columns, clock=clock, most_variants=most, handover_times=timed)


def test_cases_without_events_count_in_one_part_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PART", 2)
    columns = traces("", "ab", "", "", "cab", "")
    keep(columns, tmp_path)
    assert by_parts(tmp_path, columns, None, None, True) == overview(columns)
    assert sum(len(part.lengths) for part in parts_kept(tmp_path)[0]) == columns.cases


def test_columns_know_where_they_lie_and_what_is_made_of_them_does_not(tmp_path: Path) -> None:
    keep(traces("ab"), tmp_path)
    columns = kept(tmp_path)
    assert columns.kept is not None
    assert columns.kept.stamp == parts_kept(tmp_path)[1]
    keep(traces("abc"), tmp_path)
    assert columns.kept.stamp != parts_kept(tmp_path)[1]
