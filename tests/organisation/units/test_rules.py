"""Paths in the tree of units, whatever moves are made."""

from hypothesis import given
from hypothesis import strategies as st

from kinflow.organisation.units.rules import ROOT, closes_circle, depth_of, ids_on, moved_path, path_under

COUNT = 8
moves = st.lists(st.tuples(st.integers(1, COUNT), st.integers(0, COUNT)), max_size=40)


def move(paths: dict[int, str], unit: int, parent: int) -> None:
    """Move as the action does: refuse circles, rewrite what lies below."""
    above = paths.get(parent, ROOT)
    if closes_circle(unit, above):
        return
    old, new = paths[unit], path_under(above, unit)
    for each, path in list(paths.items()):
        if path.startswith(old):
            paths[each] = moved_path(path, old, new)


@given(moves)
def test_no_moves_tie_a_circle_or_leave_a_path_wrong(made):
    paths = {unit: path_under(ROOT, unit) for unit in range(1, COUNT + 1)}
    for unit, parent in made:
        move(paths, unit, parent)
    for unit, path in paths.items():
        ids = ids_on(path)
        assert ids[-1] == unit
        assert len(set(ids)) == len(ids) == depth_of(path)
        if len(ids) > 1:
            assert paths[ids[-2]] + f"{unit}/" == path


@given(moves)
def test_what_is_refused_would_tie_a_circle(made):
    paths = {unit: path_under(ROOT, unit) for unit in range(1, COUNT + 1)}
    for unit, parent in made:
        if parent and closes_circle(unit, paths[parent]):
            assert unit in ids_on(paths[parent])
        move(paths, unit, parent)
