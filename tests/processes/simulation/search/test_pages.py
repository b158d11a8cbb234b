"""Searches on screen and in the API: chosen, followed, stopped, gone on with, opened as a what-if; who may."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.search.actions import (
    StillRunning,
    resume_move_search,
    start_move_search,
    stop_move_search,
)
from kinflow.processes.simulation.search.models import MoveSearch
from kinflow.processes.simulation.search.rounds import points_of
from kinflow.processes.simulation.search.running import WORK
from kinflow.processes.simulation.search.space import offered, pay_of, ranges_of
from kinflow.processes.simulation.search.telling import found_in, point_told
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.moves import applied
from kinflow.processes.simulation.whatif.people_moves import FewerPeople
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.long_work.models import NotRunning
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from ..whatif.given import office
from ..whatif.test_pages import calibrate

pytestmark = pytest.mark.django_db
ADDRESS = "/processes/office/move-searches/"
MOVES = [{"move": "empower", "step": "step 1", "share": 80}, {"move": "automate", "step": "step 2"}]


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield made


def begun(process: Process, **more: Any) -> MoveSearch:
    given = {"moves": MOVES, "fewer": {"look": 1}, "plays": 80, **more}
    return start_move_search(process=process, **given, by=SYSTEM)


def test_what_is_found_is_what_enumeration_says_and_each_point_opens_as_a_what_if(process: Process) -> None:
    row = WORK.run(begun(process), stop=lambda: False)
    found = found_in(row)
    assert row.state == "done"
    assert len(found.points) == found.space.size == 8
    told = [point_told(each, found) for each in found.best]
    cheap = [each for each in told if any(move["move"] == "fewer_people" for move in each["moves"])]
    fast = [each for each in told if each not in cheap]
    assert cheap
    assert fast
    assert min(each["time"][0] for each in fast) < min(each["time"][0] for each in cheap)
    assert max(each["cost"] for each in cheap) < min(each["cost"] for each in fast)
    owner = client_of("owner", PROCESS_OWNER)
    words = words_of(owner, f"{ADDRESS}{row.pk}/")
    assert "What nothing beats" in words
    assert "1 person fewer" in words
    assert words.count("Everybody’s hours a month") > 2, "no rate is known: axis and tables count hours"
    assert "Everybody’s pay a month" not in words
    place = cheap[0]["place"]
    answer = owner.post(f"{ADDRESS}{row.pk}/points/{place}/")
    made = WhatIf.objects.get()
    assert answer.url == f"/processes/office/what-ifs/{made.pk}/"
    assert made.moves == cheap[0]["moves"]
    assert owner.post(f"{ADDRESS}{row.pk}/points/99/").status_code == 404


def test_a_search_that_is_broken_off_anywhere_ends_as_if_it_had_not_been(process: Process) -> None:
    whole = points_of(WORK.run(begun(process), stop=lambda: False))
    row, asked = begun(process), iter(range(10_000))
    while row.state == "waiting":
        row = WORK.run(row, stop=lambda: next(asked) % 23 == 22)
    assert points_of(row) == whole


def test_it_is_stopped_goes_on_and_can_be_given_more_plays(process: Process) -> None:
    row = begun(process)
    with pytest.raises(StillRunning):
        resume_move_search(movesearch=row, by=SYSTEM)
    stop_move_search(movesearch=row, by=SYSTEM)
    with pytest.raises(NotRunning):
        stop_move_search(movesearch=row, by=SYSTEM)
    assert WORK.run(row, stop=lambda: False).state == "cancelled"
    row = WORK.run(resume_move_search(movesearch=row, plays=40, by=SYSTEM), stop=lambda: False)
    few = sum(len(each.plays) for each in points_of(row))
    row = WORK.run(resume_move_search(movesearch=row, plays=80, by=SYSTEM), stop=lambda: False)
    assert row.state == "done"
    assert few <= 40 < sum(len(each.plays) for each in points_of(row)) <= 80
    names = set(Entry.objects.filter(name__contains="move_search").values_list("name", flat=True))
    assert names == {
        f"processes.move_search_{each}" for each in ("started", "stopped", "resumed", "finished")
    }


def test_what_costs_more_than_the_budget_is_not_played(process: Process) -> None:
    row = WORK.run(begun(process, most_cost=pay_of(office()) / 120), stop=lambda: False)
    assert not any(each.is_possible for each in points_of(row))
    assert "Nothing was played yet" in words_of(client_of("owner", PROCESS_OWNER), f"{ADDRESS}{row.pk}/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"moves": [], "fewer": {}},
        {"moves": [{"move": "eliminate", "step": "nowhere"}]},
        {"plays": 3},
        {"most_cost": -1.0},
        {"fewer": {"look": 99}},
        {"more": {"look": 1_000_000_000}},
        {"more": {"look": -1}},
    ],
)
def test_what_cannot_be_searched_is_refused(process: Process, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        begun(process, **wrong)


def test_an_owner_chooses_from_moves_that_fit(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    words = words_of(owner, ADDRESS)
    assert "Under a policy, 80 % of the cases" in words
    assert 'name="fewer:look"' in words
    assert owner.post(ADDRESS, {"plays": "few"}).status_code == 422
    assert owner.post(ADDRESS, {"moves": ["no move"], "plays": "40"}).status_code == 422
    chosen = [json.dumps(move) for move in MOVES]
    answer = owner.post(ADDRESS, {"moves": chosen, "more:look": "1", "plays": "40", "most_cost": ""})
    row = MoveSearch.objects.get()
    assert answer.url == f"{ADDRESS}{row.pk}/"
    assert (len(row.moves), row.people, row.most_cost) == (2, {"look": [0, 1]}, None)
    assert "<progress" in words_of(owner, answer.url)
    owner.cookies["django_language"] = "zh-hans"
    assert "正在尝试" in words_of(owner, answer.url)
    for move in offered(office()):
        applied(office(), [move])


def test_a_team_lead_reads_and_others_see_nothing(process: Process) -> None:
    row = WORK.run(begun(process), stop=lambda: False)
    lead, other = client_of("lead", TEAM_LEAD), client_of("other", REPRESENTATIVE)
    words = words_of(lead, f"{ADDRESS}{row.pk}/")
    assert "Open as a what-if" not in words
    posts = [ADDRESS, *(f"{ADDRESS}{row.pk}/{act}/" for act in ("cancel", "resume", "remove", "points/0"))]
    assert [lead.post(each, {"plays": "40"}).status_code for each in posts] == [403] * len(posts)
    assert {other.get(each).status_code for each in (ADDRESS, f"{ADDRESS}{row.pk}/")} == {403}
    root = f"/api/v1/processes/{process.pk}/move-searches"
    assert [lead.get(each).status_code for each in (root, f"{root}/{row.pk}")] == [200, 200]
    assert [other.get(each).status_code for each in (root, f"{root}/{row.pk}")] == [403, 403]
    given = {"moves": MOVES}
    assert lead.post(root, given, content_type="application/json").status_code == 403
    assert lead.delete(f"{root}/{row.pk}").status_code == 403
    acts = [lead.post(f"{root}/{row.pk}/{act}", {}, "application/json") for act in ("cancel", "resume")]
    assert [answer.status_code for answer in acts] == [403, 403]
    assert MoveSearch.objects.count() == 1
    assert not WhatIf.objects.exists()


def test_the_api_begins_stops_goes_on_and_removes(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    root = f"/api/v1/processes/{process.pk}/move-searches"
    made = owner.post(root, {"moves": MOVES, "plays": 40}, content_type="application/json")
    assert (made.status_code, made.json()["state"], made.json()["percent"]) == (201, "waiting", 0)
    one = f"{root}/{made.json()['id']}"
    assert owner.post(f"{one}/cancel", content_type="application/json").json()["state"] == "cancelled"
    assert owner.post(f"{one}/resume", {}, content_type="application/json").json()["state"] == "waiting"
    WORK.run(MoveSearch.objects.get(), stop=lambda: False)
    found = owner.get(one).json()
    assert found["tried"] == 4
    assert all(low <= mean <= high for mean, low, high in (each["time"] for each in found["best"]))
    assert owner.delete(one).status_code == 204
    assert owner.get(root).json() == []


def test_pay_is_of_hours_that_people_are_there() -> None:
    month = 40 * 365.25 / 12 / 7
    assert pay_of(office()) == pytest.approx(month * (30 + 30 + 60))
    assert pay_of(applied(office(), [FewerPeople("look", 1)])) == pytest.approx(month * 90)
    assert ranges_of(office(), {"look": 5, "approve": 3}, {"approve": 2}) == {
        "approve": (0, 1, 2),
        "look": (-1, 0),
    }
    with pytest.raises(Invalid):
        applied(office(), [FewerPeople("approve", 1)])
