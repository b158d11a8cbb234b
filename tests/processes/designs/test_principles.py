"""The seven principles: each verdict forced each way by a small design or a small log; who sees them."""

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.kit.problem import Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.bpmn.model import Element, Flow, Lane, Model, Participant, Process
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.api import router
from kinflow.processes.designs.bindings import Results, Task
from kinflow.processes.designs.principles.drawn import evidence_of_design
from kinflow.processes.designs.principles.hands import Drawn
from kinflow.processes.designs.principles.logged import Figures, Found, evidence_of_log
from kinflow.processes.designs.principles.said import PRINCIPLES, Evidence, verdict_of
from kinflow.processes.designs.principles.words import evidence_words
from tests.automation.given import person, unit
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import MARK_HOT, design, owner
from tests.processes.execution.test_pages import get

OWN = Task(assign="owner")
APPROVAL = Task(kind="approval")
THREE = ("s start; a task; b task; c task; e end", "s a; a b; b c; c e")
SIDE = ("s start; f and; a task; b task; c task; j and; e end", "s f; f a; f b; a c; c j; b j; j e")


def seen(nodes, flows, bindings=None):
    """What a design says, by principle."""
    return by_principle(evidence_of_design(Drawn(read_bpmn(bpmn(nodes, flows)), bindings or {})))


def by_principle(evidence):
    for each in evidence:
        assert each.finding or evidence_words(each)
    return {key: [each for each in evidence if each.principle == key] for key in PRINCIPLES}


def verdicts(found):
    return {key: verdict_of(said) for key, said in found.items()}


def codes(found, principle):
    return {each.code for each in found[principle]}


def test_a_verdict_follows_from_what_speaks_for_and_against():
    def one(speaks):
        return Evidence("once", "x", speaks)

    assert verdict_of([one("for"), one("")]) == "kept"
    assert verdict_of([one("against"), one("")]) == "not_kept"
    assert verdict_of([one("against"), one("for")]) == "partly"
    assert verdict_of([one("")]) == verdict_of([]) == "unknown"


def test_one_hand_keeps_outcomes_and_many_do_not():
    kept = seen(*THREE, dict.fromkeys("abc", OWN))
    assert verdicts(kept)["outcomes"] == "kept"
    handed = seen(*THREE)
    assert verdicts(handed)["outcomes"] == "not_kept"
    assert [each.elements for each in handed["outcomes"]] == [("b", "c")]
    assert verdicts(seen(*THREE, {"a": OWN, "b": OWN}))["outcomes"] == "unknown"
    assert verdicts(seen("s start; a auto; e end", "s a; a e"))["outcomes"] == "unknown"


def test_who_takes_in_what_comes_works_on_it_or_hands_it_on():
    assert verdicts(seen(*THREE, dict.fromkeys("ab", OWN)))["collected"] == "kept"
    assert verdicts(seen(*THREE, {"a": OWN}))["collected"] == "not_kept"
    both = ("s start; a task; m catch message; b task; c task; e end", "s a; a m; m b; b c; c e")
    assert verdicts(seen(*both))["collected"] == "not_kept"
    assert verdicts(seen(*both, {"b": OWN, "c": OWN}))["collected"] == "partly"


def test_one_pool_keeps_scattered_resources_and_twins_in_lanes_do_not():
    assert verdicts(seen(*THREE))["scattered"] == "kept"
    assert verdicts(seen(*THREE, dict.fromkeys("abc", OWN)))["scattered"] == "unknown"
    elements = tuple(Element(key, "userTask", "Check", "p") for key in ("north", "south"))
    lanes = tuple(Lane(f"l{each.id}", "p", each.id, (each.id,)) for each in elements)
    model = Model(processes=(Process("p"),), elements=elements, lanes=lanes)
    assert verdicts(by_principle(evidence_of_design(Drawn(model, {}))))["scattered"] == "not_kept"


def test_branches_are_linked_meet_soon_late_or_never():
    assert codes(seen(*THREE), "parallel") == {"nothing_parallel"}
    assert verdicts(seen(*THREE))["parallel"] == "unknown"
    assert codes(seen(*SIDE), "parallel") == {"meets_late"}
    soon = seen("s start; f and; a task; b task; j and; e end", "s f; f a; f b; a j; b j; j e")
    assert verdicts(soon)["parallel"] == "kept"
    linked = (SIDE[0].replace("c task", "c task; m catch message"), "s f; f a; f b; a m; m c; c j; b j; j e")
    assert codes(seen(*linked), "parallel") == {"linked"}
    never = seen("s start; f and; a task; b task; e end; g end", "s f; f a; f b; a e; b g")
    assert codes(never, "parallel") == {"never_meets"}
    assert never["parallel"][0].elements == ("f",)


