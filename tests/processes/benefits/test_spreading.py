"""How a figure is spread in both groups: curves as far as records were followed, bars, and the pictures of both."""

from types import SimpleNamespace

import numpy as np
import pytest
from lxml import etree

from kinflow.processes.benefits.bars import bars_drawn
from kinflow.processes.benefits.curves import curves_drawn
from kinflow.processes.benefits.drawing import NARROW, WIDE
from kinflow.processes.benefits.lasting import curve_of
from kinflow.processes.benefits.measuring import Measured
from kinflow.processes.benefits.showing import judged
from kinflow.processes.benefits.spreading import bar_of, spread_of
from kinflow.processes.benefits.strips import Said, Strip, strip_drawn
from kinflow.web.pictures.standing import standing

YES, NO = np.array([True, True, False, False]), np.array([False, False, True, True])
NAMES = ("New <version>", "Comparison")
SAID = Said("Difference", "Measured", "Promised", "Goal", "better")


def measured(**values: list[float]) -> Measured:
    rows = {key: np.array(each, float) for key, each in values.items()}
    return Measured(rows, np.array([True, True, True, False]), {})


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(svg).iter() if str(each.tag).endswith("text")]


def test_a_curve_is_known_as_far_as_somebody_was_followed():
    curve = curve_of(np.array([1.0, 2.0, 5.0]), np.array([True, False, False]))
    assert (curve.until, curve.records) == (5, 3)
    assert curve.at(0.5) == (0, 0, 0)
    assert (curve.at(1) or (0,))[0] == pytest.approx(1 / 3)
    assert curve.at(5.1) is None
    assert curve_of(np.zeros(0), np.zeros(0, bool)).at(0) is None


def test_a_share_has_one_bar_of_those_followed_to_the_end():
    spread = spread_of("late", measured(late=[1, 0, 1, 0]), (YES, NO))
    assert [[bar.share for bar in side] for side in spread.bars] == [[0.5], [1.0]]
    assert not spread.is_empty


def test_a_count_has_a_bar_for_each_number_and_one_for_many():
    spread = spread_of("work", measured(work=[0, 30, 2, 1]), (YES, NO))
    new, compared = ([bar.share for bar in side] for side in spread.bars)
    assert (len(new), new[0], new[9]) == (10, 0.5, 0.5)
    assert compared == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_a_group_without_records_has_no_bars():
    nobody = np.zeros(4, bool)
    assert spread_of("late", measured(late=[1, 0, 1, 0]), (YES, nobody)).bars[1] == []
    assert spread_of("late", measured(late=[1, 0, 1, 0]), (nobody, nobody)).is_empty


@pytest.mark.parametrize(("hits", "of"), [(0, 1), (1, 1), (3, 10), (500, 1000)])
def test_the_interval_of_a_share_holds_it_and_stays_between_none_and_all(hits, of):
    bar = bar_of(hits, of)
    assert 0 <= bar.low <= bar.share <= bar.high <= 1
    assert bar.low < bar.high


def test_wilsons_interval_is_as_published():
    bar = bar_of(1, 10)
    assert (bar.low, bar.high) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_curves_are_drawn_with_means_and_the_promise_and_stand_on_paper(sheet):
    curve = curve_of(np.array([1.0, 20.0]), np.array([True, False]))
    none = curve_of(np.zeros(0), np.zeros(0, bool))
    svg = curves_drawn(
        (curve, none), NAMES, 24, sheet, label="Hours", means=(5.0, None), promised=("P", (9, 8, 10))
    )
    assert texts(svg)[:3] == [NAMES[0], NAMES[1], "P"]
    assert svg.count('fill-opacity="0.14"') == 1
    assert standing(svg).width == sheet.wide
    without = curves_drawn((curve, none), NAMES, 24, sheet, label="Hours")
    assert "P" not in texts(without)


def test_a_curve_ends_where_nobody_was_followed_any_longer():
    curve = curve_of(np.array([6.0, 12.0]), np.array([True, False]))
    svg = curves_drawn((curve, curve), NAMES, 24, WIDE, label="Hours")
    ends = {
        float(path.get("d").split("L")[-1].split()[0])
        for path in etree.fromstring(svg)
        if path.get("stroke-width") == "2" and "L" in path.get("d", "")
    }
    assert ends == {WIDE.left + WIDE.across / 2}


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_bars_are_drawn_for_who_has_records(sheet):
    svg = bars_drawn(([bar_of(1, 2)], []), ["of all"], NAMES, sheet, label="Late")
    assert svg.count('fill-opacity="0.35"') == 1
    assert "of all" in texts(svg)
    assert standing(svg).height > 0


@pytest.mark.parametrize(("hits", "last"), [(1, "8 %"), (250, "40 %"), (1000, "100 %")])
def test_the_axis_of_bars_ends_where_all_of_them_do(hits, last):
    svg = bars_drawn(([bar_of(hits, 1000)], []), ["of all"], NAMES, WIDE, label="Late")
    assert texts(svg)[-2] == last
    promised = bars_drawn(
        ([bar_of(1, 1000)], []), ["a"], NAMES, WIDE, label="L", promised=("P", (0.5, 0.4, 0.6))
    )
    assert "60 %" in texts(promised)


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
def test_a_strip_holds_what_was_measured_promised_and_the_goal(sheet):
    strip = Strip((-70, -130, -10), (-110, -30), (-59, -60, -58), -20, -1)
    svg = strip_drawn(strip, SAID, sheet)
    told = texts(svg)
    assert {"Measured", "Promised", "Goal", "← better", "0"} <= set(told)
    assert any(each.startswith("\N{MINUS SIGN}") for each in told)
    only = texts(strip_drawn(Strip(None, None, (1, 0, 2), None, 1), SAID, sheet))
    assert "Promised" in only
    assert "Measured" not in only
    assert "better →" in only
    assert strip_drawn(Strip(None, None, None, None, 1), SAID, sheet) == ""


@pytest.mark.parametrize("goal", [-1e6, -0.001, 0.0003, 7, 1e6])
def test_the_axis_of_a_strip_has_a_few_round_ticks(goal):
    svg = strip_drawn(Strip(None, None, None, goal, 1), SAID, WIDE)
    ticks = [each for each in texts(svg) if each not in ("Goal", "better →")]
    assert "0" in ticks
    assert 2 <= len(ticks) <= 8


def test_what_is_judged_is_shown_first_unless_the_reader_chooses():
    keys = ["step_hours", "record_hours", "late"]
    goals, promise = [{"figure": "late"}], [{"figure": "record_hours"}]
    both = SimpleNamespace(goals=goals, promise=promise)
    assert judged(both, keys) == "late"
    assert judged(both, keys, "step_hours") == "step_hours"
    assert judged(both, keys, "joy") == "late"
    assert judged(SimpleNamespace(goals=[], promise=promise), keys) == "record_hours"
    assert judged(SimpleNamespace(goals=[{"figure": "stuck"}], promise=[]), keys) == "step_hours"
    assert judged(both, []) == ""
