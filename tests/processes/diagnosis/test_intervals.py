"""Sets of stretches, held against sets of single hours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.diagnosis.calendar import OpenHours
from kinflow.processes.diagnosis.intervals import joined, where, without

STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=6)


def spans(stretches: list[tuple[int, int]]) -> OpenHours:
    begins = np.array([begin for begin, _length in stretches], np.int64)
    return joined(begins, begins + np.array([length for _begin, length in stretches], np.int64))


def hours(found: OpenHours) -> set[int]:
    assert (found.begins < found.ends).all()
    assert (found.ends[:-1] < found.begins[1:]).all()
    return {hour for begin, end in zip(found.begins, found.ends, strict=True) for hour in range(begin, end)}


@given(STRETCHES)
def test_stretches_are_joined(stretches: list[tuple[int, int]]) -> None:
    expected = {hour for begin, length in stretches for hour in range(begin, begin + length)}
    assert hours(spans(stretches)) == expected


@given(STRETCHES, STRETCHES, STRETCHES)
def test_where_several_hold_at_once(
    one: list[tuple[int, int]], two: list[tuple[int, int]], three: list[tuple[int, int]]
) -> None:
    parts = [spans(one), spans(two), spans(three)]
    a, b, c = (hours(part) for part in parts)
    assert hours(where(parts, 1)) == a | b | c
    assert hours(where(parts, 2)) == (a & b) | (b & c) | (a & c)
    assert hours(where(parts, 3)) == a & b & c


@given(STRETCHES, STRETCHES)
def test_what_lies_outside(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    whole, taken = spans(one), spans(two)
    assert hours(without(whole, taken)) == hours(whole) - hours(taken)
