"""CSV files of all kinds are read; a row that cannot be trusted is rejected with its reason, never
shifted."""

import codecs

import pytest

from kinflow.kit.problem import TooLarge
from kinflow.records.importing.limits import Limits, UnreadableFile
from kinflow.records.importing.rejects import rejects_csv

from .files import rejected_of, rows_of, table_of

CHINESE = "姓名,公司,城市\n张三,上海泵业有限公司,上海\n李四,北京机械厂,北京\n"
ROWS = [["张三", "上海泵业有限公司", "上海"], ["李四", "北京机械厂", "北京"]]


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
def test_chinese_files_are_read_in_their_encoding(codec):
    raw = CHINESE.encode(codec)
    if codec == "utf-16-le":
        raw = codecs.BOM_UTF16_LE + raw
    elif codec == "utf-16-be":
        raw = codecs.BOM_UTF16_BE + raw
    with table_of(raw) as table:
        assert table.headers == ("姓名", "公司", "城市")
        assert [list(row) for row in table.rows()] == ROWS


def test_utf_16_without_a_mark_is_known_by_its_zeros():
    assert rows_of("name,city\nWang,Rome\n".encode("utf-16-le")) == [["Wang", "Rome"]]


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_western_files_are_read(codec):
    assert rows_of("Name,Ort\nMüller,Köln\nJürgen,Düsseldorf\n".encode(codec)) == [
        ["Müller", "Köln"],
        ["Jürgen", "Düsseldorf"],
    ]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_the_encoding_is_found_though_it_shows_only_far_down(codec):
    plain = "name,city\n" + "Wang,Beijing\n" * 150_000
    rows = rows_of((plain + "张三,上海\n").encode(codec))
    assert rows[-1] == ["张三", "上海"]
    assert len(rows) == 150_001


def test_a_chosen_encoding_counts():
    assert rows_of("名,市\nПривет,x\n".encode(), encoding="utf-8") == [["Привет", "x"]]
    assert rows_of("n,c\nПривет,x\n".encode("koi8-r"), encoding="koi8-r") == [["Привет", "x"]]


