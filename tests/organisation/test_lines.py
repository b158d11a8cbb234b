"""Lines of the chart: layers, spans, and how far people are from each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kinflow.organisation.lines import Lines, least_layers

FIRM = Lines(np.array([-1, 0, 0, 1, 1, 3]))
"""0 leads 1 and 2; 1 leads 3 and 4; 3 leads 5."""


def between(one: int, other: int, lines: Lines = FIRM) -> tuple[int, int]:
    up, down = lines.between(np.array([one]), np.array([other]))
    return int(up[0]), int(down[0])


def test_layers_count_from_the_top_and_spans_those_who_report_directly() -> None:
    assert FIRM.layers.tolist() == [1, 2, 2, 3, 3, 4]
    assert FIRM.spans.tolist() == [2, 2, 0, 1, 0, 0]


def test_lines_go_up_to_the_nearest_lead_of_both_and_down_from_there() -> None:
    assert between(5, 1) == (2, 0)
    assert between(1, 5) == (0, 2)
    assert between(5, 4) == (2, 1)
    assert between(5, 2) == (3, 1)
    assert between(4, 4) == (0, 0)


def test_where_nobody_is_above_both_there_are_no_lines() -> None:
    apart = Lines(np.array([-1, -1, 0]))
    assert between(2, 1, apart) == (-1, -1)
    assert between(-1, 2, apart) == (-1, -1)


def test_a_circle_ends() -> None:
    assert Lines(np.array([1, 0])).layers.tolist() == [2, 2]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.data())
def test_the_way_back_is_as_long(tree: list[int], data: st.DataObject) -> None:
    lines = Lines(np.array([-1, *(value % (place + 1) for place, value in enumerate(tree))]))
    one, other = (data.draw(st.integers(0, len(tree))) for _each in range(2))
    assert between(one, other, lines) == between(other, one, lines)[::-1]


def test_wider_spans_need_fewer_layers() -> None:
    assert [least_layers(people, 8) for people in (1, 9, 10, 73, 74)] == [1, 2, 3, 3, 4]
