"""Watching a play: its page and its moves over the API; who may."""

from collections.abc import Iterator

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.calibrating.actions import start_calibration
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests.processes.given import traces
from tests.processes.simulation.whatif.test_pages import calibrate, done
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db
ADDRESS = "/processes/office/simulation/animation/"


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        yield made


def api(process: Process, what: str) -> str:
    return f"/api/v1/processes/{process.pk}/{what}/animation"


def test_a_team_lead_watches_a_play_and_sees_nobodys_name(process: Process) -> None:
    row = calibrate(process)
    lead = client_of("lead", TEAM_LEAD)
    page = lead.get(ADDRESS).content.decode()
    assert f'data-moves="{api(process, f"calibrations/{row.pk}")}"' in page
    assert "Open cases in all" in page
    found = lead.get(api(process, f"calibrations/{row.pk}"))
    assert "Cid" not in page + found.content.decode()
    assert [each["label"] for each in found.json()["steps"]] == ["look", "approve", "answer"]
    assert len(found.json()["sides"][0]["moves"]) > 20


def test_a_what_if_shows_both_sides_over_the_same_time(process: Process) -> None:
    calibrate(process)
    row = done(process, move="eliminate", step="step 1")
    owner = client_of("owner", PROCESS_OWNER)
    page = words_of(owner, f"/processes/office/what-ifs/{row.pk}/animation/")
    assert "Before the moves: Cases that wait" in page
    assert "After the moves: Cases that wait" in page
    before, after = owner.get(api(process, f"what-ifs/{row.pk}")).json()["sides"]
    assert (before["name"], after["name"]) == ("Before the moves", "After the moves")
    assert len(after["moves"]) < len(before["moves"])


def test_it_is_told_in_chinese_too(process: Process) -> None:
    calibrate(process)
    owner = client_of("owner", PROCESS_OWNER)
    owner.cookies["django_language"] = "zh-hans"
    words = words_of(owner, ADDRESS)
    assert "等待中的案例" in words
    assert "Simulated time" not in words


def test_what_is_not_there_yet_leads_to_where_it_is_made(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert owner.get(ADDRESS).url == "/processes/office/simulation/"
    row = start_calibration(process=process, by=SYSTEM)
    assert owner.get(ADDRESS).url == "/processes/office/simulation/"
    assert owner.get(api(process, f"calibrations/{row.pk}")).status_code == 404


def test_who_sees_no_processes_watches_none(process: Process) -> None:
    calibration = calibrate(process)
    row = done(process)
    other = client_of("other", REPRESENTATIVE)
    for address in (ADDRESS, f"/processes/office/what-ifs/{row.pk}/animation/"):
        assert other.get(address).status_code == 403
    for what in (f"calibrations/{calibration.pk}", f"what-ifs/{row.pk}"):
        assert other.get(api(process, what)).status_code == 403
