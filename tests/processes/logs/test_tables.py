"""Tables as logs: columns are guessed by their names and values, in English and Chinese."""

import io
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from kinflow.kit.problem import Invalid
from kinflow.processes.logs import frames
from kinflow.processes.logs.events_told import events_of, numbers_of, texts_of
from kinflow.processes.logs.roles import checked, guessed
from kinflow.records.importing.limits import UnreadableFile
from tests.processes.logs.files import as_guessed, at, steps, table, written


def roles(headers: str, *rows: str) -> dict[str, str]:
    """The guessed roles of a table given as lines."""
    cells = [row.split(",") for row in rows]
    names = headers.split(",")
    return {
        one.header: one.role for one in guessed(names, [list(column) for column in zip(*cells, strict=True)])
    }


@pytest.mark.parametrize(
    "headers",
    [
        "case:concept:name,concept:name,start_timestamp,time:timestamp,org:resource,org:group",
        "Case ID,Activity,Start Timestamp,Complete Timestamp,Resource,Department",
        "ticket_id,event,started_at,completed_at,user,team",
        "案例编号,活动名称,开始时间,完成时间,处理人,部门",
        "工单号,环节,接收时间,办理时间,经办人,处理部门",
    ],
)
def test_names_in_two_languages_say_what_a_column_is(headers: str) -> None:
    row = "17,check,2026-03-01 09:00:00,2026-03-01 10:00:00,Li,East"
    assert list(roles(headers, row).values()) == ["case", "activity", "begun_at", "at", "resource", "unit"]


def test_values_say_what_names_do_not() -> None:
    lines = [
        f"N{number // 4},{['order', 'check', 'ship', 'bill'][number % 4]},2026-03-01 09:{number:02}"
        for number in range(40)
    ]
    assert roles("a,b,c", *lines) == {"a": "case", "b": "activity", "c": "at"}


def test_other_columns_are_texts_or_numbers_of_the_case() -> None:
    found = roles(
        "Case ID,Activity,Time,Zip,Amount,Empty", "1,a,2026-03-01,0571,12.50,", "1,b,2026-03-02,0571,3,"
    )
    assert list(found.values())[3:] == ["attribute", "amount", ""]


def test_what_a_log_needs_is_asked_for_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        checked(["a", "b"], {"a": "case", "b": "case"})
    assert [error.pointer for error in refused.value.errors] == ["/columns/b", "/columns", "/columns"]


def test_rows_become_events(tmp_path: Path) -> None:
    content = table(
        ("Case ID", "Activity", "Time", "User", "Region", "Amount"),
        ("2", "ship", "2026-03-02 09:00", "Li", "East", "10"),
        ("1", "order", "2026-03-01 09:00", "Wang", "West", "20.5"),
        ("2", "order", "2026-03-01 09:00", "", "East", "10"),
    )
    columns = as_guessed(written(tmp_path, "log.csv", content), zone="Asia/Shanghai").columns
    assert steps(columns) == {"2": ["order", "ship"], "1": ["order"]}
    first = next(events_of(columns))
    assert (first.at, first.resource) == (at("2026-03-01T09:00:00+08:00"), "")
    assert (list(texts_of(columns, 1)), list(numbers_of(columns, 1))) == (
        [("Region", "West")],
        [("Amount", 20.5)],
    )


def test_rows_that_lack_something_are_left_out_and_counted(tmp_path: Path) -> None:
    content = table(
        ("Case ID", "Activity", "Time"),
        ("1", "a", "2026-03-01"),
        ("", "a", "2026-03-01"),
        ("1", "", "2026-03-01"),
        ("1", "b", "soon"),
        ("1", "c", "2026-03-02", "too", "many"),
    )
    done = as_guessed(written(tmp_path, "log.csv", content))
    assert steps(done.columns) == {"1": ["a"]}
    assert done.counts == {"without_case": 1, "without_activity": 1, "without_time": 1, "rejected": 1}


def test_days_come_first_where_the_column_says_so(tmp_path: Path) -> None:
    content = table(
        ("Case ID", "Activity", "Time"), ("1", "a", "03/04/2026 09:00"), ("1", "b", "25/04/2026 09:00")
    )
    columns = as_guessed(written(tmp_path, "log.csv", content)).columns
    assert columns.at[0] == at("2026-04-03T09:00:00Z")


def test_start_and_complete_in_a_column_are_joined(tmp_path: Path) -> None:
    content = table(
        ("Case ID", "Activity", "Timestamp", "lifecycle:transition"),
        ("1", "a", "2026-03-01T09:00:00Z", "START"),
        ("1", "a", "2026-03-01T10:00:00Z", "COMPLETE"),
    )
    path = written(tmp_path, "log.csv", content)
    assert as_guessed(path).columns.events == 1
    assert as_guessed(path, lifecycle="each").columns.events == 2


def test_a_workbook_is_a_table_too(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["案例编号", "活动", "时间"])
    for row, name in enumerate(("下单", "发货"), start=1):
        sheet.write_row(row, 0, ["A-1", name])
        sheet.write_datetime(row, 2, datetime(2026, 3, row, 9, 30))  # noqa: DTZ001
    book.close()
    columns = as_guessed(written(tmp_path, "log.xlsx", buffer.getvalue())).columns
    assert steps(columns) == {"A-1": ["下单", "发货"]}
    assert columns.at[0] == at("2026-03-01T09:30:00Z")


def test_a_large_plain_file_is_read_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (f"C{number % 50}", f" step {number % 7} ", f"2026-03-01 09:{number % 60:02}:00.25", "'=1+1", "")
        for number in range(500)
    ]
    path = written(tmp_path, "log.csv", table(("Case ID", "Activity", "Time", "Note", "Void"), *rows))
    careful = as_guessed(path, zone="Asia/Shanghai").columns
    monkeypatch.setattr(frames, "FAST_FROM", 0)
    fast = as_guessed(path, zone="Asia/Shanghai").columns
    assert list(events_of(fast)) == list(events_of(careful))
    assert fast.attributes["Note"].values == ["=1+1"]


def test_a_large_file_with_a_crooked_row_is_read_with_care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("1", "a", "2026-03-01")] * 300 + [("1", "b", "2026-03-01", "x", "y")]
    path = written(tmp_path, "log.csv", table(("Case ID", "Activity", "Time"), *rows))
    monkeypatch.setattr(frames, "FAST_FROM", 0)
    done = as_guessed(path)
    assert (done.columns.events, done.counts) == (300, {"rejected": 1})


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pl.DataFrame({"case": ["1"]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(UnreadableFile, match="Parquet"):
        as_guessed(path)


def test_a_table_with_headers_alone_has_no_events(tmp_path: Path) -> None:
    assert as_guessed(written(tmp_path, "log.csv", "Case ID,Activity,Time\n")).columns.events == 0
