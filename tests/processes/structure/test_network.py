"""Hand-overs against the chart, communities, and what chance would do."""

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kinflow.processes.columns import EventColumns
from kinflow.processes.structure.network.analysis import network_of, people_ties, way_between
from kinflow.processes.structure.network.chance import Handed, chance_of, expected_of, remarkable
from kinflow.processes.structure.network.communities import adjusted_rand, communities_of, modularity
from kinflow.processes.structure.network.handing import passing_of
from kinflow.processes.structure.paper import Paper, PaperPerson
from tests.processes.given import log_of

from .given import ANN, BO, COMPANY, CY, DESK, DI, EAST, ED, SALES, SERVICE, SERVICE_LEAD, WEST, paper


def test_hand_overs_are_counted_between_groups_with_their_cases() -> None:
    log = log_of(
        [("one", "a", hour, who) for hour, who in enumerate(["Ann", "Bo", "Ann", "Bo", None, "Di"])]
        + [("two", "a", hour, who) for hour, who in enumerate(["Ann", "Ann", "Bo"])]
    )
    group = np.array([0, 0, 1, -1], np.int32)  # Ann, Bo; Di
    found = passing_of(log, group, 2)
    pairs = dict(
        zip(zip(found.giver.tolist(), found.taker.tolist(), strict=True), found.times.tolist(), strict=True)
    )
    assert pairs == {(0, 0): 4, (0, 1): 1}
    assert found.cases.tolist() == [2, 1]
    assert passing_of(log_of([]), np.array([-1], np.int32), 0).times.tolist() == []


@pytest.mark.parametrize("seed", range(4))
def test_communities_are_about_as_good_as_those_of_networkx(seed: int) -> None:
    graph = nx.planted_partition_graph(4, 12, 0.7, 0.08, seed=seed)
    weights = sparse.csr_matrix(nx.to_scipy_sparse_array(graph, dtype=float))
    found = communities_of(weights)
    own = [set(np.flatnonzero(found == part).tolist()) for part in np.unique(found)]
    assert modularity(weights, found) == pytest.approx(nx.community.modularity(graph, own))
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
    assert modularity(weights, found) >= 0.97 * theirs
    assert adjusted_rand(found, np.repeat(np.arange(4), 12)) > 0.9


def test_a_network_without_ties_falls_into_single_nodes() -> None:
    assert communities_of(sparse.csr_matrix((3, 3))).tolist() == [0, 1, 2]
    assert communities_of(sparse.csr_matrix((0, 0))).tolist() == []
    assert modularity(sparse.csr_matrix((3, 3)), np.arange(3)) == 0


def test_partitions_are_compared_as_by_hubert_and_arabie() -> None:
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(one, one) == 1
    assert adjusted_rand(one, other) == pytest.approx(0.24242424)
    assert adjusted_rand(np.zeros(3, np.int64), np.zeros(3, np.int64)) == 1


def test_chance_keeps_how_often_each_gives_and_takes_and_what_cannot_be() -> None:
    times = np.array([[0.0, 5, 5], [4, 3, 3], [2, 2, 6]])
    expected = expected_of(times, np.array([True, False, False]))
    assert expected[0, 0] == 0
    assert expected.sum(axis=1) == pytest.approx(times.sum(axis=1))
    assert expected.sum(axis=0) == pytest.approx(times.sum(axis=0))


def test_one_case_that_goes_to_and_fro_counts_once() -> None:
    assert chance_of(40, 40, 20, 1000) < 0.001
    assert chance_of(40, 1, 20, 1000) > 0.3
    assert chance_of(0, 0, 20, 1000, less=True) < 0.001
    assert chance_of(3, 3, 0, 10) == 1


def test_nothing_in_a_network_by_chance_is_called_remarkable() -> None:
    """Over 40 networks without structure less than one in twenty has a marked tie in it."""
    chance, false = np.random.default_rng(5), 0
    for _again in range(40):
        giver, taker = chance.integers(0, 8, (2, 900))
        times = np.zeros((8, 8))
        np.add.at(times, (giver, taker), 1)
        false += remarkable(Handed(times, times, expected_of(times, np.zeros(8, bool)))).any()
    assert false <= 2


def cases(count: int, planted: int) -> EventColumns:
    """Cases that two of six people do, whichever, and cases that Bo in the east hands over to Di at the desk."""
    chance, rows = np.random.default_rng(1), []
    people = [ANN, BO, CY, SERVICE_LEAD, DI, ED]
    for number in range(count + planted):
        pair = chance.permutation(people)[:2].tolist() if number < count else [BO, DI]
        rows += [(f"case {number}", "work", number * 10 + at, str(who)) for at, who in enumerate(pair)]
    return log_of(rows)


def test_a_planted_tie_between_units_without_a_line_is_found_and_others_are_not() -> None:
    found = network_of([cases(600, 120)], paper())
    assert found.total == 720
    marked = [(tie.giver, tie.taker) for tie in found.ties if tie.is_remarkable]
    assert marked == [(EAST, DESK)]
    tie = found.ties[0]
    assert (tie.has_line, tie.meets) == (False, COMPANY)
    assert tie.times > 180
    people = people_ties([cases(600, 120)], found, paper(), 100)
    assert [(tie.giver, tie.taker) for tie in people if tie.is_remarkable] == [(BO, DI)]


def test_shares_by_how_far_apart_units_are_add_up() -> None:
    found = network_of([cases(300, 100)], paper())
    assert sum(way.share for way in found.ways) == pytest.approx(1)
    assert sum(way.expected for way in found.ways) == pytest.approx(1)
    across = next(way for way in found.ways if way.key == "across")
    assert across.is_real
    assert across.share > across.expected
    assert 0 < found.reporting.share < found.ways[0].share + found.ways[1].share
    assert way_between(paper(), EAST, SALES) == "line"
    assert way_between(paper(), EAST, WEST) == "line"
    assert way_between(paper(), SALES, SERVICE) == "line"
    assert way_between(paper(), WEST, DESK) == "across"
    assert way_between(paper(), EAST, 99) == "across"


def test_communities_of_a_log_without_hand_overs_are_none() -> None:
    empty = network_of([log_of([("one", "a", 1, str(ANN))])], paper())
    assert (empty.total, empty.people, empty.ties, empty.communities.members) == (0, [], [], [])
    assert not empty.communities.is_real


def test_units_whose_people_hardly_work_together_are_told() -> None:
    known = paper()
    rows = []
    for number in range(300):
        one, other = (ANN, DI) if number % 2 else (BO, ED)
        rows += [(f"c{number}", "x", 2 * number, str(one)), (f"c{number}", "x", 2 * number + 1, str(other))]
    rows += [("last", "x", 900, "90"), ("last", "x", 901, str(DI))]
    found = network_of([log_of(rows)], Paper(known.units, known.people | {90: PaperPerson(90, "Flo", EAST)}))
    (inside,) = found.insides
    assert (inside.unit, inside.people, inside.inside) == (EAST, 3, 0)
    assert not inside.is_little  # with only givers on one side, chance would bring next to none about, too
