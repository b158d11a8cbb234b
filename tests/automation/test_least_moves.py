"""The least disruptive moves against every way there is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.automation.rebalancing.least import least_disruptive


def value(points, holder, must_go, price, way):
    """Places found (what must go counts double), then points less price times moves."""
    places = sum((2 if must_go[i] else 1) for i, p in enumerate(way) if p >= 0)
    gained = sum(points[i, p] - (price if p != holder[i] else 0) for i, p in enumerate(way) if p >= 0)
    return places, gained


def ways(eligible, room, holder, must_go):
    """Every way to share the items out that is allowed."""
    items, people = eligible.shape
    for way in product(range(-1, people), repeat=items):
        load = np.bincount([p for p in way if p >= 0], minlength=people)
        if (load <= room).all() and all(
            p < 0 or (not must_go[i] if p == holder[i] else eligible[i, p]) for i, p in enumerate(way)
        ):
            yield way


@st.composite
def worlds(draw):
    """A few items and people."""
    items, people = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    cells = st.lists(st.integers(-20, 60), min_size=items * people, max_size=items * people)
    points = np.array(draw(cells), np.float64).reshape(items, people)
    flags = draw(st.lists(st.booleans(), min_size=items * people, max_size=items * people))
    room = np.array(draw(st.lists(st.integers(0, 4), min_size=people, max_size=people)), np.int64)
    holder = np.array(draw(st.lists(st.integers(-1, people - 1), min_size=items, max_size=items)), np.int64)
    gone = draw(st.lists(st.booleans(), min_size=items, max_size=items))
    must_go = np.array(gone) | (holder < 0)
    return points, np.array(flags).reshape(items, people), room, holder, draw(st.integers(0, 40)), must_go


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_no_other_way_finds_more_places_or_gains_more(world):
    points, eligible, room, holder, price, must_go = world
    found = tuple(int(p) for p in least_disruptive(points, eligible, room, holder, float(price), must_go))
    allowed = list(ways(eligible, room, holder, must_go))
    assert found in allowed
    best = max(value(points, holder, must_go, price, way) for way in allowed)
    assert value(points, holder, must_go, price, found) == pytest.approx(best)


def test_the_price_decides_how_much_moves():
    points, everybody = np.array([[0.0, 10.0], [0.0, 3.0]]), np.ones((2, 2), bool)
    holder, room, stay = np.zeros(2, np.int64), np.full(2, 9), np.zeros(2, bool)
    moved = [
        int((least_disruptive(points, everybody, room, holder, price, stay) == 1).sum())
        for price in (0.0, 5.0, 20.0)
    ]
    assert moved == [2, 1, 0]
