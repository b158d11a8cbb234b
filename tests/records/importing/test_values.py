"""Cells become values, or say why not; what single cells leave open is decided by the column."""
# ruff: noqa: DTZ001 - what a cell says has no zone

import gzip
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.phones import e164
from kinflow.records.importing.cells import Unreadable, text
from kinflow.records.importing.choice_words import all_words
from kinflow.records.importing.dates import NoDate, day_first, moment
from kinflow.records.importing.numbers import Amount, NoNumber, amount, decimal_comma, percent
from kinflow.records.importing.reach import phone_region
from kinflow.records.importing.reading import open_table
from kinflow.records.importing.targets import ImportKind, Target
from kinflow.records.importing.values import reader_for

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(kind: ImportKind, cell: object, samples: tuple = (), **more: object) -> object:
    return reader_for(Target("x", kind, "X", "某"), samples or (cell,), **more).read(cell)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2021-04-15", datetime(2021, 4, 15)),
        ("2021/4/5 7:05", datetime(2021, 4, 5, 7, 5)),
        ("2021.04.15 10:20:30", datetime(2021, 4, 15, 10, 20, 30)),
        ("15 Apr, 2021 00:03:00", datetime(2021, 4, 15, 0, 3)),
        ("Apr 15, 2021 3:05 PM", datetime(2021, 4, 15, 15, 5)),
        ("Thursday, April 15, 2021", datetime(2021, 4, 15)),
        ("15-Apr-21", datetime(2021, 4, 15)),
        ("2021年4月15日", datetime(2021, 4, 15)),
        ("2021年4月15日 星期四 下午3:05", datetime(2021, 4, 15, 15, 5)),
        ("2021年04月15日 15时05分06秒", datetime(2021, 4, 15, 15, 5, 6)),
        ("20210415", datetime(2021, 4, 15)),
        ("20210415T100000", datetime(2021, 4, 15, 10)),
        ("15/04/2021", datetime(2021, 4, 15)),
        ("04/15/2021", datetime(2021, 4, 15)),
        ("15.04.2021", datetime(2021, 4, 15)),
        ("12:30 AM", None),
        ("2021-04-15 12:30 AM", datetime(2021, 4, 15, 0, 30)),
        ("2021-04-15T10:00:00Z", datetime(2021, 4, 15, 10, tzinfo=UTC)),
        ("2021-04-15T10:00:00.123+08:00", datetime(2021, 4, 15, 10, tzinfo=timezone(timedelta(hours=8)))),
        ("1618444980000", datetime(2021, 4, 15, 0, 3, tzinfo=UTC)),
        (45631.0, datetime(2024, 12, 5)),
        ("45631.5", datetime(2024, 12, 5, 12)),
        (date(2021, 4, 15), datetime(2021, 4, 15)),
        ("31/02/2021", None),
        ("2021-13-01", None),
        ("13/13/2021", None),
        ("soon", None),
        ("5", None),
        (5, None),
        ("0000-00-00", None),
    ],
)
def test_dates_in_many_shapes(cell, wanted):
    if wanted is None:
        with pytest.raises(NoDate):
            moment(cell)
    else:
        assert moment(cell) == wanted


@pytest.mark.parametrize(
    ("column", "wanted"),
    [
        (["3/4/2021", "15/4/2021"], True),
        (["3/4/2021", "4/15/2021"], False),
        (["3/4/2021"], None),
        (["15/4/2021", "4/15/2021"], None),
        (["2021-04-15", "x"], None),
    ],
)
def test_the_order_of_day_and_month_is_the_columns_business(column, wanted):
    assert day_first(column) is wanted


def test_ambiguous_dates_follow_their_column():
    assert read(ImportKind.DATE, "3/4/2021", ("3/4/2021", "15/4/2021")) == date(2021, 4, 3)
    assert read(ImportKind.DATE, "3/4/2021", ("3/4/2021", "4/15/2021")) == date(2021, 3, 4)
    assert read(ImportKind.DATE, "3/4/2021", is_day_first=True) == date(2021, 4, 3)


