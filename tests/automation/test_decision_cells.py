"""Cells, hit policies, gaps and overlaps of decision tables: no database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.automation.decisions.cells import (
    DATE,
    LIST,
    NUMBER,
    TEXT,
    YES_NO,
    Cell,
    WrongCell,
    read_cell,
    write_cell,
)
from kinflow.automation.decisions.covering import covering
from kinflow.automation.decisions.tables import Clash, Input, Output, Row, Table, decide


@pytest.mark.parametrize(
    ("text", "sort", "value", "holds"),
    [
        ("-", NUMBER, None, True),
        ("< 10", NUMBER, Decimal("9.99"), True),
        ("< 10", NUMBER, Decimal(10), False),
        ("≤ 10", NUMBER, Decimal(10), True),
        ("[5..10)", NUMBER, Decimal(5), True),
        ("[5..10)", NUMBER, Decimal(10), False),
        ("]5..10]", NUMBER, Decimal(5), False),
        ("1, 3, > 7", NUMBER, Decimal(3), True),
        ("1, 3, > 7", NUMBER, Decimal(5), False),
        ("< 10", NUMBER, None, False),
        ("null", NUMBER, None, True),
        ("not(null)", NUMBER, Decimal(1), True),
        ("not(null)", NUMBER, None, False),
        ("gold, silver", TEXT, "silver", True),
        ("金牌，银牌", TEXT, "银牌", True),
        ('not("gold, or so")', TEXT, "gold, or so", False),
        ('not("gold")', TEXT, "iron", True),
        ("yes", YES_NO, True, True),
        ('>= date("2026-03-01")', DATE, date(2026, 3, 1), True),
        ("< 2026-03-01", DATE, date(2026, 3, 1), False),
        ("lead", LIST, ("agent", "lead"), True),
        ("not(lead)", LIST, ("agent", "lead"), False),
    ],
)
def test_a_cell_holds_as_in_dmn(text, sort, value, holds):
    assert read_cell(text, sort).holds(value) is holds


@pytest.mark.parametrize(
    ("text", "sort", "code"),
    [
        ("ten", NUMBER, "number"),
        ("NaN", NUMBER, "number"),
        ("[10..5]", NUMBER, "order"),
        ("5..10", NUMBER, "range"),
        ("a,,b", TEXT, "empty"),
        ("a,", TEXT, "empty"),
        ('"open', TEXT, "quotes"),
        ("< gold", TEXT, "quotes"),
        ("maybe", YES_NO, "yes_no"),
        ("2026-02-30", DATE, "date"),
        ("x" * 301, TEXT, "long"),
    ],
)
def test_what_is_no_cell_says_why(text, sort, code):
    with pytest.raises(WrongCell) as wrong:
        read_cell(text, sort)
    assert wrong.value.code == code


numbers = st.integers(-3, 3).map(Decimal)
ranges = st.tuples(numbers, numbers, st.booleans(), st.booleans()).filter(lambda r: r[0] < r[1])
written = st.one_of(
    st.just("-"),
    numbers.map(str),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), numbers).map(lambda p: f"{p[0]} {p[1]}"),
    ranges.map(lambda r: f"{'[' if r[2] else '('}{r[0]}..{r[1]}{']' if r[3] else ')'}"),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written, st.sampled_from([Decimal(n) / 2 for n in range(-8, 9)]))
def test_a_cell_written_and_read_again_holds_for_the_same(text, value):
    cell = read_cell(text, NUMBER)
    assert read_cell(write_cell(cell), NUMBER).holds(value) == cell.holds(value)


def table(hit, *rows, collect="", inputs=1, values=(), allowed=""):
    cell = read_cell(allowed, NUMBER)
    return Table(
        tuple(Input(f"record.n{i}", NUMBER, allowed=cell) for i in range(inputs)),
        (Output("out", TEXT if values else NUMBER, values=values),),
        tuple(Row(tuple(read_cell(c, NUMBER) for c in when), then) for *when, then in _with_tuples(rows)),
        hit,
        collect,
    )


def _with_tuples(rows):
    return [(*row[:-1], (row[-1],)) for row in rows]


def test_the_hit_policies_choose_as_dmn_says():
    rows = [("< 10", Decimal(1)), ("< 5", Decimal(2)), ("< 5", Decimal(2))]
    assert decide(table("first", *rows), [Decimal(3)]).rows == (0,)
    assert decide(table("collect", *rows), [Decimal(3)]).outputs["out"] == [
        Decimal(1),
        Decimal(2),
        Decimal(2),
    ]
    for how, value in (("sum", 5), ("min", 1), ("max", 2), ("count", 2)):
        assert decide(table("collect", *rows, collect=how), [Decimal(3)]).outputs["out"] == value
    assert decide(table("any", *rows[1:]), [Decimal(3)]).outputs["out"] == 2
    with pytest.raises(Clash):
        decide(table("any", *rows), [Decimal(3)])
    with pytest.raises(Clash) as clash:
        decide(table("unique", *rows), [Decimal(3)])
    assert clash.value.rows == (0, 1, 2)
    assert decide(table("unique", *rows), [Decimal(7)]).rows == (0,)
    assert decide(table("first", *rows), [Decimal(20)]) is None
    important = table("priority", ("< 10", "low"), ("< 5", "high"), values=("high", "low"))
    assert decide(important, [Decimal(3)]).outputs["out"] == "high"


def test_gaps_and_overlaps_are_told_with_an_example():
    found = covering(table("unique", ("< 5", Decimal(1)), ("> 5", Decimal(2))))
    assert found.gaps == ((Decimal(5),),)
    assert not found.overlaps
    found = covering(table("unique", ("<= 5", Decimal(1)), (">= 5", Decimal(2))))
    assert not found.gaps
    assert found.overlaps[0].example == (Decimal(5),)
    assert not covering(table("first", ("<= 5", Decimal(1)), (">= 5", Decimal(2)))).overlaps
    assert not covering(table("any", ("<= 5", Decimal(1)), (">= 5", Decimal(1)))).overlaps
    assert not covering(
        table("unique", ("[0..5)", Decimal(1)), ("[5..9]", Decimal(2)), allowed="[0..9]")
    ).gaps


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(written, written), min_size=1, max_size=5))
def test_gaps_and_overlaps_are_found_where_values_show_them_and_nowhere_else(rows):
    checked = table("unique", *[(*row, Decimal(at)) for at, row in enumerate(rows)], inputs=2)
    found = covering(checked)
    grid = [Decimal(n) / 2 for n in range(-9, 10)]
    hits = [sum(row.holds((a, b)) for row in checked.rows) for a in grid for b in grid]
    assert bool(found.gaps) == (0 in hits)
    assert bool(found.overlaps) == any(n > 1 for n in hits)
    for gap in found.gaps:
        assert decide(checked, gap) is None
    for each in found.overlaps:
        assert all(checked.rows[at].holds(each.example) for at in each.rows)


def test_choices_and_words_that_no_cell_names_are_gaps():
    rows = (Row((Cell(values=frozenset({"a"})),), (1,)),)
    chosen = Table((Input("record.x", TEXT, choices=("a", "b")),), (Output("out", NUMBER),), rows)
    assert covering(chosen).gaps == (("b",),)
    free = Table((Input("record.x", TEXT),), (Output("out", NUMBER),), rows)
    assert len(covering(free).gaps) == 1
