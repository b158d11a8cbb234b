"""Moves of the organisation: what they do to the chart, to the process, and to the figures of the structure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.scenario import Scenario, Staff
from kinflow.processes.simulation.whatif.comparing import Pair
from kinflow.processes.simulation.whatif.graphs import step_of
from kinflow.processes.simulation.whatif.kinds import Move
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.moves import applied, move_of
from kinflow.processes.simulation.whatif.organising import telling
from kinflow.processes.simulation.whatif.organising.figures import handed_in, passed_on, structure_of
from kinflow.processes.simulation.whatif.organising.moves import reorganised
from kinflow.processes.simulation.whatif.organising.papers import flatter, joined, teamed
from kinflow.processes.structure.hierarchy import has_line, layers_of, people_here, spans_of
from kinflow.processes.structure.paper import Paper
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE
from tests.processes.given import traces
from tests.processes.structure.given import (
    ANN,
    BO,
    COMPANY,
    CY,
    DESK,
    DI,
    EAST,
    ED,
    SALES,
    SELLER_LEAD,
    SERVICE,
    paper,
)
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from .given import STAFF, office
from .test_pages import ADDRESS, calibrate, done

TEAM = {"move": "case_team", "roles": ["look", "approve"]}


def staffed() -> Scenario:
    """The office with people of the chart: Bo and Cy look, Di approves."""
    named = zip((BO, CY, DI), STAFF, strict=True)
    return replace(office(), staff=tuple(replace(each, name=str(pk)) for pk, each in named))


def layers(chart: Paper) -> int:
    return max(layers_of(chart.boss, people_here(chart)).values())


def after(*moves: dict[str, object]) -> Paper:
    return reorganised(paper(), staffed(), [move_of(each) for each in moves])


def unit_of(chart: Paper, pk: int) -> str:
    return chart.units[chart.people[pk].unit].name


def test_a_case_team_is_a_unit_under_the_lead_that_its_people_have_in_common() -> None:
    chart = after(TEAM)
    team = chart.people[BO].unit
    assert {pk for pk, each in chart.people.items() if each.unit == team} == {BO, CY, DI}
    assert chart.units[team].parent == COMPANY
    assert chart.boss[BO] == chart.boss[DI] == paper().units[COMPANY].lead
    scenario = applied(staffed(), [move_of(TEAM)])
    assert all(set(each.skills) == {"look", "approve"} for each in scenario.staff)
    assert chart.people[ED].unit == DESK


def test_who_leads_a_unit_stays_its_lead() -> None:
    chart = teamed(paper(), {ANN, BO}, "Team")
    assert chart.people[ANN].unit == EAST
    assert chart.boss[BO] == ANN
    assert teamed(paper(), (), "Team") == paper()


def test_two_units_become_one_with_all_that_lies_below() -> None:
    chart = joined(paper(), SALES, SERVICE, "Both")
    assert chart.units[DESK].way == (COMPANY, SALES, DESK)
    assert chart.units[SERVICE].is_closed
    assert SERVICE not in chart.order
    assert chart.boss[DI] == SELLER_LEAD
    assert has_line(chart, EAST, DESK)
    assert joined(paper(), SALES, EAST, "Both") == paper()


def test_delays_between_joined_units_get_shorter_and_others_stay() -> None:
    move = {"move": "merge_units", "role": "look", "other": "approve", "share": 50}
    scenario = applied(staffed(), [move_of(move)])
    for key in ("wait 0 1", "wait 1 2"):
        assert step_of(scenario, key).times.mean == step_of(staffed(), key).times.mean / 2
    assert step_of(scenario, "step 1") == step_of(staffed(), "step 1")
    chart = after(move)
    assert unit_of(chart, BO) == unit_of(chart, DI) == "East + Desk"


def test_a_roles_people_become_a_unit_beside_theirs() -> None:
    chart = after({"move": "split_unit", "role": "approve"})
    assert chart.units[chart.people[DI].unit].parent == SERVICE
    assert chart.people[DI].unit != DESK


def test_without_leads_of_few_there_are_fewer_layers_and_nobody_is_lost() -> None:
    chart = flatter(paper(), 2)
    assert layers(chart) < layers(paper())
    assert people_here(chart).keys() == people_here(paper()).keys()
    assert set(chart.boss) == set(paper().boss)
    assert min(spans_of(chart).values()) >= 2
    assert flatter(paper(), 1).boss == paper().boss


def test_who_leads_a_unit_by_name_only_leads_it_no_more_either() -> None:
    before = paper()
    boss = before.boss
    lead, unit = next((u.lead, pk) for pk, u in before.units.items() if u.lead in boss)
    people = {
        pk: replace(person, told=boss[lead]) if boss.get(pk) == lead else person
        for pk, person in before.people.items()
    }
    bare = Paper(before.units, people)
    assert lead not in spans_of(bare)
    assert flatter(bare, 2).units[unit].lead is None


def test_another_role_decides() -> None:
    move = {"move": "move_decision", "step": "step 1", "role": "look"}
    assert step_of(applied(staffed(), [move_of(move)]), "step 1").role == "look"
    with pytest.raises(Invalid):
        applied(staffed(), [move_of(move | {"role": "approve"})])


def test_hand_offs_and_decisions_are_counted_by_the_lines_they_cross() -> None:
    def column(*values: int) -> np.ndarray:
        return np.array(values, np.int64)

    scenario = staffed()
    look, approve = (
        next(k for k, s in enumerate(scenario.steps) if s.id == each) for each in ("step 0", "step 1")
    )
    case, who = column(0, 0, 0, 1), column(0, 1, 2, 0)
    played = Played(
        case, column(look, look, approve, look), who, *[column(0, 1, 2, 3)] * 4, column(1, 1, 1, 1),
        column(0, 0, 0, 0), column(0, 0), column(0, 0), column(9, 9), np.zeros(2, bool), column(2, 0), 10,
    )  # fmt: skip
    found = structure_of(
        paper(), [handed_in(paper(), scenario, passed_on(scenario, played), {"approve"})] * 2
    )
    assert found.handovers == 1.0
    bo_to_cy, cy_to_di = 3, 4
    assert found.lines == (bo_to_cy + cy_to_di) / 2
    assert found.decision_lines == cy_to_di
    assert (found.people, found.layers) == (8, 4)
    nobody = replace(scenario, staff=(*(Staff("x", each.skills) for each in scenario.staff),))
    assert (
        structure_of(paper(), [handed_in(paper(), nobody, passed_on(nobody, played), {"approve"})]).lines
        is None
    )


def test_figures_that_come_of_plays_have_intervals_and_those_of_the_chart_none() -> None:
    told = {"people": 8, "units": 5, "layers": 4, "managers": 3, "span": 2.0, "lines": 3.0}
    told |= {"handovers": 1.0, "decision_lines": None}
    intervals = {"before": [1.0, 0.9, 1.1], "after": [0.5, 0.4, 0.6], "difference": [-0.5, -0.6, -0.4]}
    unknown = dict.fromkeys(intervals, [None, None, None])
    row = WhatIf(
        figures={
            "structure": [told, told],
            "structure_intervals": {"handovers": intervals, "decision_lines": unknown},
        }
    )
    rows = {each["label"]: each for each in telling.structure_rows(row)}
    assert rows["Hand-offs between units in a case"]["difference"] == {
        "mean": "−0.50",
        "between": "−0.60 to −0.40",
    }
    assert rows["Layers"]["before"] == {"mean": "4"}
    assert "difference" not in rows["Layers"]
    assert rows["Lines of the chart between the work and its decision"]["after"] == {"mean": "cannot be told"}


def structures(row: WhatIf, moves: Sequence[Move]) -> dict[str, Any]:
    """The structure of the office before and after some moves, played as often as the what-if says."""
    sides = staffed(), applied(staffed(), moves)
    pair = Pair(*sides, moves)
    plays = [json.loads(json.dumps(pair.play(number))) for number in range(2 * row.times)]
    return telling.structures(row, *sides, moves, plays)


def test_hand_offs_of_both_sides_come_of_plays_with_the_same_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "paper_for", lambda by: paper())
    monkeypatch.setattr(telling, "_decisions", lambda row: {"approve"})
    row = WhatIf(process=Process(case_kind="order"), times=4)
    moves = [move_of(TEAM)]
    found = structures(row, moves)
    mean, low, high = found["structure_intervals"]["handovers"]["before"]
    assert low <= mean <= high
    assert found["structure"][0]["handovers"] == pytest.approx(mean)
    assert found["structure_intervals"]["handovers"]["difference"][2] < 0, "a case team hands on less"
    unchanged = structures(row, [])
    assert set(unchanged["structure_intervals"]["lines"]["difference"]) <= {0.0, None}
    assert json.dumps(found, allow_nan=False)


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        yield made


@pytest.mark.django_db
def test_the_page_of_the_structure_is_for_who_sees_processes(process: Process) -> None:
    calibrate(process)
    row = done(process, **TEAM)
    owner = client_of("owner", PROCESS_OWNER)
    assert "/structure/" in owner.get(f"{ADDRESS}{row.pk}/").content.decode()
    words = words_of(owner, f"{ADDRESS}{row.pk}/structure/")
    assert "A case team of “look”, “approve”" in words
    assert "another system’s" in words
    stranger = client_of("rep", REPRESENTATIVE)
    assert stranger.get(f"{ADDRESS}{row.pk}/structure/").status_code in (403, 404)
