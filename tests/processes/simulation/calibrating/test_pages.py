"""The tab Simulation: begin, follow, cancel, read; who may."""

import json
from collections.abc import Iterator

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.calibrating.actions import (
    cancel_calibration,
    finish_calibration,
    start_calibration,
)
from kinflow.processes.simulation.calibrating.models import AlreadyRunning, Calibration
from kinflow.processes.simulation.calibrating.running import WORK
from kinflow.processes.simulation.calibrating.written import scenario_of, told_scenario
from kinflow.processes.studio.tabs import TABS
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.long_work.models import NotRunning
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from .logs import office_log

pytestmark = pytest.mark.django_db
ADDRESS = "/processes/office/simulation/"


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(office_log(4), key="office") as made:
        yield made


def done(process: Process) -> Calibration:
    return WORK.run(start_calibration(process=process, by=SYSTEM), stop=lambda: False)


def test_simulation_is_a_tab_of_every_process() -> None:
    assert "simulation" in [each.key for each in TABS]


def test_an_owner_has_a_process_calibrated_and_follows_it(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert "Not calibrated yet" in words_of(owner, ADDRESS)
    assert owner.post(ADDRESS).status_code == 302
    row = Calibration.objects.get(process=process)
    assert "<progress" in words_of(owner, ADDRESS)
    WORK.run(row, stop=lambda: False)
    words = words_of(owner, ADDRESS)
    assert "How long work takes" in words
    assert "When cases come" in words
    assert "Cid" in words
    assert {entry.name for entry in Entry.objects.filter(name__contains="calibration")} == {
        "processes.calibration_started",
        "processes.calibration_finished",
    }


def test_the_page_is_told_in_chinese_too(process: Process) -> None:
    done(process)
    owner = client_of("owner", PROCESS_OWNER)
    owner.cookies["django_language"] = "zh-hans"
    words = words_of(owner, ADDRESS)
    assert "处理需要多久" in words
    assert "How long work takes" not in words


def test_a_team_lead_reads_it_without_people_and_may_not_begin(process: Process) -> None:
    row = done(process)
    lead = client_of("lead", TEAM_LEAD)
    words = words_of(lead, ADDRESS)
    assert "How long work takes" in words
    assert "Cid" not in words
    assert "Calibrate again" not in words
    assert lead.post(ADDRESS).status_code == 403
    root = f"/api/v1/processes/{process.pk}/calibrations"
    assert "people" not in lead.get(root).json()[0]["facts"]
    assert lead.get(f"{root}/{row.pk}/scenario").status_code == 403


def test_who_sees_no_processes_sees_no_calibration(process: Process) -> None:
    done(process)
    other = client_of("other", REPRESENTATIVE)
    assert other.get(ADDRESS).status_code == 403
    assert other.post(ADDRESS).status_code == 403
    assert other.get(f"/api/v1/processes/{process.pk}/calibrations").status_code == 403


def test_what_is_kept_is_the_scenario_and_the_check(process: Process) -> None:
    row = done(process)
    assert row.state == "done"
    scenario = scenario_of(row.scenario)
    assert json.loads(json.dumps(told_scenario(scenario))) == row.scenario
    owner = client_of("owner", PROCESS_OWNER)
    answer = owner.get(f"/api/v1/processes/{process.pk}/calibrations/{row.pk}/scenario")
    people = {"Ann", "Bo", "Cid"} if row.facts["structure"]["people"] else set()
    assert {each["name"] for each in answer.json()["staff"]} == people
    assert {each["name"] for each in row.facts["people"]} == {"Ann", "Bo", "Cid"}


def test_a_calibration_that_is_cancelled_keeps_nothing(process: Process) -> None:
    row = start_calibration(process=process, by=SYSTEM)
    cancel_calibration(calibration=row, by=SYSTEM)
    assert WORK.run(row, stop=lambda: False).state == "cancelled"
    assert Calibration.objects.get(pk=row.pk).facts == {}
    with pytest.raises(NotRunning):
        cancel_calibration(calibration=row, by=SYSTEM)


def test_a_worker_that_is_told_to_stop_leaves_it_to_the_next(process: Process) -> None:
    row = start_calibration(process=process, by=SYSTEM)
    assert WORK.run(row, stop=lambda: True).state == "waiting"
    assert WORK.run(row, stop=lambda: False).state == "done"


def test_a_process_is_calibrated_once_at_a_time(process: Process) -> None:
    start_calibration(process=process, by=SYSTEM)
    with pytest.raises(AlreadyRunning):
        start_calibration(process=process, by=SYSTEM)


@pytest.mark.parametrize("steps", [[], ["abc"]])
def test_an_empty_log_or_one_case_is_told_to_be_too_little(steps: list[str]) -> None:
    with process_of(traces(*steps), key="few") as process:
        row = done(process)
        assert (row.state, row.fault) == ("failed", "too_little")
        words = words_of(client_of("owner", PROCESS_OWNER), "/processes/few/simulation/")
        assert "fewer than ten cases" in words


def test_what_changed_by_itself_is_told_in_words_with_its_figures(process: Process) -> None:
    row = done(process)
    reasons = ["cycle_time", "cycle_time_as_past", "open_cases_as_past", "unheard of"]
    distances = {"cycle_time": 73.0, "open_cases": 0.5}
    changed = {
        "verdict": "changed",
        "reasons": reasons,
        "distances": distances,
        "past": 120.0,
        "open_past": 0.6,
    }
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=row.scenario,
        facts=row.facts,
        holdout=row.holdout | changed,
        by=SYSTEM,
    )
    words = words_of(client_of("owner", PROCESS_OWNER), ADDRESS)
    assert "The process has changed" in words
    assert "as far off from the later ones (5.0 d) as the model (3.0 d)" in words
    assert "as far off from the later ones (60.0 %) as the model (50.0 %)" in words
    assert "how demand goes on, the model cannot know" in words