def test_a_damaged_line_in_a_sound_file_is_rejected_alone():
    raw = ("姓名,市\n张三,上海\n".encode() * 30) + b"\xd5\xc5\xc8\xfd,x\n" + "李四,北京\n".encode()
    rejected = rejected_of(raw)
    assert [(one.number, one.reason) for one in rejected] == [
        (61, "Some characters cannot be read as UTF-8.")
    ]
    assert "".join(rejects_csv(["姓名", "市"], rejected)).encode()
    assert rows_of(raw)[-1] == ["李四", "北京"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = "name;city\n".replace(";", delimiter) + "".join(f"W{n}{delimiter}R{n}\n" for n in range(5))
    with table_of(text) as table:
        assert table.origin.delimiter == delimiter
        assert len(list(table.rows())) == 5


def test_commas_inside_a_file_with_semicolons_do_not_confuse():
    text = "name;amount\nWang, Li;1,5\nZhang;2,5\n"
    assert rows_of(text) == [["Wang, Li", "1,5"], ["Zhang", "2,5"]]


def test_a_delimiter_that_the_file_names_is_used():
    with table_of("sep=;\nname;city\nWang;Rome\n") as table:
        assert table.headers == ("name", "city")
        assert list(table.rows()) == [["Wang", "Rome"]]


def test_a_file_of_one_column_is_read():
    assert rows_of("name\nWang\nZhang\n") == [["Wang"], ["Zhang"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(ending):
    assert rows_of(ending.join(["a,b", "1,2", '"x,""y""",3', ""])) == [["1", "2"], ['x,"y"', "3"]]


def test_line_ends_inside_a_cell_stay_and_rows_count_as_a_spreadsheet_counts_them():
    with table_of('a,b\n"1\n2",x\ny,z\n') as table:
        (chunk,) = table.chunks()
        assert list(chunk.rows) == [["1\n2", "x"], ["y", "z"]]
        assert list(chunk.numbers) == [2, 3]


def test_cells_with_line_ends_are_whole_across_chunks():
    text = "a,b\n" + "".join(f'"{n}\n{n}",x\n' for n in range(50))
    with table_of(text) as table:
        read = [row for chunk in table.chunks(7) for row in chunk.rows]
        assert [row[0] for row in read] == [f"{n}\n{n}" for n in range(50)]
        assert [number for chunk in table.chunks(7) for number in chunk.numbers] == list(range(2, 52))


def test_rows_with_too_few_or_too_many_cells_are_rejected_not_shifted():
    rejected = rejected_of("a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n")
    assert [(one.number, list(one.cells), one.reason) for one in rejected] == [
        (3, ["1", "2"], "This row has 2 cells instead of 3."),
        (4, ["1", "2", "3", "4"], "This row has 4 cells instead of 3."),
    ]
    assert rows_of("a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n") == [["1", "2", "3"], ["4", "5", "6"]]


def test_empty_cells_beyond_the_last_column_do_no_harm():
    assert rows_of("a,b\n1,2,,\n3,4\n5,6\n") == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_empty_lines_are_passed_over():
    assert rows_of("a,b\n\n1,2\n\n3,4\n\n") == [["1", "2"], ["3", "4"]]


def test_a_quotation_mark_never_closed_costs_its_own_row_only():
    text = 'a,b\n1,2\n3,"broken\n' + "".join(f"{n},x\n" for n in range(10))
    assert [(one.number, one.reason) for one in rejected_of(text)] == [
        (3, "A quotation mark in this row is opened but not closed.")
    ]
    assert len(rows_of(text)) == 11


def test_a_file_full_of_unclosed_quotation_marks_is_refused():
    text = "a,b\n" + "".join(f'{n},"x{n}\n{n},y\n' for n in range(500))
    with pytest.raises(UnreadableFile, match="opened but not closed"):
        rows_of(text + 'z,"')


def test_a_quotation_mark_in_the_middle_of_a_cell_is_part_of_it():
    assert rows_of('a,b\n5" pipe,x\n"A" pump,y\n') == [['5" pipe', "x"], ["A pump", "y"]]


def test_a_cell_that_is_too_long_is_rejected():
    (rejected,) = rejected_of("a,b\n1," + "x" * 40_000 + "\n3,4\n")
    assert (rejected.number, rejected.reason) == (2, "A cell is longer than 32,767 characters.")


def test_headers_given_twice_or_not_at_all_get_names_of_their_own():
    with table_of("phone,Phone,,phone,(C)\n1,2,3,4,5\n") as table:
        assert table.headers == ("phone", "Phone (2)", "(C)", "phone (3)", "(C) (2)")
        assert len(set(table.headers)) == 5


def test_columns_without_header_and_values_are_left_out():
    with table_of("a,b,,\n1,2,,\n3,4,,\n") as table:
        assert table.headers == ("a", "b")


def test_titles_above_the_headers_are_passed_over():
    text = "Lead report,,,\nprinted 2024,,,\n\nname,city,phone,email\nWang,Rome,1,a@b.cn\nLi,Oslo,2,c@d.cn\n"
    with table_of(text) as table:
        assert table.headers == ("name", "city", "phone", "email")
        assert table.origin.header_row == 4
        assert len(list(table.rows())) == 2


def test_a_file_without_headers_keeps_its_first_row():
    with table_of("Wang,wang@example.com,13800138000\nLi,li@example.com,13900139000\n") as table:
        assert table.headers == ("(A)", "(B)", "(C)")
        assert len(list(table.rows())) == 2


def test_a_person_may_say_where_the_headers_are():
    with table_of("x,y\na,b\n1,2\n", header_row=2) as table:
        assert (table.headers, list(table.rows())) == (("a", "b"), [["1", "2"]])
    with table_of("x,y\na,b\n", header_row=0) as table:
        assert list(table.rows()) == [["x", "y"], ["a", "b"]]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old .xls"),
        (b"\x1f\x8b\x08 ...", "gzip"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (bytes(range(256)) * 40, "neither text nor a workbook"),
        (b"a,b\n" + b"x" * 5_000_000, "a line of more than 4 MB"),
    ],
)
def test_files_that_are_no_table_are_refused_with_a_remedy(raw, words):
    with pytest.raises(UnreadableFile, match=words) as caught:
        rows_of(raw)
    assert caught.value.remedy


def test_limits_are_kept():
    with pytest.raises(TooLarge, match="more than 10 rows"):
        rows_of("a,b\n" + "1,2\n" * 11, limits=Limits(rows=10))
    with pytest.raises(TooLarge, match="3 columns; at most 2"):
        rows_of("a,b,c\n1,2,3\n", limits=Limits(columns=2))
    with pytest.raises(TooLarge, match="larger than 0 MB"):
        rows_of("a,b\n1,2\n", limits=Limits(size=5))


def test_a_table_can_be_read_again_and_counts_itself():
    with table_of("a,b\n1,2\n3\n4,5\n") as table:
        assert table.count() == 3
        assert list(table.rows()) == list(table.rows())
        assert table.columns(1) == [["1"], ["2"]]


def test_progress_grows_to_one():
    with table_of("a,b\n" + "1,2\n" * 100_000) as table:
        done = [chunk.done for chunk in table.chunks()]
    assert done == sorted(done)
    assert done[0] < 0.5
    assert done[-1] == 1.0
