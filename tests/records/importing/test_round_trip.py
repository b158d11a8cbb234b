"""What is written comes back as it was, whatever it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.spreadsheets import csv_text, unsafe_cell
from kinflow.records.importing.rejects import REASON_HEADERS, reason_headers, rejects_csv
from kinflow.records.importing.tables import Rejected

from .files import rows_of, table_of

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
START = ["name"]


@settings(deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8)
    )
)
def test_rows_written_and_read_are_the_same(rows):
    width = len(rows[0]) if rows else 1
    headers = [f"column {n}" for n in range(width)]
    read = rows_of(csv_text([headers, *rows]), header_row=1, delimiter=",", encoding="utf-8")
    assert [[unsafe_cell(cell) for cell in row] for row in read] == rows


def test_rejected_rows_come_back_as_a_file_to_correct():
    rejected = [
        Rejected(3, ["Wang", "=cmd|' /C calc'!A0"], "This row has 2 cells instead of 3."),
        Rejected(7, ["Li", "x", "y", "+86", "@z"], "Too long"),
    ]
    text = "".join(rejects_csv(["name", "phone", "note"], rejected))
    assert text.startswith("\ufeffname,phone,note,Row,Reason for rejection\r\n")
    with table_of(text) as table:
        assert table.headers == ("name", "phone", "note", "Row", "Reason for rejection")
        assert [list(row) for row in table.rows()] == [
            ["Wang", "'=cmd|' /C calc'!A0", "", "3", "This row has 2 cells instead of 3."],
            ["Li", "x", "y", "7", "Too long [+86 | @z]"],
        ]


def test_the_added_headers_are_known_when_the_file_comes_back():
    assert {header.lower() for header in reason_headers()} <= REASON_HEADERS