def test_a_date_that_breaks_its_columns_order_is_told():
    with pytest.raises(Unreadable, match="no date"):
        read(ImportKind.DATE, "4/15/2021", ("15/4/2021",))


def test_times_without_an_offset_are_those_of_the_zone():
    assert read(ImportKind.MOMENT, "2021-04-15 08:00", zone=SHANGHAI) == datetime(2021, 4, 15, 0, tzinfo=UTC)


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0)))
def test_dates_written_are_dates_read(at):
    for shape in (
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%Y年%m月%d日 %H:%M:%S",
        "%d %b %Y %H:%M:%S",
        "%B %d, %Y %I:%M:%S %p",
    ):
        assert moment(at.strftime(shape)) == at
    assert moment(at.strftime("%d/%m/%Y %H:%M:%S"), is_day_first=True) == at
    assert moment(at.isoformat()) == at


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(cell):
    with suppress(NoDate):
        assert moment(cell)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("1,234.56", Amount(Decimal("1234.56"), "")),
        ("1.234,56", Amount(Decimal("1234.56"), "")),
        ("1 234,56", Amount(Decimal("1234.56"), "")),
        ("1'234.50", Amount(Decimal("1234.50"), "")),
        ("12,345", Amount(Decimal("12345"), "")),
        ("1,23,456", Amount(Decimal("123456"), "")),
        ("1,5", Amount(Decimal("1.5"), "")),
        ("￥1,234", Amount(Decimal("1234"), "CNY")),
        ("$22,700.00", Amount(Decimal("22700.00"), "USD")),
        ("1000 EUR", Amount(Decimal("1000"), "EUR")),
        ("12万", Amount(Decimal("120000"), "")),
        ("1.5亿元", Amount(Decimal("150000000"), "CNY")),
        ("人民币 3万", Amount(Decimal("30000"), "CNY")),
        ("(1,234)", Amount(Decimal("-1234"), "")),
        ("－５", Amount(Decimal("-5"), "")),
        ("12k", Amount(Decimal("12000"), "")),
        (1.1, Amount(Decimal("1.1"), "")),
        (7, Amount(Decimal("7"), "")),
        ("1.2.3", None),
        ("5kg", None),
        ("1-2", None),
        ("$ 5 €", None),
        ("nan", None),
        ("1e99", None),
        ("", None),
        (True, None),
        (float("inf"), None),
    ],
)
def test_numbers_and_money_as_people_write_them(cell, wanted):
    if wanted is None:
        with pytest.raises(NoNumber):
            amount(cell)
    else:
        assert amount(cell) == wanted


def test_the_decimal_mark_is_the_columns_business():
    german, english = ("1.234", "5.678,90"), ("1,234", "5,678.90")
    assert (decimal_comma(german), decimal_comma(english)) == (True, False)
    assert read(ImportKind.DECIMAL, "1.234", german) == Decimal(1234)
    assert read(ImportKind.DECIMAL, "1,234", english) == Decimal(1234)


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_written_are_numbers_read(value):
    assert amount(f"{value:,}").value == value
    assert amount(f"{value:,}".translate(str.maketrans(",.", ".,")), has_decimal_comma=True).value == value


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(cell):
    with suppress(NoNumber):
        assert amount(cell).value.is_finite()


@pytest.mark.parametrize(("cell", "wanted"), [("12%", 12), ("12", 12), (0.12, 12), ("７5％", 75)])
def test_shares_are_percent(cell, wanted):
    assert percent(cell) == wanted


@pytest.mark.parametrize("cell", ["yes", "Y", "是", "TRUE", "1", 1, 1.0, True, "√", "有", "On"])
def test_yes_in_many_words(cell):
    assert read(ImportKind.BOOLEAN, cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "否", "false", "0", 0, False, "×", "无", "Off"])