def test_checks_in_another_hand_part_doing_from_deciding():
    assert verdicts(seen(*THREE))["together"] == "kept"
    checked = seen(*THREE, {"b": APPROVAL})
    assert verdicts(checked)["together"] == "not_kept"
    assert checked["together"][0].elements == ("b",)
    own = Task(kind="approval", assign="owner")
    assert verdicts(seen(*THREE, {"a": OWN, "b": own}))["together"] == "kept"
    asked = ("s start; a task; b task; x xor; c task; e end", "s a; a b; b x; x c; x e default; c e")
    told = seen(*asked, {"x_c": Results(("approved",))})
    assert verdicts(told)["together"] == "not_kept"
    assert verdicts(seen(*asked))["together"] == "kept"


def test_the_same_at_two_places_is_not_captured_once():
    assert verdicts(seen(*THREE))["once"] == "unknown"
    model = read_bpmn(bpmn(*THREE).replace(b'name="c"', b'name="A"'))
    assert verdicts(by_principle(evidence_of_design(Drawn(model, {}))))["once"] == "not_kept"


def test_others_are_inside_where_they_are_drawn_or_heard():
    assert verdicts(seen(*THREE))["inside"] == "not_kept"
    assert verdicts(seen(*THREE, {"a": Task(kind="call")}))["inside"] == "unknown"
    heard = seen("s start; a task; m catch message; e end", "s a; a m; m e")
    assert verdicts(heard)["inside"] == "kept"
    model = read_bpmn(bpmn(*THREE))
    pools = (Participant("own", "We", "p"), Participant("they", "Customer"))
    drawn = Model(model.name, model.processes, pools, elements=model.elements, flows=model.flows)
    found = by_principle(evidence_of_design(Drawn(drawn, {})))
    assert codes(found, "inside") == {"participants"}


def test_steps_within_a_sub_process_are_gone_through_and_loops_end():
    elements = (
        Element("s", "startEvent", within="p"),
        Element("sub", "subProcess", within="p"),
        Element("a", "userTask", within="sub"),
        Element("b", "userTask", within="p"),
    )
    flows = (Flow("1", "s", "sub", within="p"), Flow("2", "sub", "b", within="p"), Flow("3", "b", "sub"))
    drawn = Drawn(Model(processes=(Process("p"),), elements=elements, flows=flows), {})
    assert [(a.id, b.id) for a, b in drawn.pairs] == [("a", "b"), ("b", "a")]


def test_findings_speak_against_and_looking_in_vain_speaks_for():
    found = by_principle(evidence_of_log([Found("one_outcome", "k", 7)], Figures(50)))
    assert verdicts(found) == {
        "outcomes": "kept",
        "collected": "kept",
        "scattered": "kept",
        "parallel": "unknown",
        "together": "not_kept",
        "once": "kept",
        "inside": "unknown",
    }
    assert found["together"][0].finding == "k"
    few = by_principle(evidence_of_log([], Figures(29)))
    assert set(verdicts(few).values()) == {"unknown"}


@pytest.mark.parametrize(("often", "verdict"), [(0.5, "for"), (2.0, ""), (3.5, "against")])
def test_hand_overs_a_case_are_few_or_many(often, verdict):
    found = by_principle(evidence_of_log([], Figures(50, people=2.0, hand_overs=often)))
    assert [each.speaks for each in found["outcomes"] if each.code == "hands"] == [verdict]


@pytest.mark.parametrize(("outside", "verdict"), [(0, "against"), (3, ""), (9, "for")])
def test_what_comes_from_outside_is_much_or_little(outside, verdict):
    figures = Figures(50, entered={"Sales": 9, "Service": 1}, outside=outside, entries=100)
    found = by_principle(evidence_of_log([], figures))
    assert [each.speaks for each in found["inside"]] == [verdict]
    assert "2 with" in evidence_words(found["collected"][-1])


@pytest.mark.django_db
def test_the_page_and_the_api_say_the_same_to_who_may_see_designs():
    me = owner()
    made = design(me, *THREE, {"b": {"kind": "approval", "assign": "scoring"}}, live=False)
    page = get(me, f"/process-design/{made.pk}/principles/").content.decode()
    assert "Doing, checking and deciding together" in page
    assert f"/process-design/{made.pk}/element/b/" in page
    api = NinjaAPI(urls_namespace="principles of designs")
    api.add_router("", router)
    client = TestClient(api)
    address = f"/process-design/{made.pk}/principles"
    told = {each["key"]: each for each in client.get(address, by=actor_of_person(me)).json()}
    assert list(told) == list(PRINCIPLES)
    assert told["together"]["verdict"] == "not_kept"
    assert told["together"]["evidence"][0]["elements"] == ["b"]
    assert told["together"]["moves"] == ["empower", "eliminate"]
    stranger = person("Rep", unit("Other"))
    with pytest.raises(Refused):
        get(stranger, f"/process-design/{made.pk}/principles/")


@pytest.mark.django_db
def test_a_field_that_the_program_writes_at_two_places_is_named():
    me = owner()
    made = design(me, "s start; a auto; b auto; e end", "s a; a b; b e", {"a": MARK_HOT, "b": MARK_HOT})
    page = get(me, f"/process-design/{made.pk}/principles/").content.decode()
    assert "The program writes at several places: notes" in page
