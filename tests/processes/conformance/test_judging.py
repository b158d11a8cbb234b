"""Cases held against models: cheapest explanations, what deviates, what is given up."""

from collections.abc import Mapping

import pytest

from kinflow.processes.bpmn.model import Element, Flow, Model, Process
from kinflow.processes.conformance.aligning import Alignment, Effort, Move, align
from kinflow.processes.conformance.behaviour import TreeBehaviour
from kinflow.processes.conformance.comparing import compare
from kinflow.processes.conformance.deviations import Kind, deviations_of
from kinflow.processes.conformance.judging import as_modelled, judge
from kinflow.processes.conformance.nets import NetBehaviour
from kinflow.processes.conformance.playing import playable
from kinflow.processes.conformance.quality import precision_of
from kinflow.processes.conformance.variants import variants_of
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import Tree, parse_tree
from tests.processes.given import HOUR, log_of, traces

ORDER = "->( 'a', +( 'b', 'c' ), X( 'd', ->( 'e', 'f' ) ) )"


def cost(tree: Tree | str, steps: str) -> int:
    behaviour = TreeBehaviour(parse_tree(tree) if isinstance(tree, str) else tree)
    found = align(behaviour, tuple(steps), Effort())
    assert found is not None
    return found.cost


@pytest.mark.parametrize(
    ("steps", "deviations"),
    [("abcd", 0), ("acbef", 0), ("abd", 1), ("aabcd", 1), ("bacd", 2), ("", 4), ("xyz", 7), ("abcdef", 1)],
)
def test_deviations_cost_one_each_and_as_few_as_can_be(steps: str, deviations: int) -> None:
    assert cost(ORDER, steps) == deviations


def test_a_step_done_elsewhere_is_at_the_wrong_place_and_not_two_things() -> None:
    found = align(TreeBehaviour(parse_tree("->( 'a', 'b', 'c', 'd' )")), tuple("bcda"), Effort())
    assert found is not None
    assert deviations_of(found) == {(Kind.MISPLACED, "a"): 1}
    assert as_modelled(found) == tuple("abcd")


def test_more_than_a_case_is_worth_is_given_up_and_said() -> None:
    tree = parse_tree("+( 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' )")
    variants = variants_of(traces("abcdefgh", "xyxyxyxy"))
    found = judge(TreeBehaviour(tree), variants, Effort(each=60, all=1_000))
    assert (found.cases, found.fitting, found.given_up) == (1, 1, 1)
    assert found.fitness == 1


def test_the_effort_of_all_variants_together_is_bounded() -> None:
    tree = parse_tree("*( X( 'a', 'b' ), tau )")
    effort = Effort(each=100, all=150)
    found = judge(TreeBehaviour(tree), variants_of(traces(*(f"a{'ab' * k}" for k in range(1, 60)))), effort)
    assert effort.spent <= 150
    assert 0 < found.cases < 59
    assert found.cases + found.given_up == 59


def test_fitness_is_one_less_the_share_of_the_worst_cost() -> None:
    found = judge(TreeBehaviour(parse_tree("->( 'a', 'b' )")), variants_of(traces("ab", "ab", "a")))
    assert found.fitness == pytest.approx(1 - 1 / (4 + 4 + 3))


def test_a_model_that_allows_more_than_happens_is_less_precise() -> None:
    log = variants_of(traces("ab", "ab"))
    narrow = TreeBehaviour(parse_tree("->( 'a', 'b' )"))
    wide = TreeBehaviour(parse_tree("*( X( 'a', 'b' ), tau )"))
    assert precision_of(narrow, judge(narrow, log)) == 1
    assert precision_of(wide, judge(wide, log)) == 0.5


def test_deviations_carry_their_cases_and_what_they_go_with() -> None:
    rows = [
        ("1", "ask", 0.0, None),
        ("1", "answer", 1.0, None),
        ("2", "ask", 0.0, None),
        ("2", "file", 5.0, None),
    ]
    rows += [("2", "answer", 9.0, None), ("3", "answer", 2.0, None)]
    columns = log_of(rows, begun=[0, 1, 0, 3, 9, 2])
    model = model_of_tree(parse_tree("->( 'Ask', 'Answer', 'Close' )"))
    found = compare(columns, model)
    told = {(each.kind, found.matched.unknown.get(each.step, each.step)): each for each in found.deviations}
    assert {key: each.cases.tolist() for key, each in told.items()} == {
        (Kind.SKIPPED, "Close"): [0, 1, 2],
        (Kind.EXTRA, "file"): [1],
        (Kind.SKIPPED, "ask"): [2],
    }
    extra = told[Kind.EXTRA, "file"]
    assert extra.work_seconds == 2 * HOUR / 1e6
    assert (extra.seconds_with, extra.seconds_without) == (9 * 3600, 1800)
    assert found.foreign == ("file",)
    assert list(found.matched.unknown.values()) == ["Close"]


