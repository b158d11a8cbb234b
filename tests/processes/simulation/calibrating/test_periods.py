"""Both sides of a hold-out check are seen alike: the same cases, to the same moment."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bench._simod import MOMENTS, cycles, off_by
from kinflow.eventlog import SYSTEM
from kinflow.processes.columns import EventColumns
from kinflow.processes.definitions.actions import change_process
from kinflow.processes.simulation.calibrating import running
from kinflow.processes.simulation.calibrating.actions import start_calibration
from kinflow.processes.simulation.calibrating.checking import FEWEST
from kinflow.processes.simulation.calibrating.distances import Played, moved
from kinflow.processes.simulation.calibrating.knowing import known_by
from kinflow.processes.simulation.calibrating.periods import Parts, foretold, parts_of, real_part
from kinflow.processes.simulation.calibrating.playing import player
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, calibrated
from kinflow.processes.simulation.calibrating.working import Work, work_of
from kinflow.processes.simulation.scenario import HOUR
from tests.processes.studio.given import process_of

from .logs import MONDAY, closing_log

CASES, APART, TAKES = 900, 4, 240
"""So many tickets, one each four hours, that take ten days each."""


def read_on_the_way(cases: int = CASES) -> EventColumns:
    """The log of tickets as it stood when the last of them came."""
    log = closing_log(cases)
    return known_by(log, "UTC", MONDAY + cases * APART * HOUR, None)[0]


def sides(log: EventColumns) -> tuple[Work, Parts, Calibrated]:
    work = work_of(log, "UTC")
    parts = parts_of(work, 0.7)
    return work, parts, calibrated(log, "UTC", until=parts.split)


def played(found: Calibrated, parts: Parts) -> Played:
    return player(found, parts)(foretold(found, parts), 0)


def test_cases_are_compared_that_are_followed_as_long_as_earlier_ones_took() -> None:
    parts = parts_of(work_of(read_on_the_way(), "UTC"), 0.7)
    assert parts.log_end - parts.followed == TAKES * HOUR
    assert parts.arrivals_end - parts.followed > (TAKES - 3 * APART) * HOUR


def test_where_the_log_runs_out_after_the_last_case_all_are_compared() -> None:
    parts = parts_of(work_of(closing_log(), "UTC"), 0.7)
    assert parts.followed == parts.arrivals_end


@pytest.mark.parametrize(("cases", "least"), [(300, 45), (120, FEWEST)])
def test_half_of_the_later_cases_are_compared_at_least(cases: int, least: int) -> None:
    work = work_of(read_on_the_way(cases), "UTC")
    parts = parts_of(work, 0.7)
    assert len(real_part(work, parts.split, parts.followed).begins) == least


def test_cases_that_are_known_to_be_open_do_not_tell_how_long_cases_take() -> None:
    work = work_of(read_on_the_way(), "UTC")
    ended = np.arange(CASES) % 2 == 0
    columns = work.columns
    late = np.flatnonzero(~ended & (np.arange(CASES) < 100))
    last = columns.offsets[1:][late] - 1
    work.done[last] += 1_000 * HOUR
    assert parts_of(work, 0.7, ended).log_end - parts_of(work, 0.7, ended).followed == TAKES * HOUR
    assert parts_of(work, 0.7).log_end - parts_of(work, 0.7).followed > TAKES * HOUR


def test_open_cases_are_seen_as_far_as_they_came_on_both_sides() -> None:
    work, parts, found = sides(read_on_the_way())
    late = replace(parts, split=parts.followed, followed=parts.arrivals_end)
    real = real_part(work, late.split, late.followed)
    simulated = played(found, late)
    assert simulated.done.max() < late.log_end
    assert len(simulated.begins) == pytest.approx(len(real.begins), rel=0.3)
    assert moved(real.cycle, simulated.cycle) < 0.15 * real.cycle.mean()


def test_where_ends_are_known_open_cases_are_left_out_on_both_sides() -> None:
    _work, parts, found = sides(read_on_the_way())
    late = replace(parts, split=parts.followed, followed=parts.arrivals_end)
    seen, over = played(found, late), played(found, replace(late, ends_known=True))
    assert set(np.bincount(seen.case)) > {3}
    assert set(np.bincount(over.case)) == {3}
    assert len(over.begins) == np.count_nonzero(np.bincount(seen.case) == 3)
    assert over.done.max() < late.log_end


@pytest.mark.django_db
@pytest.mark.parametrize("ends", [[], ["Close"]])
def test_ends_are_known_where_a_process_has_last_steps(
    ends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Parts] = []

    def kept(*given: object) -> Parts:
        seen.append(parts_of(*given))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(running, "parts_of", kept)
    with process_of(read_on_the_way(300), key="tickets") as process:
        change_process(process=process, changes={"ends": ends}, by=SYSTEM)
        row = running.WORK.run(start_calibration(process=process, by=SYSTEM), stop=lambda: False)
    assert [each.ends_known for each in seen] == [bool(ends)]
    assert row.holdout["figures"]["cases"][0] == (45 if not ends else pytest.approx(30, abs=1))


def test_the_cases_of_others_are_cut_alike(tmp_path: Path) -> None:
    # A case before the period, one that is over, one that is open, one that nothing is seen of, and one too late.
    rows = [
        ("a", -2, -1),
        ("a", -1, 5),
        ("b", 1, 2),
        ("b", 4, 6),
        ("c", 2, 3),
        ("c", 5, 11),
        ("d", 3, 12),
        ("e", 8, 9),
    ]
    path = tmp_path / "log.csv"
    with path.open("w", newline="") as file:
        written = csv.writer(file)
        written.writerow(("case_id", *MOMENTS))
        for case, *hours in rows:
            written.writerow(
                (case, *(datetime.fromtimestamp(3_600 * hour, UTC).isoformat() for hour in hours))
            )
    parts = Parts(0, 9 * HOUR, 10 * HOUR, 8 * HOUR, ends_known=False)
    assert cycles(path, MOMENTS, parts).tolist() == [5, 1]
    assert cycles(path, MOMENTS[1:], parts).tolist() == [4, 0]
    work = work_of(closing_log(), "UTC")
    assert off_by([path], work, parts, np.array([4.0, 1.0])) == pytest.approx(0.5)
    assert off_by([path], work, replace(parts, followed=1), np.array([4.0])) is None
