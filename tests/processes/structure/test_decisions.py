"""Where decisions are made: found in events, put against the chart."""

import numpy as np
import pytest

from kinflow.eventlog import Actor
from kinflow.processes.definitions.models import Process
from kinflow.processes.structure.decisions.centres import Centres, centres_of
from kinflow.processes.structure.decisions.drawing import Layer, drawn
from kinflow.processes.structure.decisions.made import made_in
from kinflow.processes.structure.decisions.pages import hidden_layers
from kinflow.processes.structure.logs import Log
from kinflow.records.access import PROCESS_OWNER, TEAM_LEAD
from tests.processes.given import log_of

from .given import ANN, BO, CHIEF, EAST, SELLER_LEAD, SERVICE_LEAD, paper

ASK, APPROVE = "customers.activity_planned:discount", "customers.activity_finished:discount"
UNITS = {str(ANN): str(EAST), str(BO): str(EAST), str(SELLER_LEAD): "2", str(SERVICE_LEAD): "5"}
LOG = log_of(
    [
        ("one", ASK, 1, str(BO)),
        ("one", "call", 2, str(ANN)),
        ("one", APPROVE, 5, str(SELLER_LEAD)),
        ("one", "won", 6, str(BO)),
        ("two", "won", 1, None),
        ("two", ASK, 2, str(BO)),
        ("two", APPROVE, 3, str(SERVICE_LEAD)),
        ("two", "lost", 4, str(SERVICE_LEAD)),
    ],
    units=UNITS,
)
STEPS = [
    {"key": ASK, "event": "customers.activity_planned", "name": "Ask", "where": {"topic": "discount"}},
    {
        "key": APPROVE,
        "event": "customers.activity_finished",
        "name": "Approve",
        "where": {"topic": "discount"},
    },
    {"key": "won", "event": "won", "name": "Won", "outcome": "good"},
    {"key": "lost", "event": "lost", "name": "Lost", "outcome": "bad"},
]


def found() -> Centres:
    process = Process(key="deal", name="Deal", case_kind="opportunity", steps=STEPS)
    results = {ASK: 2, f"{APPROVE}=approved": 1, f"{APPROVE}=refused": 1, "won": 2, "lost": 1}
    return centres_of([Log(process, LOG, results)], paper())


def test_who_asked_is_who_did_the_asking_else_who_worked_on_the_case_last() -> None:
    approvals = made_in(LOG, APPROVE, ASK)
    names = [LOG.resources[code] for code in approvals.asker.tolist()]
    assert names == [str(BO), str(BO)]
    assert approvals.wait.tolist() == [4 * 3600, 3600]
    ends = made_in(LOG, "won")
    assert LOG.resources[ends.asker[0]] == str(SELLER_LEAD)
    assert ends.asker[1] == -1
    assert ends.decider[1] == -1
    assert np.isnan(ends.wait).all()


def test_decisions_are_told_by_layer_distance_and_unit() -> None:
    decisions = {each.key: each for each in found().decisions}
    approve = decisions[APPROVE]
    assert (approve.kind, approve.times, approve.refused, approve.wait) == ("check", 2, 0.5, 2.5 * 3600)
    assert approve.by_layer == {2: 2}
    assert approve.by_distance == {2: 1, 3: 1}
    assert approve.by_unit == {2: 1, 5: 1}
    assert decisions["lost"].by_distance == {0: 1}
    assert decisions["won"].refused is None


def test_layers_count_who_is_here() -> None:
    assert found().staff == {1: 1, 2: 2, 3: 3, 4: 2}
    assert paper().people[CHIEF].is_here


@pytest.mark.parametrize("decisions", [None, 0, 12])
def test_the_picture_has_a_bar_for_people_and_one_for_decisions(decisions: int | None) -> None:
    layers = [
        Layer("Layer 1", 1, decisions, "1 person", "–"),
        Layer("Layer 2", 9, 3, "9 people", "3 decisions"),
    ]  # noqa: RUF001
    picture = drawn(layers, label="Layers", left="People", right="Decisions")
    assert picture.count("<rect") == 4
    assert "3 decisions" in picture


def test_what_a_layer_of_one_or_two_decides_is_hidden_from_who_may_not_see_people() -> None:
    lead, owner = (Actor("person", "1", "", roles=frozenset({role})) for role in (TEAM_LEAD, PROCESS_OWNER))
    found = Centres([], {1: 1, 2: 2, 3: 30})
    assert hidden_layers(found, lead) == {1, 2}
    assert hidden_layers(found, owner) == frozenset()
