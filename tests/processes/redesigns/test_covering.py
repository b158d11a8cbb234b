"""A promise counts with the share of records that a policy covers, not with the one that was played."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from kinflow.eventlog import SYSTEM
from kinflow.processes.benefits.milestones import ALL_TRANSACTIONS
from kinflow.processes.columns import EventColumns
from kinflow.processes.definitions.extracting import extract
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.definitions.steps import steps_of
from kinflow.processes.redesigns import covering
from kinflow.processes.redesigns.actions import make_design
from kinflow.processes.redesigns.covering import held_to
from kinflow.processes.redesigns.models import Redesign
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.written import told_scenario
from kinflow.processes.simulation.scenario import Scenario
from kinflow.processes.simulation.whatif.actions import finish_what_if, start_what_if
from kinflow.records.access import PROCESS_OWNER
from tests.factories import lead
from tests.processes.execution.given import by_of, owner
from tests.processes.simulation.whatif.given import office
from tests.processes.studio.test_pages import client_of, words_of

from .test_redesigns import EMPOWER, FIGURES, MORE, STEPS, in_operation

CAPTURED = "sales.lead_captured"
FAIRS = {"field": "source", "op": "is", "value": "fair"}
PROMISE = [{"figure": "step_hours", "value": -30.0, "low": -36.0, "high": -24.0}]


@pytest.fixture
def leads() -> Process:
    """The process of leads."""
    add_shipped_processes(by=SYSTEM)
    return Process.objects.get(key="lead")


def captured() -> Scenario:
    """The office, whose approval is the capturing of leads."""
    made = office(weeks=1)
    steps = (replace(each, name=CAPTURED) if each.id == "step 1" else each for each in made.steps)
    return replace(made, steps=tuple(steps))


def redesigned(leads: Process, *moves: dict[str, Any], condition: Any) -> Redesign:
    finish_calibration(
        calibration=start_calibration(process=leads, by=SYSTEM),
        scenario=told_scenario(captured()),
        facts={"cases": 50, "people": [{"name": "Ann"}], "kinds": {"attribute": "size"}},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    row = start_what_if(process=leads, moves=list(moves), times=2, by=SYSTEM)
    row = finish_what_if(whatif=row, figures=FIGURES, by=SYSTEM)
    policies = {0: condition} if condition else {}
    return make_design(
        whatif=row, design=in_operation(me := owner()), steps=STEPS, policies=policies, by=by_of(me)
    )


@pytest.fixture(autouse=True)
def what_is_being_written_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is read up to now, and not only as far as it is sure that nobody writes before it."""

    def read(process: Process) -> EventColumns:
        return extract(process.case_kind, steps_of(process.steps), ALL_TRANSACTIONS)

    monkeypatch.setattr(covering, "columns_by_id", read)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of four leads are of a fair; four are enough."""
    monkeypatch.setattr(covering, "LEAST", 4)
    for source in ("fair", "fair", "fair", "web"):
        lead(source=source)


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_the_promise_is_that_of_the_records_that_the_policy_covers(leads: Process) -> None:
    found = redesigned(leads, EMPOWER, condition=FAIRS)
    assert found.moves[0]["covers"] == {"share": 0.75, "records": 4, "played": 0.8}
    step, record = found.promise
    assert (step["value"], record["value"]) == (
        pytest.approx(-30 * 0.75 / 0.8),
        pytest.approx(-24 * 0.75 / 0.8),
    )
    assert step["low"] < -40 * 0.75 / 0.8
    page = words_of(client_of("owner", PROCESS_OWNER), f"/process-design/{found.design_id}/")
    assert "holds for 75 % of the last 4 records" in page
    assert "80 % were played" in page
    with translation.override("zh-hans"):
        assert "75 %" in covering.covers_words(found.moves[0]["covers"])


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("moves", [(EMPOWER,), (EMPOWER, MORE)])
def test_without_a_condition_or_with_other_moves_it_is_what_was_played(leads: Process, moves: Any) -> None:
    found = redesigned(leads, *moves, condition=FAIRS if len(moves) > 1 else None)
    assert "covers" not in found.moves[0]
    assert found.promise[0]["value"] == -30.0


@pytest.mark.django_db
def test_too_few_records_tell_no_share(leads: Process) -> None:
    for source in ("fair", "web"):
        lead(source=source)
    assert redesigned(leads, EMPOWER, condition=FAIRS).promise[0]["value"] == -30.0


def test_the_interval_holds_that_of_the_share_too():
    [same] = held_to(PROMISE, {"share": 0.8, "records": 1_000_000, "played": 0.8})
    assert (same["low"], same["value"], same["high"]) == pytest.approx((-36, -30, -24), abs=0.1)
    [half] = held_to(PROMISE, {"share": 0.4, "records": 1_000_000, "played": 0.8})
    assert half == {
        "figure": "step_hours",
        "value": -15.0,
        "low": pytest.approx(-18, abs=0.1),
        "high": pytest.approx(-12, abs=0.1),
    }
    [unsure] = held_to(PROMISE, {"share": 0.4, "records": 30, "played": 0.8})
    assert unsure["high"] - unsure["low"] > 1.5 * (half["high"] - half["low"])
    [nothing] = held_to(PROMISE, {"share": 0.0, "records": 300, "played": 0.8})
    assert (nothing["value"], nothing["low"], nothing["high"]) == (0, 0, 0)
    assert held_to(PROMISE, None) == PROMISE
