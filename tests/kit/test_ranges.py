"""Ranges are sets of moments."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.ranges import difference, holds, intersection, total, union

START = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=6)


def ranges(pairs):
    return [(START + timedelta(hours=start), START + timedelta(hours=end)) for start, end in pairs]


def moments(given_ranges):
    """The hours that ranges hold, as a set to compare with."""
    return {
        hour
        for hour in range(25)
        for start, end in given_ranges
        if start <= START + timedelta(hours=hour) < end
    }


@settings(deadline=None)
@given(hours, hours)
def test_ranges_behave_as_the_sets_they_are(one, other):
    these, those = ranges(one), ranges(other)
    assert moments(union([*these, *those])) == moments(these) | moments(those)
    assert moments(intersection(these, those)) == moments(these) & moments(those)
    assert moments(difference(these, those)) == moments(these) - moments(those)
    assert total(these) == timedelta(hours=len(moments(these)))


@settings(deadline=None)
@given(hours, st.integers(0, 24))
def test_a_moment_is_held_or_not(pairs, hour):
    joined = union(ranges(pairs))
    assert holds(joined, START + timedelta(hours=hour)) == (hour in moments(joined))


@settings(deadline=None)
@given(hours)
def test_a_union_is_in_order_with_gaps(pairs):
    joined = union(ranges(pairs))
    assert union(joined) == joined
    assert all(before[1] < after[0] for before, after in zip(joined, joined[1:], strict=False))
