"""Walking pages gives exactly the ordered list, forwards and backwards."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Length
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.kit.cursors import BadCursor, decode, encode
from kinflow.kit.keyset import page

from .keyset_rows import Parent, Row

START = datetime(2026, 1, 1, tzinfo=UTC)
ORDERS = [
    (),
    ("id",),
    ("-id",),
    ("text",),
    ("-stage", "-text"),
    ("stage", "-text"),
    ("number",),
    ("-number", "stage"),
    ("-at", "text"),
    ("stage", "number", "-at"),
    ("parent__name", "-text"),
    ("-parent",),
    ("length", "text"),
]
rows = st.lists(
    st.tuples(
        st.sampled_from(["a", "B", "王", "", "a'b"]),
        st.none() | st.sampled_from([Decimal("1.50"), Decimal("-2.00")]),
        st.none() | st.integers(0, 2),
        st.integers(0, 2),
        st.sampled_from([None, 0, 1]),
    ),
    max_size=9,
)


@pytest.fixture
def table(db):
    with connection.schema_editor() as editor:
        editor.create_model(Parent)
        editor.create_model(Row)
    parents = Parent.objects.bulk_create([Parent(name="x"), Parent(name="x")])

    def filled(values):
        Row.objects.all().delete()
        Row.objects.bulk_create(
            Row(
                text=text,
                number=number,
                at=None if at is None else START + timedelta(microseconds=at),
                stage=stage,
                parent=None if parent is None else parents[parent],
            )
            for text, number, at, stage, parent in values
        )
        return Row.objects.annotate(length=Length("text"))

    return filled


def in_order(queryset, order):
    """What PostgreSQL says is the order, empty values last."""
    keys = [F(name.removeprefix("-")) for name in order]
    sides = [
        key.desc(nulls_last=True) if name.startswith("-") else key.asc(nulls_last=True)
        for key, name in zip(keys, order, strict=True)
    ]
    last = "-id" if order and order[-1].startswith("-") else "id"
    return list(queryset.order_by(*sides, last))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=rows, order=st.sampled_from(ORDERS), limit=st.integers(1, 4))
def test_pages_there_and_back_again_are_the_list(table, values, order, limit):
    queryset = table(values)
    wanted = in_order(queryset, order)
    first = here = page(queryset, order, limit)
    walked = list(here.rows)
    while here.next:
        here = page(queryset, order, limit, here.next)
        walked += here.rows
    assert walked == wanted
    assert first.previous is None

    back = list(here.rows)
    while here.previous:
        here = page(queryset, order, limit, here.previous)
        back = here.rows + back
    assert back == wanted


def test_a_page_takes_one_query(table, django_assert_num_queries):
    queryset = table([("a", None, None, n % 2, 0) for n in range(9)])
    with django_assert_num_queries(1):
        first = page(queryset, ["parent__name", "stage"], 3)
    with django_assert_num_queries(1):
        page(queryset, ["parent__name", "stage"], 3, first.next)


def test_pages_stay_steady_while_rows_come(table):
    queryset = table([("b", None, None, 1, None)] * 4)
    first = page(queryset, ["text"], 2)
    Row.objects.create(text="a", stage=1)
    assert not set(page(queryset, ["text"], 2, first.next).rows) & set(first.rows)


def test_plain_columns_are_compared_as_a_row_so_that_an_index_serves(table):
    queryset = table([("b", None, None, 1, None)] * 4)
    with connection.execute_wrapper(lambda run, sql, *rest: (seen.append(sql), run(sql, *rest))[1]):
        seen: list[str] = []
        page(queryset, ["stage", "text"], 2, page(queryset, ["stage", "text"], 2).next)
    assert "ROW(" in seen[-1]
    assert ") > (ROW" in seen[-1] or ") > ROW" in seen[-1]


def test_a_cursor_of_another_order_is_refused(table):
    queryset = table([("b", None, None, 1, None)] * 4)
    cursor = page(queryset, ["text"], 2).next
    for order in (["-text"], ["stage"], ["text", "stage"]):
        with pytest.raises(BadCursor, match="another list"):
            page(queryset, order, 2, cursor)


@settings(deadline=None)
@given(
    st.lists(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text()
        | st.dates()
        | st.datetimes(timezones=st.just(UTC))
        | st.times()
        | st.uuids()
        | st.decimals(allow_nan=False)
    )
)
def test_what_a_cursor_holds_comes_back(values):
    assert decode(encode(values)) == values
    assert list(map(type, decode(encode(values)))) == list(map(type, values))


@settings(deadline=None)
@given(st.integers(0, 200), st.characters())
def test_a_changed_cursor_is_refused(at, character):
    cursor = encode(["after", "text id", "王", 5, date(2026, 1, 1), UUID(int=7)])
    at %= len(cursor)
    changed = cursor[:at] + character + cursor[at + 1 :]
    if changed != cursor and at < len(cursor) - 1:
        with pytest.raises(BadCursor):
            decode(changed)


@settings(deadline=None)
@given(st.text() | st.just("x" * 9000))
def test_any_other_text_is_refused(text):
    with pytest.raises(BadCursor):
        decode(text)


def test_the_refusal_speaks_chinese():
    from django.utils import translation

    with translation.override("zh-hans"), pytest.raises(BadCursor) as caught:
        decode("x")
    with translation.override("zh-hans"):
        assert str(caught.value) == "该列表页的链接已损坏，或属于另一个列表。"
        assert str(caught.value.remedy) == "请从第一页重新开始。"
