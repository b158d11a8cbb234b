"""Workbooks are read in pieces, as calamine reads them whole; what could do harm is refused."""
# ruff: noqa: DTZ001 - what a cell says has no zone

import io
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from kinflow.kit.problem import TooLarge
from kinflow.records.importing import sheets
from kinflow.records.importing.limits import Limits, UnreadableFile

from .files import changed, part, rejected_of, rows_of, table_of, workbook
from .files import sheets as sheets_with

SIMPLE = workbook(["姓名", "公司"], ["张三", "上海泵业"], ["李四", "北京机械"])
SHEET = "xl/worksheets/sheet1.xml"


def test_texts_numbers_dates_and_flags_come_as_what_they_are():
    raw = workbook(
        ["a", "b", "c", "d", "e"], ["文本", 1.5, date(2024, 5, 6), datetime(2024, 5, 6, 7, 8), True]
    )
    assert rows_of(raw) == [["文本", 1.5, date(2024, 5, 6), datetime(2024, 5, 6, 7, 8), True]]


@pytest.mark.parametrize("is_lean", [True, False])
def test_pieces_are_read_as_calamine_reads_the_whole(monkeypatch, is_lean):
    monkeypatch.setattr(sheets, "PIECE", 3_000)
    rows = [
        [f"王{n % 7}", f"公司 <{n}> & Söhne", n * 1.5, None if n % 3 else f"x\n{n}", n % 2 == 0]
        for n in range(2_000)
    ]
    raw = workbook(["a", "b", "c", "d", "e"], *rows, is_lean=is_lean)
    whole = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert rows_of(raw) == whole[1:]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    rows = [["name", "city"], ["Wang", "Rome"], *[[]] * 19_995, ["Li", "Oslo"]]
    with table_of(sheets_with({"Sheet1": rows}, at=(2, 1))) as table:
        chunks = list(table.chunks())
        assert table.headers == ("(A)", "name", "city")
        assert [number for chunk in chunks for number in chunk.numbers] == [4, 20_000]
        assert [list(row) for chunk in chunks for row in chunk.rows] == [
            ["", "Wang", "Rome"],
            ["", "Li", "Oslo"],
        ]


def test_the_first_shown_sheet_with_cells_is_read_or_the_one_named():
    filled = {name: [[name], ["row"]] for name in ("hidden", "first", "second")}
    raw = sheets_with({"empty": [], **filled}, hidden="hidden")
    with table_of(raw) as table:
        assert (table.headers, table.origin.sheet) == (("first",), "first")
        assert table.origin.sheets == ("empty", "hidden", "first", "second")
    with table_of(raw, sheet="second") as table:
        assert table.headers == ("second",)
    with pytest.raises(UnreadableFile, match="no sheet “third”"):
        table_of(raw, sheet="third")


def test_cells_to_the_right_of_the_headers_are_rejected():
    raw = workbook(["a", "b"], ["1", "2"], ["1", "2", "3"], ["4"])
    assert [(one.number, list(one.cells)) for one in rejected_of(raw)] == [(3, ["1", "2", "3"])]
    assert rows_of(raw) == [["1", "2"], ["4", ""]]


def test_a_workbook_with_prefixed_names_or_comments_is_read():
    xml = part(SIMPLE, SHEET)
    assert rows_of(changed(SIMPLE, sheet=xml.replace(b"<row", b"<!-- note --><row"))) == [
        ["张三", "上海泵业"],
        ["李四", "北京机械"],
    ]
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    prefixed = xml.replace(space, space.replace(b"xmlns=", b"xmlns:x="))
    for name in (
        b"worksheet",
        b"sheetData",
        b"row",
        b"c ",
        b"c>",
        b"v>",
        b"sheetPr",
        b"outlinePr",
        b"pageSetUpPr",
        b"dimension",
        b"sheetViews",
        b"sheetView ",
        b"sheetView>",
        b"selection",
        b"sheetFormatPr",
        b"pageMargins",
    ):
        prefixed = prefixed.replace(b"<" + name, b"<x:" + name).replace(b"</" + name, b"</x:" + name)
    assert rows_of(changed(SIMPLE, sheet=prefixed)) == [["张三", "上海泵业"], ["李四", "北京机械"]]


ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("name", ["sheet", "texts", "book"])
def test_entities_are_refused(name):
    names = {"sheet": SHEET, "texts": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    xml = part(SIMPLE, names[name])
    hostile = xml.replace(b"?>", b"?>" + ENTITY, 1) if xml.startswith(b"<?xml") else ENTITY + xml
    with pytest.raises(UnreadableFile, match="entities"):
        rows_of(changed(SIMPLE, **{name: hostile}))


def test_a_file_that_unpacks_to_far_more_is_refused():
    bomb = part(SIMPLE, SHEET).replace(b"</sheetData>", b"<row></row>" * 1_000_000 + b"</sheetData>")
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        rows_of(changed(SIMPLE, sheet=bomb), limits=Limits(ratio_from=1_000_000, ratio=100))


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="XFD2"><v>1</v></c>',
        b'<c r="ZZZZZZ2"><v>1</v></c>',
        b"<c><v>1</v></c>" * 2_000,
    ],
)
def test_far_columns_are_refused(cells):
    xml = part(SIMPLE, SHEET).replace(b"</row></sheetData>", cells + b"</row></sheetData>")
    with pytest.raises(TooLarge, match="columns"):
        rows_of(changed(SIMPLE, sheet=xml))


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"<worksheet><sheetData>" + b"<row>" * 100,
        part(SIMPLE, SHEET).replace(b'<row r="2"', b'<row r="4294967295"'),
        part(SIMPLE, SHEET).replace(b'<row r="2"', b'<row r="9"'),
        part(SIMPLE, SHEET).replace(b"<v>", b"<v"),
    ],
)
def test_broken_sheets_are_refused_not_half_read(xml):
    with pytest.raises(UnreadableFile):
        rows_of(changed(SIMPLE, sheet=xml))


@pytest.mark.parametrize("cut", [30, 200, 1_000, -30])
def test_a_workbook_cut_off_is_refused(cut):
    with pytest.raises(UnreadableFile) as caught:
        rows_of(SIMPLE[:cut])
    assert caught.value.remedy


def test_a_shared_text_that_does_not_exist_is_an_empty_cell():
    xml = part(SIMPLE, SHEET).replace(b"<v>2</v>", b"<v>999</v>")
    assert rows_of(changed(SIMPLE, sheet=xml))[0] == ["", "上海泵业"]


def test_a_byte_changed_in_the_packed_sheet_is_noticed():
    damaged = bytearray(workbook(["a"], *[[f"text {n}"] for n in range(500)]))
    place = damaged.index(b"sheet1.xml") + 300
    damaged[place] ^= 0xFF
    with pytest.raises(UnreadableFile):
        rows_of(bytes(damaged))


def test_limits_are_kept():
    raw = workbook(["a"], *[[n] for n in range(20)])
    with pytest.raises(TooLarge, match="more than 10 rows"):
        rows_of(raw, limits=Limits(rows=10))


def test_an_empty_sheet_is_told():
    with pytest.raises(UnreadableFile, match="empty"):
        rows_of(workbook())
