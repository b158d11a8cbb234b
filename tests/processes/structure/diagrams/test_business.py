"""Processes across units: lanes, hand-overs between them, several processes in one drawing."""

from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.columns import EventColumns
from kinflow.processes.discovery.follows import directly_follows
from kinflow.processes.discovery.inductive import discover_tree
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.structure.diagrams.business.doing import doings_of, handovers_of, in_lanes, lanes_of
from kinflow.processes.structure.diagrams.business.pooled import crossings, pooled
from tests.processes.bpmn.drawings import assert_well_drawn
from tests.processes.given import log_of, traces

UNITS = {"Ann": "East", "Bo": "West", "Cy": "Store"}


def sales() -> EventColumns:
    """Two sales: asked for, checked in the store (once by the east itself), sold; the robot closes."""
    return log_of(
        [
            ("1", "ask", 0, "Ann"),
            ("1", "check", 5, "Cy"),
            ("1", "sell", 7, "Ann"),
            ("1", "close", 8, "robot"),
            ("2", "ask", 1, "Bo"),
            ("2", "check", 9, "Cy"),
            ("2", "sell", 20, "Ann"),
            ("2", "close", 21, "robot"),
            ("3", "ask", 2, "Ann"),
            ("3", "check", 3, "Ann"),
            ("3", "sell", 4, "Ann"),
            ("3", "close", 5, "robot"),
        ],
        units=UNITS,
    )


def test_a_step_stands_with_the_unit_that_does_it_most() -> None:
    doings = {each.step: each for each in doings_of(sales(), "Programs")}
    assert doings["ask"].by == (("East", 2), ("West", 1))
    assert doings["check"].lane == "Store"
    assert round(doings["check"].share, 2) == 0.67
    assert doings["close"].by == (("Programs", 3),)


def test_a_log_without_units_has_no_lanes() -> None:
    assert doings_of(traces("ab", "ab"), "Programs") == []


def test_units_of_a_department_are_one_lane() -> None:
    log = in_lanes(sales(), lambda unit: "Sales" if unit != "Store" else unit)
    assert {each.step: each.lane for each in doings_of(log, "Programs")}["ask"] == "Sales"
    assert [(each.source, each.target, each.times) for each in handovers_of(log)] == [
        ("Sales", "Store", 2),
        ("Store", "Sales", 2),
    ]


def test_handovers_say_how_long_the_work_waits() -> None:
    found = {(each.source, each.target): each for each in handovers_of(sales())}
    assert found["Store", "East"].times == 2
    assert found["Store", "East"].median_seconds == 6.5 * 3600
    assert found["West", "Store"].times == 1


def test_arrows_between_lanes_are_counted_and_no_others() -> None:
    log = sales()
    lanes = lanes_of(doings_of(log, "Programs"))
    model = pooled([("Sale", model_of_tree(discover_tree(directly_follows(log)), units=lanes))], "Sale")
    follows = directly_follows(log)
    names = follows.activities
    followed = {(names[a], names[b]): times for (a, b), times in follows.edges.items()}
    key_of = {each.id: each.name for each in model.elements if each.name}
    flow = {each.id: each for each in model.flows}
    found = {
        (key_of[flow[each].source], key_of[flow[each].target]): times
        for each, times in crossings(model, key_of, followed).items()
    }
    assert found == {("ask", "check"): 3, ("check", "sell"): 3, ("sell", "close"): 3}


def test_several_processes_stand_below_each_other_in_pools() -> None:
    log = sales()
    tree = discover_tree(directly_follows(log))
    model = model_of_tree(tree, units=lanes_of(doings_of(log, "Programs")))
    both = pooled([("One", model), ("Other", model)], "Both")
    assert [pool.name for pool in both.participants] == ["One", "Other"]
    ids = [each.id for each in (*both.elements, *both.flows, *both.lanes, *both.participants)]
    assert len(ids) == len(set(ids))
    drawing = laid_out(both)
    assert_well_drawn(drawing)
    one, other = (drawing.boxes[pool.id] for pool in both.participants)
    assert one.bottom < other.y