def test_steps_are_known_by_their_names_in_any_language() -> None:
    columns = log_of([("1", "sales.ask", 0, None)])
    for name in ("sales.ask", "询价", "Ask  the Customer", "ask the customer"):
        model = Model("", (Process("p"),), elements=(Element("t", "task", name, "p"),))
        found = compare(columns, model, [{"sales.ask": "Ask the customer"}, {"sales.ask": "询价"}])
        assert found.judgement.fitting == 1, name


def net(elements: Mapping[str, Element], *flows: str) -> NetBehaviour:
    """A process of these elements; flows as "a>b"."""
    pairs = [flow.split(">") for flow in flows]
    model = Model(
        "",
        (Process("p"),),
        elements=tuple(elements.values()),
        flows=tuple(Flow(f"{a}-{b}", a, b, within="p") for a, b in pairs),
    )
    steps = {key: key for key, element in elements.items() if element.kind == "task"}
    return NetBehaviour(playable(model, steps).net)


def some(tasks: str, **others: Element) -> dict[str, Element]:
    return {letter: Element(letter, "task", letter, "p") for letter in tasks} | others


def gateway(key: str, kind: str) -> Element:
    return Element(key, f"{kind}Gateway", "", "p")


def allowed(behaviour: NetBehaviour, steps: str) -> bool:
    found = align(behaviour, tuple(steps), Effort())
    return found is not None and found.cost == 0


def test_an_inclusive_gateway_takes_some_ways_and_waits_for_those_it_took() -> None:
    parts = some("abcz", s=gateway("s", "inclusive"), j=gateway("j", "inclusive"))
    found = net(parts, "s>a", "s>b", "s>c", "a>j", "b>j", "c>j", "j>z")
    assert all(allowed(found, way) for way in ("az", "baz", "cabz"))
    assert not any(allowed(found, way) for way in ("z", "azb", "azbz", "aaz"))


def test_a_step_with_a_timer_on_its_border_may_be_left_by_it() -> None:
    event = Element("t", "boundaryEvent", "", "p", "timer", "a")
    found = net(some("abx", t=event), "a>b", "t>x")
    assert all(allowed(found, way) for way in ("ab", "x", "ax"))
    assert not allowed(found, "axb")


def test_a_terminate_event_ends_everything_else() -> None:
    end = Element("end", "endEvent", "", "p", "terminate")
    parts = some("abc", s=gateway("s", "parallel"), end=end)
    found = net(parts, "s>a", "s>b", "a>end", "b>c")
    assert all(allowed(found, way) for way in ("a", "ba", "bca", "ab"))
    assert not allowed(found, "bc")


def test_a_subprocess_is_over_when_all_of_it_is() -> None:
    inner = {"x": Element("x", "task", "x", "sub"), "y": Element("y", "task", "y", "sub")}
    parts = some("a", sub=Element("sub", "subProcess", "Sub", "p"), **inner)
    found = net(parts, "sub>a")
    assert allowed(found, "xya")
    assert allowed(found, "yxa")
    assert not allowed(found, "xay")


def test_a_repeating_step_may_be_done_again() -> None:
    found = net(some("b", a=Element("a", "task", "a", "p", repeats="loop")), "a>b")
    assert all(allowed(found, way) for way in ("ab", "aaab"))
    assert not allowed(found, "b")


def test_links_lead_from_one_place_to_the_other() -> None:
    throw = Element("out", "intermediateThrowEvent", "L", "p", "link")
    catch = Element("in", "intermediateCatchEvent", "L", "p", "link")
    found = net(some("ab", out=throw, **{"in": catch}), "a>out", "in>b")
    assert allowed(found, "ab")
    assert not allowed(found, "a")


def test_an_endless_loop_without_steps_ends_nothing_and_takes_no_time() -> None:
    parts = some("a", s=gateway("s", "exclusive"), r=gateway("r", "exclusive"))
    parts["start"] = Element("start", "startEvent", "", "p")
    found = net(parts, "start>s", "s>r", "r>s", "r>a")
    assert allowed(found, "a")


def test_a_model_that_can_never_end_leaves_all_cases_given_up() -> None:
    parts = some("ab", j=gateway("j", "parallel"), s=gateway("s", "exclusive"))
    found = judge(net(parts, "s>a", "s>b", "a>j", "b>j"), variants_of(traces("a", "b")))
    assert found.given_up == 2
    assert found.fitness == 1


def test_the_moves_tell_the_case_in_its_order() -> None:
    found = align(TreeBehaviour(parse_tree("->( 'a', 'b' )")), ("a", "x"), Effort())
    assert found == Alignment(((Move.AGREED, "a"), (Move.EXTRA, "x"), (Move.SKIPPED, "b")), 2) or (
        found == Alignment(((Move.AGREED, "a"), (Move.SKIPPED, "b"), (Move.EXTRA, "x")), 2)
    )
