"""A scenario from a log: what is found is what the log was drawn from."""

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, TooLittle, calibrated
from kinflow.processes.simulation.calibrating.weeks import own_hours
from kinflow.processes.simulation.scenario import HOUR, MINUTE, WEEK, Flow, Step
from tests.processes.given import log_of, traces

from .logs import MONDAY, office_log


@pytest.fixture(scope="module")
def found() -> Calibrated:
    return calibrated(office_log(), "UTC")


def step_of(found: Calibrated, name: str) -> Step:
    return next(each for each in found.scenario.steps if each.name == name and each.kind in ("task", "auto"))


def flow_of(found: Calibrated, source: str, target: str) -> Flow:
    """The flow out of the choice after a step that leads, perhaps by a delay, to another."""
    through = {each.source for each in found.scenario.flows if each.target == step_of(found, target).id}
    choice = "after " + step_of(found, source).id.split()[1]
    return next(
        each
        for each in found.scenario.flows
        if each.source == choice and (each.target in through or each.target == step_of(found, target).id)
    )


def test_work_times_are_those_that_the_log_was_drawn_from(found: Calibrated) -> None:
    assert step_of(found, "Look").times.mean == pytest.approx(20 * MINUTE, rel=0.1)
    assert step_of(found, "Check").times.mean == pytest.approx(HOUR, rel=0.1)
    assert step_of(found, "Answer").times.mean == pytest.approx(10 * MINUTE, rel=0.1)
    assert step_of(found, "Look").times.shape in ("exponential", "gamma", "weibull")


def test_cases_come_at_the_hours_and_in_the_numbers_of_the_log(found: Calibrated) -> None:
    hourly = np.array(found.scenario.arrivals.hourly).reshape(7, 24)
    assert hourly[:5, 8:16].mean() == pytest.approx(2, rel=0.1)
    assert hourly[5:].sum() == hourly[:, :8].sum() == hourly[:, 16:].sum() == 0
    assert found.scenario.begins == MONDAY
    assert np.mean(found.scenario.arrivals.seasonal) == pytest.approx(1, abs=0.05)


def test_the_attribute_that_sends_cases_other_ways_makes_their_kinds(found: Calibrated) -> None:
    assert found.kinds.attribute == "size"
    chances = dict(
        zip(
            [each.name for each in found.scenario.kinds], flow_of(found, "Look", "Check").chances, strict=True
        )
    )
    assert chances["big"][0] == pytest.approx(0.5, abs=0.07)
    assert chances["small"][0] == pytest.approx(0.1, abs=0.07)


def test_people_fill_the_roles_of_what_they_did_and_work_at_their_hours(found: Calibrated) -> None:
    skills = {each.name: set(each.skills) for each in found.scenario.staff}
    answering, checking = step_of(found, "Answer").role, step_of(found, "Check").role
    assert skills["Ann"] == skills["Bo"] == {answering}
    assert skills["Cid"] == {checking}
    ann = next(each for each in found.scenario.staff if each.name == "Ann")
    spans = found.scenario.calendars[ann.calendar].spans
    assert len(spans) == 5
    assert all(end % (24 * HOUR) <= 21 * HOUR and start % (24 * HOUR) == 8 * HOUR for start, end in spans)


def test_waiting_that_nobody_explains_is_a_delay_on_its_way(found: Calibrated) -> None:
    waits = {each.id: each for each in found.scenario.steps if each.kind == "wait"}
    before = {each.source for each in found.scenario.flows if each.target == step_of(found, "Answer").id}
    means = [waits[each].times.mean for each in before]
    assert means
    assert all(0 < mean < 2.2 * HOUR for mean in means)


def test_a_log_of_single_moments_estimates_its_work_and_says_so() -> None:
    found = calibrated(office_log(single=True), "UTC")
    assert set(found.work.how) == {"estimated"}
    assert 0 < step_of(found, "Look").times.mean <= HOUR


def test_where_neither_begins_nor_people_are_known_all_time_is_delay() -> None:
    found = calibrated(office_log(single=True, people=False), "UTC")
    assert set(found.work.how) == {"unknown"}
    assert not found.scenario.staff
    assert {step_of(found, name).kind for name in ("Look", "Check", "Answer")} == {"auto"}
    assert step_of(found, "Look").times.mean == 0


def test_without_people_work_has_its_time_and_nobody_is_waited_for() -> None:
    found = calibrated(office_log(people=False), "UTC")
    assert step_of(found, "Check").kind == "auto"
    assert step_of(found, "Check").times.mean == pytest.approx(HOUR, rel=0.1)


def test_how_often_a_step_was_left_changes_where_cases_go() -> None:
    found = calibrated(traces(*["abab" + "c"] * 60), "UTC")
    columns = flow_of(found, "b", "c").chances[0]
    assert columns[:2] == (0.0, 1.0)


def test_cases_that_have_not_ended_do_not_end_where_they_stand() -> None:
    log = traces(*["ab"] * 40, *["a"] * 40)
    ended = np.arange(80) < 40
    found = calibrated(log, "UTC", ended=ended)
    assert flow_of(found, "a", "b").chances == ((1.0,),)
    assert len(calibrated(log, "UTC").scenario.flows) > len(found.scenario.flows)


@pytest.mark.parametrize("log", [log_of([]), traces("abc")])
def test_an_empty_log_or_one_case_is_too_little(log: EventColumns) -> None:
    with pytest.raises(TooLittle):
        calibrated(log, "UTC")


def test_cases_of_one_event_at_one_moment_make_a_scenario_all_the_same() -> None:
    found = calibrated(log_of([(str(k), "a", 5.0, "Ann") for k in range(20)]), "UTC")
    assert step_of(found, "a").times.mean == 0
    assert found.scenario.lasts > 0


def test_how_fast_somebody_works_is_told_once_by_the_person_and_not_by_the_work_too() -> None:
    takes = {"Ann": 0.5, "Bo": 2.0}
    who = ["Ann", "Bo"] * 400
    rows = [(f"{k:03}", "a", 3.0 * k + takes[name], name) for k, name in enumerate(who)]
    found = calibrated(log_of(rows, begun=[3.0 * k for k in range(len(who))]), "UTC")
    usual = step_of(found, "a").times
    assert usual.deviation < 0.1 * usual.mean
    speeds = {each.name: each.skills["a"] for each in found.scenario.staff}
    assert {name: usual.mean * speed / HOUR for name, speed in speeds.items()} == pytest.approx(
        takes, rel=0.06
    )


def test_who_works_at_all_hours_is_not_off_where_they_just_did_nothing() -> None:
    draw = np.random.default_rng(1)
    everybody = draw.integers(0, 20 * WEEK, 3_000)
    assert own_hours(everybody[:300], everybody).all()
    mornings = everybody[everybody % (24 * HOUR) < 12 * HOUR][:300]
    assert own_hours(mornings, everybody).reshape(7, 24)[:, 14:22].sum() == 0
