"""Which inputs of a model matter: each changed alone; asked, followed, read; who may."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.refusing import check_scenario
from kinflow.processes.simulation.scenario import HOUR, MINUTE, Arrivals, Staff, Times
from kinflow.processes.simulation.sensitivity.actions import cancel_sensitivity, start_sensitivity
from kinflow.processes.simulation.sensitivity.inputs import both_sides, inputs_of, people_changed
from kinflow.processes.simulation.sensitivity.models import Sensitivity
from kinflow.processes.simulation.sensitivity.running import WORK, Swings
from kinflow.processes.simulation.sensitivity.telling import tornados_of
from kinflow.processes.simulation.whatif.graphs import step_of
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.long_work.models import NotRunning
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from .whatif.given import office
from .whatif.test_pages import EMPOWER, calibrate

ADDRESS = "/processes/office/sensitivity/"


def changed(kind: str, key: str, share: float):
    return next(
        scenario
        for each, side, scenario in both_sides(office(), abs(share))
        if each.kind == kind and key in ("", *each.keys) and side == share
    )


def test_each_input_changes_alone_and_stays_playable() -> None:
    scenario = office()
    assert [each.kind for each in inputs_of(scenario)].count("work") == 3
    for each, _side, made in both_sides(scenario, 0.2):
        if made is None:
            assert each.keys == ("approve",)
            continue
        check_scenario(made)
        assert made != scenario
    longer = changed("work", "step 0", 0.2)
    assert step_of(longer, "step 0").times.mean == pytest.approx(24 * MINUTE)
    assert step_of(longer, "step 1") == step_of(scenario, "step 1")
    assert step_of(changed("wait", "step 1", -0.1), "wait 0 1").times.mean == pytest.approx(2.7 * HOUR)
    assert changed("arrivals", "", 0.2).arrivals.hourly[9] == pytest.approx(1.2)


def test_cases_come_more_often_however_it_is_said() -> None:
    by_times = replace(office(), arrivals=Arrivals(times=Times("exponential", HOUR)))
    assert inputs_of(by_times)[0].changed(by_times, 0.25).arrivals.times.mean == pytest.approx(0.8 * HOUR)
    at_moments = replace(office(), arrivals=Arrivals(moments=(0, 1000)))
    assert inputs_of(at_moments)[0].changed(at_moments, 0.25).arrivals.moments == (0, 800)


def test_a_way_gets_its_share_and_the_others_keep_their_proportions() -> None:
    made = changed("way", "step 2", 0.2)
    ways = {flow.target: flow.chances[0][0] for flow in made.flows if flow.source == "after 0"}
    total = sum(ways.values())
    assert ways["step 2"] / total == pytest.approx(0.2 * 1.2)
    assert ways["step 0"] / ways["wait 0 1"] == pytest.approx(0.1 / 0.7)


def test_at_least_one_person_comes_or_goes() -> None:
    crowd = replace(office(), staff=tuple(Staff(f"P{n}", {"look": 1.0}) for n in range(20)))
    assert [people_changed(crowd, "look", share) for share in (-0.2, 0.1, 0.01)] == [-4, 2, 1]


def test_what_must_make_it_longer_does_and_the_strongest_comes_first() -> None:
    swings = Swings(office(weeks=2), 0.2, 4)
    found = swings.figures([swings.play(number) for number in range(swings.plays)])
    by_key = {(each["kind"], *each["keys"]): each["sides"] for each in found["inputs"]}
    less, more = by_key["wait", "step 1"]
    assert less["time"][0] < 0 < more["time"][0]
    assert by_key["work", "step 0"][1]["cost"][1] > 0
    assert by_key["people", "approve"][0] is None
    strength = [max(abs(side["time"][0]) for side in each["sides"] if side) for each in found["inputs"]]
    assert strength == sorted(strength, reverse=True)


@pytest.fixture
def process(db: None) -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield made


def test_an_owner_asks_and_reads_both_pictures(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert "What moves the figures most" in words_of(owner, "/processes/office/sensitivity/")
    assert owner.post(ADDRESS, {"percent": "15", "times": "2"}).status_code == 422
    assert owner.post(ADDRESS, {"percent": "10", "times": "2", "moves": "nonsense"}).status_code == 422
    answer = owner.post(ADDRESS, {"percent": "10", "times": "2"})
    row = Sensitivity.objects.get()
    assert "<progress" in words_of(owner, answer.url)
    assert WORK.run(row, stop=lambda: True).state == "waiting"
    row = WORK.run(row, stop=lambda: False)
    words = words_of(owner, answer.url)
    for told in ("Mean cycle time", "How many cases come", "Work time of “look”", "People for “approve”"):
        assert told in words
    assert "How often “look” is followed by “answer”" in words
    time, work = tornados_of(row)
    assert (time["key"], work["key"]) == ("time", "work")
    for picture in time["pictures"]:
        ends = [float(side["x"]) + float(side["width"]) for bar in picture["bars"] for side in bar["sides"]]
        assert 0 < max(ends) <= picture["right"] < picture["width"]
    owner.cookies["django_language"] = "zh-hans"
    assert "案例到达量" in words_of(owner, answer.url)
    assert set(Entry.objects.filter(name__contains="sensitivity").values_list("name", flat=True)) == {
        "processes.sensitivity_started",
        "processes.sensitivity_finished",
    }


def test_moves_of_a_what_if_are_made_first_and_must_fit(process: Process) -> None:
    row = start_sensitivity(process=process, moves=[EMPOWER], times=2, by=SYSTEM)
    row = WORK.run(row, stop=lambda: False)
    assert row.state == "done"
    with pytest.raises(Invalid):
        start_sensitivity(process=process, moves=[{"move": "eliminate", "step": "nowhere"}], by=SYSTEM)
    with pytest.raises(Invalid):
        start_sensitivity(process=process, times=1, by=SYSTEM)


def test_a_team_lead_reads_and_others_see_nothing(process: Process) -> None:
    row = start_sensitivity(process=process, times=2, by=SYSTEM)
    lead, other = client_of("lead", TEAM_LEAD), client_of("other", REPRESENTATIVE)
    one, root = f"{ADDRESS}{row.pk}/", f"/api/v1/processes/{process.pk}/sensitivities"
    assert [lead.get(each).status_code for each in (ADDRESS, one, root, f"{root}/{row.pk}")] == [200] * 4
    assert [other.get(each).status_code for each in (ADDRESS, one, root, f"{root}/{row.pk}")] == [403] * 4
    given = {"percent": "10", "times": "2"}
    assert [lead.post(each, given).status_code for each in (ADDRESS, f"{one}cancel/")] == [403] * 2
    assert lead.post(root, {}, content_type="application/json").status_code == 403
    cancel_sensitivity(sensitivity=row, by=SYSTEM)
    with pytest.raises(NotRunning):
        cancel_sensitivity(sensitivity=row, by=SYSTEM)


def test_the_api_asks_and_cancels(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    root = f"/api/v1/processes/{process.pk}/sensitivities"
    made = owner.post(root, {"percent": 10, "times": 2}, content_type="application/json")
    assert (made.status_code, made.json()["change"], made.json()["percent"]) == (201, 10, 0)
    one = f"{root}/{made.json()['id']}"
    assert owner.post(f"{one}/cancel", content_type="application/json").json()["state"] == "cancelled"
    assert [each["id"] for each in owner.get(root).json()] == [made.json()["id"]]
