"""A log kept on disk and read back; what happens when it is replaced, old, damaged or missing."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from kinflow.processes.columns import EventColumns, keeping, packing
from kinflow.processes.columns.keeping import (
    DamagedColumns,
    NothingKept,
    OutdatedColumns,
    about_kept,
    keep,
    kept,
)

from ..given import Row, event_rows, labels, log_of, traces
from .test_filtering import same

ROWS: list[Row] = [("c", "a", 1, "Ann"), ("c", "b", 5, None), ("d", "a", 3, "Ann"), ("中", "b", 4, "Bo")]


def rich() -> EventColumns:
    """A log with everything that can be known."""
    return log_of(
        ROWS,
        begun=[0, 4, 3, 2],
        units={"Ann": "Sales", "Bo": "Stores"},
        attributes={"region": labels("North", None, "South"), "empty": labels(None, None, None)},
        amounts={"value": np.array([1.5, np.nan, -2.0])},
    )


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    columns = rich()
    keep(columns, tmp_path / "log")
    found = kept(tmp_path / "log")
    assert same(columns, found)
    assert [column.dtype for column in (found.case, found.activity, found.at)] == [
        np.int32,
        np.int32,
        np.int64,
    ]
    assert found.attributes["region"].values == ["North", "South"]
    assert found.attributes["region"].codes.tolist() == [0, -1, 1]
    assert found.attributes["empty"].codes.tolist() == [-1, -1, -1]
    assert np.array_equal(found.amounts["value"], columns.amounts["value"], equal_nan=True)


def test_what_is_kept_can_be_changed_in_memory(tmp_path: Path) -> None:
    keep(rich(), tmp_path)
    found = kept(tmp_path)
    for column in (
        found.case,
        found.activity,
        found.at,
        found.begun_at,
        found.resource,
        found.unit,
        found.offsets,
    ):
        assert column.flags.writeable


@given(event_rows())
@settings(max_examples=20, deadline=None)
def test_every_log_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("kept")
    columns = log_of(rows)
    keep(columns, folder)
    assert same(columns, kept(folder))


def test_a_log_in_many_parts_comes_back_and_no_case_is_split(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PART", 4)
    columns = traces("ab", "abc", "abcdefg", "a", "ab", "b")
    parts = [(part.start, part.stop) for part in packing.parts_of(columns.offsets)]
    assert parts == [(0, 2), (2, 5), (5, 12), (12, 16)]
    keep(columns, tmp_path)
    assert len(list(tmp_path.glob("events-*"))) == len(parts)
    assert same(columns, kept(tmp_path))


def test_a_log_takes_the_place_of_the_one_before_and_nothing_else_is_left(tmp_path: Path) -> None:
    keep(rich(), tmp_path)
    keep(traces("ab"), tmp_path, about={"up_to": 7})
    assert same(traces("ab"), kept(tmp_path))
    assert about_kept(tmp_path) == {"up_to": 7, "events": 2, "cases": 1}
    assert len(list(tmp_path.glob("*.parquet"))) == 3


def test_a_log_that_could_not_be_kept_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(traces("ab"), tmp_path)

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(keeping, "_replace", full)
    with pytest.raises(OSError, match="full"):
        keep(rich(), tmp_path)
    assert same(traces("ab"), kept(tmp_path))


def test_a_reader_who_finds_files_gone_looks_for_the_new_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(traces("ab"), tmp_path)
    old = keeping.index_of(tmp_path)
    keep(rich(), tmp_path)
    indexes = iter([old, keeping.index_of(tmp_path)])
    monkeypatch.setattr(keeping, "index_of", lambda _: next(indexes))
    assert same(rich(), kept(tmp_path))


def test_where_nothing_is_kept_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingKept):
        kept(tmp_path / "nowhere")


@pytest.mark.parametrize("which", ["events-*", "cases-*", "values-*"])
def test_a_single_changed_byte_is_noticed(tmp_path: Path, which: str) -> None:
    keep(rich(), tmp_path)
    [file] = tmp_path.glob(which)
    bytes_there = bytearray(file.read_bytes())
    bytes_there[len(bytes_there) // 2] ^= 1
    file.write_bytes(bytes_there)
    with pytest.raises(DamagedColumns, match=file.name):
        kept(tmp_path)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"version": 1}', b"\xff\xfe"])
def test_a_broken_small_file_is_noticed(tmp_path: Path, text: bytes) -> None:
    keep(rich(), tmp_path)
    (tmp_path / "kept.json").write_bytes(text)
    with pytest.raises(DamagedColumns):
        kept(tmp_path)


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    keep(rich(), tmp_path)
    next(tmp_path.glob("events-*")).unlink()
    with pytest.raises(DamagedColumns, match="missing"):
        kept(tmp_path)


def test_parts_that_do_not_belong_together_are_noticed(tmp_path: Path) -> None:
    keep(rich(), tmp_path)
    told = json.loads((tmp_path / "kept.json").read_text())
    told["parts"] *= 2
    (tmp_path / "kept.json").write_text(json.dumps(told))
    with pytest.raises(DamagedColumns, match="together"):
        kept(tmp_path)


def test_a_log_kept_by_another_version_is_not_guessed_at(tmp_path: Path) -> None:
    keep(rich(), tmp_path)
    told = json.loads((tmp_path / "kept.json").read_text())
    (tmp_path / "kept.json").write_text(json.dumps({**told, "version": 0}))
    with pytest.raises(OutdatedColumns):
        kept(tmp_path)