def test_no_in_many_words(cell):
    assert read(ImportKind.BOOLEAN, cell) is False


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "Select", "N/A", "无", "请选择", "\u3000", "NULL", "\\N", "--None--"]
)
@pytest.mark.parametrize("kind", [kind for kind in ImportKind if kind is not ImportKind.BOOLEAN])
def test_blanks_in_many_words(kind, cell):
    assert read(kind, cell) is None


@pytest.mark.parametrize("name", ["Na", "None", "Null", "Unknown"])
def test_a_name_that_looks_like_a_blank_stays_a_name(name):
    assert read(ImportKind.TEXT, name) == name
    assert read(ImportKind.COUNTRY, name) is None


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (13800138000.0, "13800138000"),
        (1.5, "1.5"),
        ("  a\u3000", "a"),
        ("a\0b\x07", "ab"),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        (datetime(2024, 5, 6), "2024-05-06"),
        (True, "TRUE"),
    ],
)
def test_cells_as_text(cell, wanted):
    assert text(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("A@Example.COM ", ("a@example.com",)),
        ("a@b.cn; c@d.cn", ("a@b.cn", "c@d.cn")),
        ("张三 <a@b.cn>", ("a@b.cn",)),
        ("mailto:a@b.cn", ("a@b.cn",)),
        ("a@b.cn,a@b.cn", ("a@b.cn",)),
    ],
)
def test_addresses_are_read_one_or_many(cell, wanted):
    found = read(ImportKind.EMAIL, cell)
    assert tuple(address.lower() for address in found) == wanted


@pytest.mark.parametrize("cell", ["a@", "nobody", "a b@c.cn x", "@b.cn"])
def test_what_is_no_address_is_told(cell):
    with pytest.raises(Unreadable, match="no e-mail address"):
        read(ImportKind.EMAIL, cell)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("138 0013 8000", ("+8613800138000",)),
        (13800138000.0, ("+8613800138000",)),
        ("010-6552 9988", ("+861065529988",)),
        ("+44 20 7946 0958", ("+442079460958",)),
        ("13800138000/13900139000", ("+8613800138000", "+8613900139000")),
        ("13800138000；13900139000", ("+8613800138000", "+8613900139000")),
    ],
)
def test_phone_numbers_become_international(cell, wanted):
    assert read(ImportKind.PHONE, cell, region="CN") == wanted


def test_the_country_of_phone_numbers_is_the_columns_business():
    assert phone_region(["13800138000", "010-65529988"]) == "CN"
    assert phone_region(["202-456-1111", "(212) 736-5000", "415-555-2671"]) == "US"
    assert phone_region([]) == "CN"


@settings(deadline=None)
@given(st.from_regex(r"(\+?86[ -]?)?1[3-9][0-9]{9}", fullmatch=True))
def test_the_short_way_for_chinese_mobiles_leads_where_the_long_one_leads(given_number):
    found = read(ImportKind.PHONE, given_number, region="CN")
    assert found == (e164(given_number, "CN") or given_number,)


def test_a_number_that_is_none_is_kept_with_a_doubt():
    reader = reader_for(Target("phone", ImportKind.PHONE, "Phone", "电话"), region="CN")
    column = reader.column(["12345", "call me"])
    assert column.values == [("12345",), None]
    assert (list(column.doubts), list(column.faults)) == ([0], [1])


COLOURS = Target(
    "colour",
    ImportKind.CHOICE,
    "Colour",
    "颜色",
    choices=(("r", "Red"), ("g", "Green")),
    also=(("crimson|x", "r"), ("草绿", "g")),
)


def test_choices_are_read_by_value_label_or_other_word():
    reader = reader_for(COLOURS)
    assert [reader.read(cell) for cell in ("r", "RED", "Green ", "草绿", "")] == ["r", "r", "g", "g", None]


