"""What goes out and comes back is the same log, in every form."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.columns import EventColumns, Labels, columns_of
from kinflow.processes.logs.csv_writing import csv_of
from kinflow.processes.logs.ocel_writing import json_of, write_sqlite, xml_of
from kinflow.processes.logs.parquet_writing import write_parquet
from kinflow.processes.logs.xes_writing import xes_of
from tests.processes.logs.files import as_guessed, told

_SIGNS = "aZ09 -=+@'\"<>&;,|#·案例中文é\U0001f600"
words = st.text(_SIGNS, min_size=1, max_size=8).map(lambda text: f"x{text}x") | st.sampled_from(
    ["=1+1", "@cmd", "'quoted", "007", "12.50", "2026-03-01", "]]>", "&amp;"]
)
moments = st.integers(-(10**15), 4 * 10**15)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.just(float("nan"))


@st.composite
def logs(draw: st.DrawFn) -> EventColumns:
    """Logs of some cases, some of whose steps last."""
    case_ids = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    activities = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    resources = draw(st.lists(words, max_size=3, unique=True))
    units = draw(st.lists(words, max_size=2, unique=True))
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(case_ids) - 1),
                st.integers(0, len(activities) - 1),
                moments,
                st.sampled_from([0, 0, 1, 10**6, 10**12]),
                st.integers(-1, len(resources) - 1),
                st.integers(-1, len(units) - 1),
            ),
            max_size=12,
        )
    )
    rows += [(case, 0, 10**15, 0, -1, -1) for case in range(len(case_ids))]  # no case without events
    case, activity, at, lasting, resource, unit = (np.array(column) for column in zip(*rows, strict=True))
    texts = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    codes = draw(st.lists(st.integers(-1, len(texts) - 1), min_size=len(case_ids), max_size=len(case_ids)))
    amounts = draw(st.lists(numbers, min_size=len(case_ids), max_size=len(case_ids)))
    return columns_of(
        case=case.astype(np.int32),
        activity=activity.astype(np.int32),
        at=at.astype(np.int64),
        begun_at=(at - lasting).astype(np.int64),
        resource=resource.astype(np.int32),
        unit=unit.astype(np.int32),
        case_ids=case_ids,
        activities=activities,
        resources=resources,
        units=units,
        attributes={"region 区": Labels(texts, np.array(codes, np.int32))},
        amounts={"amount & more": np.array(amounts, np.float64)},
    )


def _text(pieces: Callable[[EventColumns], object]) -> Callable[[EventColumns, Path], None]:
    def write(columns: EventColumns, path: Path) -> None:
        path.write_bytes("".join(pieces(columns)).encode())  # type: ignore[arg-type]

    return write


FORMS: dict[str, Callable[[EventColumns, Path], None]] = {
    "xes": _text(xes_of),
    "csv": _text(csv_of),
    "parquet": write_parquet,
    "jsonocel": _text(lambda columns: json_of(columns, "order")),
    "xmlocel": _text(lambda columns: xml_of(columns, "order")),
    "sqlite": lambda columns, path: write_sqlite(columns, path, "order"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_log_comes_back_as_it_went_out(form: str) -> None:
    @settings(max_examples=25, deadline=None, database=None)
    @given(logs())
    def comes_back(columns: EventColumns) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"log.{form}"
            FORMS[form](columns, path)
            assert told(as_guessed(path).columns) == told(columns)

    comes_back()


def test_a_spreadsheet_finds_no_formula_in_a_log() -> None:
    columns = columns_of(
        case=np.zeros(1, np.int32),
        activity=np.zeros(1, np.int32),
        at=np.zeros(1, np.int64),
        case_ids=["@SUM(A1)"],
        activities=["=cmd|' /C calc'!A0"],
    )
    cells = "".join(csv_of(columns)).splitlines()[1].split(",")
    assert cells[:2] == ["'@SUM(A1)", "'=cmd|' /C calc'!A0"]
