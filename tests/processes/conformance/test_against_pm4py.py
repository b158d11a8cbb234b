"""What PM4Py says of the same trees and logs: trees of its inductive miner, fitness of its alignments, precision.

Its silent moves cost a ten-thousandth each, ours nothing; hence the tolerance.
"""

from collections.abc import Callable
from pathlib import Path

import pm4py
import pytest
from hypothesis import HealthCheck, assume, given, settings
from pm4py.objects.dfg.obj import DFG

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.conformance.aligning import Effort, align
from kinflow.processes.conformance.behaviour import TreeBehaviour
from kinflow.processes.conformance.comparing import compare
from kinflow.processes.discovery.discovered import discover
from kinflow.processes.discovery.follows import DirectlyFollows, directly_follows
from kinflow.processes.discovery.inductive import discover_tree
from kinflow.processes.discovery.normal import canonical
from kinflow.processes.discovery.trees import Kind, Tree, parse_tree
from tests.processes.discovery.growing import complete, trees
from tests.processes.measuring.test_against_pm4py import columns, frame

Find = Callable[[str], Path]
pytestmark = pytest.mark.slow
LOGS = ["running-example.xes", "10_orders.xes.gz", "roadtraffic100traces.xes", "03_repairExample.xes.gz"]


def theirs(follows: DirectlyFollows) -> Tree:
    """The tree of PM4Py's inductive miner on the same directly-follows graph."""
    names = follows.activities
    graph = DFG(
        {(names[a], names[b]): count for (a, b), count in follows.edges.items()},
        {names[a]: count for a, count in follows.start.items()},
        {names[a]: count for a, count in follows.end.items()},
    )
    found = str(pm4py.discover_process_tree_inductive(graph))
    return parse_tree(found if "(" in found else repr(found))


def _has_plain_loops(tree: Tree) -> bool:
    """Whether what is done between repetitions is one step: of more, PM4Py lets any be the first and the last."""
    if tree.kind is Kind.LOOP and len(tree.children[1].steps) > 1:
        return False
    return all(map(_has_plain_loops, tree.children))


@given(trees(rediscoverable=True, steps=7))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_its_inductive_miner_finds_the_same_tree(tree: Tree) -> None:
    assume(_has_plain_loops(tree))
    follows = complete(tree)
    assert canonical(discover_tree(follows)) == canonical(theirs(follows))


@pytest.mark.real_data
def test_the_running_example_has_the_tree_of_the_reference(real_data: Find) -> None:
    follows = directly_follows(columns(frame(real_data("eventlogs/running-example.xes"))))
    assert canonical(discover_tree(follows)) == canonical(theirs(follows))
    assert canonical(discover_tree(follows)) == canonical(
        parse_tree(
            "->('register request', *( ->( +('check ticket', X('examine thoroughly','examine casually')), 'decide'),"
            " 'reinitiate request'), X('reject request','pay compensation'))"
        )
    )


@pytest.mark.real_data
@pytest.mark.parametrize("name", LOGS)
def test_a_model_of_a_real_log_fits_no_less_than_its_model(name: str, real_data: Find) -> None:
    log = columns(frame(real_data(f"eventlogs/{name}")))
    ours = discover(log, 0.0)
    other = TreeBehaviour(theirs(directly_follows(log)))
    for one in ours.judgement.judged:
        assert one.alignment
        against = align(other, one.variant.steps, Effort())
        assert against
        assert one.alignment.cost <= against.cost


@pytest.mark.real_data
@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_its_alignments_cost_the_same_and_its_precision_is_near(
    name: str, noise: float, real_data: Find
) -> None:
    table = frame(real_data(f"eventlogs/{name}"))
    found = discover(columns(table), noise)
    tree = pm4py.parse_process_tree(str(found.tree))
    net, first, last = pm4py.convert_to_petri_net(tree)
    fitness = pm4py.fitness_alignments(table, net, first, last)
    assert found.quality.fitness == pytest.approx(fitness["log_fitness"], abs=1e-3)
    precision = pm4py.precision_alignments(table, net, first, last)
    assert found.quality.precision == pytest.approx(precision, abs=0.06)


@pytest.mark.real_data
def test_its_precision_of_the_running_example_is_ours(real_data: Find) -> None:
    found = discover(columns(frame(real_data("eventlogs/running-example.xes"))), 0.0)
    assert found.quality.precision == pytest.approx(0.753086, abs=1e-6)
    assert found.quality.fitness == 1


@pytest.mark.real_data
@pytest.mark.parametrize(("log", "model"), [("running-example.xes", "running-example")])
def test_bpmn_that_it_discovered_is_judged_as_it_judges_it(log: str, model: str, real_data: Find) -> None:
    table = frame(real_data(f"eventlogs/{log}"))
    path = real_data(f"eventlogs/{model}.bpmn")
    found = compare(columns(table), read_bpmn(path.read_bytes()))
    net, first, last = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(path)))
    fitness = pm4py.fitness_alignments(table, net, first, last)
    assert not found.judgement.given_up
    assert found.judgement.fitness == pytest.approx(fitness["log_fitness"], abs=1e-3)
