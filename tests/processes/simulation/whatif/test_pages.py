"""What-ifs on screen and in the API: chosen, played, followed, cancelled, removed; who may."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.models import Calibration
from kinflow.processes.simulation.calibrating.written import told_scenario
from kinflow.processes.simulation.whatif.actions import cancel_what_if, remove_what_if, start_what_if
from kinflow.processes.simulation.whatif.models import NotCalibrated, WhatIf
from kinflow.processes.simulation.whatif.running import WORK
from kinflow.processes.simulation.works.paying import paid, pay_now
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.long_work.models import NotRunning
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from .given import office

pytestmark = pytest.mark.django_db
ADDRESS = "/processes/office/what-ifs/"
EMPOWER = {"move": "empower", "step": "step 1", "share": 80}


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        yield made


def calibrate(process: Process, verdict: str = "good") -> Calibration:
    facts = {"cases": 50, "people": [{"name": "Ann"}], "kinds": {"attribute": "size"}}
    return finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=told_scenario(office(weeks=1)),
        facts=facts,
        holdout={"verdict": verdict, "reasons": []},
        by=SYSTEM,
    )


def done(process: Process, **moves: Any) -> WhatIf:
    row = start_what_if(process=process, moves=[moves or EMPOWER], times=2, by=SYSTEM)
    WORK.run(row, stop=lambda: False)
    return WhatIf.objects.get(pk=row.pk)


def test_an_owner_chooses_moves_and_has_them_played(process: Process) -> None:
    calibrate(process)
    owner = client_of("owner", PROCESS_OWNER)
    picked = owner.post(f"{ADDRESS}new/", {"move": "empower", "moves": "[]"}).content.decode()
    assert 'name="share"' in picked
    assert '<option value="step 1">approve</option>' in picked
    added = owner.post(f"{ADDRESS}new/", {"do": "add", "moves": "[]", **EMPOWER})
    assert "80 % of the cases need no “approve”" in added.content.decode()
    begun = owner.post(f"{ADDRESS}new/", {"do": "start", "moves": json.dumps([EMPOWER]), "times": "6"})
    row = WhatIf.objects.get(process=process)
    assert begun.url == f"{ADDRESS}{row.pk}/"
    assert "<progress" in words_of(owner, begun.url)
    WORK.run(row, stop=lambda: False)
    words = words_of(owner, begun.url)
    assert "Cycle time, median" in words
    assert "less time on average" in words
    assert "Flexibility" in words
    assert "/processes/office/sensitivity/?moves=" in owner.get(begun.url).content.decode()
    assert "Cid" in words
    assert {entry.name for entry in Entry.objects.filter(name__contains="what_if")} == {
        "processes.what_if_started",
        "processes.what_if_finished",
    }


def test_a_link_chooses_a_move_and_what_it_is_asked_for(process: Process) -> None:
    calibrate(process)
    owner = client_of("owner", PROCESS_OWNER)
    chosen = owner.get(f"{ADDRESS}new/", {**EMPOWER, "share": "64"}).content.decode()
    assert '<option value="step 1" selected>approve</option>' in chosen
    assert 'name="share" value="64"' in chosen
    assert owner.get(f"{ADDRESS}new/", {**EMPOWER, "step": "<no>", "share": "x"}).status_code == 200


def test_what_does_not_fit_is_told_and_not_added(process: Process) -> None:
    calibrate(process)
    owner = client_of("owner", PROCESS_OWNER)
    answer = owner.post(f"{ADDRESS}new/", {"do": "add", "moves": "[]", **EMPOWER, "share": "400"})
    assert answer.status_code == 422
    assert "Give a number from 1 to 99" in answer.content.decode()
    for moves in (
        "[]",
        "not json",
        '[{"move": "no such move"}]',
        '[{"move": "eliminate", "step": "step 9"}]',
    ):
        assert owner.post(f"{ADDRESS}new/", {"do": "start", "moves": moves}).status_code == 422
    assert not WhatIf.objects.exists()


def test_moves_are_taken_out_again(process: Process) -> None:
    calibrate(process)
    moves = json.dumps([EMPOWER, {"move": "add_people", "role": "look", "count": 2}])
    words = client_of("owner", PROCESS_OWNER).post(f"{ADDRESS}new/", {"do": "drop:0", "moves": moves})
    assert "2 more people" in words.content.decode()
    assert "need no “approve”" not in words.content.decode()


def test_a_process_that_is_not_calibrated_has_nothing_to_change(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert "It needs a calibration first" in words_of(owner, ADDRESS)
    assert owner.get(f"{ADDRESS}new/").url == "/processes/office/simulation/"
    with pytest.raises(NotCalibrated):
        start_what_if(process=process, moves=[EMPOWER], by=SYSTEM)
    calibrate(process)
    for times in (1, 500):
        with pytest.raises(Invalid):
            start_what_if(process=process, moves=[EMPOWER], times=times, by=SYSTEM)


def test_a_bad_model_is_warned_of(process: Process) -> None:
    calibrate(process, "bad")
    row = done(process)
    assert "do not trust these figures" in words_of(client_of("owner", PROCESS_OWNER), f"{ADDRESS}{row.pk}/")


def test_of_a_process_that_changed_both_sides_are_to_be_compared(process: Process) -> None:
    calibrate(process, "changed")
    row = done(process)
    words = words_of(client_of("owner", PROCESS_OWNER), f"{ADDRESS}{row.pk}/")
    assert "compare before and after, and do not take the figures for a forecast" in words
    assert "do not trust these figures" not in words


def test_the_page_is_told_in_chinese_too(process: Process) -> None:
    calibrate(process)
    row = done(process)
    owner = client_of("owner", PROCESS_OWNER)
    owner.cookies["django_language"] = "zh-hans"
    words = words_of(owner, f"{ADDRESS}{row.pk}/")
    assert "灵活性" in words
    assert "Before and after" not in words


def test_a_team_lead_reads_it_without_people_and_may_do_nothing(process: Process) -> None:
    calibrate(process)
    row = done(process)
    lead = client_of("lead", TEAM_LEAD)
    words = words_of(lead, f"{ADDRESS}{row.pk}/")
    assert "Cycle time, median" in words
    assert "Cid" not in words
    assert "remove/" not in words
    assert lead.post(f"{ADDRESS}new/", {"do": "start", "moves": json.dumps([EMPOWER])}).status_code == 403
    for act in ("cancel", "remove"):
        assert lead.post(f"{ADDRESS}{row.pk}/{act}/").status_code == 403
    root = f"/api/v1/processes/{process.pk}/what-ifs"
    assert "utilisation" not in lead.get(f"{root}/{row.pk}").json()["figures"]
    assert lead.post(root, {"moves": [EMPOWER]}, content_type="application/json").status_code == 403
    assert lead.delete(f"{root}/{row.pk}").status_code == 403


def test_who_sees_no_processes_sees_no_what_ifs(process: Process) -> None:
    calibrate(process)
    row = done(process)
    other = client_of("other", REPRESENTATIVE)
    for address in (ADDRESS, f"{ADDRESS}new/", f"{ADDRESS}{row.pk}/"):
        assert other.get(address).status_code == 403
    assert other.post(f"{ADDRESS}try/one_outcome:b/", {"move": "eliminate"}).status_code == 403
    root = f"/api/v1/processes/{process.pk}/what-ifs"
    assert [other.get(each).status_code for each in (root, f"{root}/{row.pk}")] == [403, 403]


def test_the_api_begins_reads_cancels_and_removes(process: Process) -> None:
    calibrate(process)
    owner = client_of("owner", PROCESS_OWNER)
    root = f"/api/v1/processes/{process.pk}/what-ifs"
    made = owner.post(root, {"moves": [EMPOWER], "times": 2}, content_type="application/json")
    assert (made.status_code, made.json()["state"], made.json()["verdict"]) == (201, "waiting", "good")
    one = f"{root}/{made.json()['id']}"
    assert owner.post(f"{one}/cancel", content_type="application/json").json()["state"] == "cancelled"
    assert owner.post(f"{one}/cancel", content_type="application/json").status_code == 409
    assert [each["words"] for each in owner.get(root).json()] == [made.json()["words"]]
    assert owner.delete(one).status_code == 204
    assert owner.get(one).status_code == 404


def test_what_is_cancelled_removed_or_stopped_keeps_no_figures(process: Process) -> None:
    calibrate(process)
    row = start_what_if(process=process, moves=[EMPOWER], times=2, by=SYSTEM)
    WORK.run(row, stop=lambda: True)
    assert WhatIf.objects.get(pk=row.pk).state == "waiting"
    cancel_what_if(whatif=row, by=SYSTEM)
    WORK.run(row, stop=lambda: False)
    assert WhatIf.objects.get(pk=row.pk).figures == {}
    with pytest.raises(NotRunning):
        cancel_what_if(whatif=row, by=SYSTEM)
    remove_what_if(whatif=row, by=SYSTEM)
    WORK.run(row, stop=lambda: False)


def test_an_hour_of_people_costs_what_the_process_says() -> None:
    free = paid(office(), pay_now(Process(rates={}), office()))
    assert {each.cost for each in free.staff} == {0.0}
    dear = paid(office(), pay_now(Process(rates={"currency": "CNY", "usual": 90.0}), office()))
    assert {each.cost for each in dear.staff} == {90.0}


def test_expected_satisfaction_is_told_by_the_coefficients_that_are_given(process: Process) -> None:
    calibrate(process)
    row = done(process)
    owner = client_of("owner", PROCESS_OWNER)
    usual = owner.get(f"{ADDRESS}{row.pk}/").content.decode()
    assert "This is a stated model, not a measurement" in usual
    sure = owner.get(f"{ADDRESS}{row.pk}/?base=10&doubling=0&handover=0&again=0").content.decode()
    assert "content in 100" in " ".join(sure.split()) or "&gt; 99.9 %" in sure
    assert "lies outside its limits" in owner.get(f"{ADDRESS}{row.pk}/?base=99").content.decode()
    api = f"/api/v1/processes/{process.pk}/what-ifs/{row.pk}"
    [told] = owner.get(f"{api}/satisfaction?base=0&doubling=0&handover=0&again=0").json()
    assert told["before"] == [0.5, 0.5, 0.5]
    assert "satisfaction" not in owner.get(api).json()["figures"]
    assert owner.get(f"{api}/satisfaction?base=99").status_code == 422
