"""Exported cells cannot run as formulas, and come back as they were."""
# ruff: noqa: DTZ001 - what a cell says has no zone

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.spreadsheets import csv_text, safe_cell, unsafe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_could_run_gets_an_apostrophe(start):
    assert safe_cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize(
    "value",
    [
        "-5",
        "+8613800138000",
        "-1,234.56",
        "+12%",
        "1e5",
        "",
        "text",
        "a=b",
        5,
        -5,
        Decimal("-1.5"),
        None,
        "'quoted",
    ],
)
def test_numbers_and_plain_text_stay(value):
    assert safe_cell(value) == value


@settings(deadline=None)
@given(st.text())
def test_a_safe_cell_comes_back_as_it_was(text):
    assert unsafe_cell(safe_cell(text)) == text


@settings(deadline=None)
@given(st.text())
def test_no_safe_cell_starts_a_formula(text):
    safe = safe_cell(text)
    assert not safe.startswith(("=", "@", "\t", "\r", "＝", "＠"))


def test_rows_are_written_for_spreadsheets():
    row = ["a,b", 'c"d', None, True, 1.0, date(2024, 5, 6), datetime(2024, 5, 6, 7, 8), Decimal("1.50")]
    assert csv_text([row]) == '"a,b","c""d",,TRUE,1,2024-05-06,2024-05-06 07:08:00,1.50\r\n'