def test_an_unknown_choice_is_told_or_falls_back_with_a_doubt():
    with pytest.raises(Unreadable, match="“blue” is none of the choices"):
        reader_for(COLOURS).read("blue")
    lenient = reader_for(Target("c", ImportKind.CHOICE, "C", "色", choices=COLOURS.choices, fallback="g"))
    column = lenient.column(["blue", "r"])
    assert (column.values, list(column.doubts)) == (["g", "r"], [0])


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        (ImportKind.COUNTRY, "中国", "CN"),
        (ImportKind.COUNTRY, "United States", "US"),
        (ImportKind.COUNTRY, "UK", "GB"),
        (ImportKind.COUNTRY, "de", "DE"),
        (ImportKind.LANGUAGE, "简体中文", "zh"),
        (ImportKind.LANGUAGE, "zh-Hans-CN", "zh"),
        (ImportKind.LANGUAGE, "English", "en"),
        (ImportKind.CURRENCY, "人民币", "CNY"),
        (ImportKind.CURRENCY, "US Dollar", "USD"),
        (ImportKind.URL, "www.a.cn/x", "https://www.a.cn/x"),
        (ImportKind.INTEGER, "1,200", 1200),
    ],
)
def test_codes_and_addresses(kind, cell, wanted):
    assert read(kind, cell) == wanted


@pytest.mark.parametrize(
    "kind", [ImportKind.COUNTRY, ImportKind.LANGUAGE, ImportKind.CURRENCY, ImportKind.URL]
)
def test_what_is_not_known_is_doubted_not_refused(kind):
    column = reader_for(Target("x", kind, "X", "某")).column(["wonder land"])
    assert (column.values, list(column.doubts), column.faults) == ([None], [0], {})


def test_a_formula_error_is_told():
    with pytest.raises(Unreadable, match="#REF!"):
        read(ImportKind.INTEGER, "#REF!")


@pytest.mark.parametrize("kind", list(ImportKind))
@settings(deadline=None)
@given(
    cell=st.one_of(
        st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.times()
    )
)
def test_no_cell_breaks_a_reader(kind, cell):
    with suppress(Unreadable):
        read(kind, cell)


def test_a_column_keeps_its_order_and_names_its_faults():
    column = reader_for(Target("n", ImportKind.INTEGER, "N", "数")).column(["1", "x", "", "1", "2.5"])
    assert column.values == [1, None, None, 1, None]
    assert list(column.faults) == [1, 4]


def test_words_for_choices_are_each_given_once():
    for field, pairs in all_words().items():
        words = [word for word, _value in pairs]
        assert len(words) == len(set(words)), field


@pytest.mark.real_data
def test_every_row_of_the_zoho_leads_can_be_read(real_data):
    kinds = {
        "Email": ImportKind.EMAIL,
        "Mobile": ImportKind.PHONE,
        "Website": ImportKind.URL,
        "Created Time": ImportKind.MOMENT,
        "CONVERTED": ImportKind.BOOLEAN,
    }
    with open_table(real_data("leads/zoho_leads.csv")) as table:
        rows = list(table.rows())
        for header, kind in kinds.items():
            cells = [row[table.headers.index(header)] for row in rows]
            column = reader_for(Target(header, kind, header, header), cells[:200]).column(cells)
            assert column.faults == {}, header
            assert sum(value is not None for value in column.values) > 3_000, header


@pytest.mark.real_data
def test_dates_with_the_day_first_are_known_in_the_incident_log(real_data, tmp_path):
    (packed,) = real_data("service").glob("*incident*.gz")
    plain = tmp_path / "incidents.csv"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    with open_table(plain) as table:
        position = table.headers.index("opened_at")
        cells = [row[position] for row in table.sample(200)]
    assert day_first(cells) is True
    assert reader_for(Target("x", ImportKind.MOMENT, "X", "某"), cells).column(cells).faults == {}
