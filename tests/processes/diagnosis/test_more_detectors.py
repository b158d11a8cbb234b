"""Detectors of load, chart, idle steps, late cases and the best: each finds its own trouble, and nothing without it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kinflow.organisation.lines import Lines
from kinflow.processes.columns import EventColumns
from kinflow.processes.diagnosis.calendar import OpenHours
from kinflow.processes.diagnosis.context import Chart, Context, FieldChanges, People
from kinflow.processes.diagnosis.detectors import Detector, best, late_steps, lines, overloads
from kinflow.processes.diagnosis.found import Candidate
from kinflow.processes.diagnosis.moves import MOVES
from kinflow.processes.diagnosis.view import View
from kinflow.processes.diagnosis.waiting import border_waits
from kinflow.processes.diagnosis.words import kinds
from kinflow.processes.diagnosis.words.moves import NAMES
from tests.processes.given import labels, log_of

from .noise import HOUR, noise
from .test_detectors import UNITS, Piece, found, log

ALWAYS = OpenHours(np.array([0]), np.array([100_000 * HOUR]))


def seen(detector: Detector, columns: EventColumns, context: Context) -> dict[str, Candidate]:
    """What one detector is sure of, whatever others say of the same waiting."""
    return {
        each.key: each for each in detector(View(columns, context)) if each.is_large and each.test.p < 0.01
    }


def chart_of(columns: EventColumns, reports: dict[str, str]) -> Chart:
    """The chart in which each reports to whom is said."""
    people = sorted({*reports, *reports.values()})
    above = np.array([people.index(reports[each]) if each in reports else -1 for each in people])
    place = [people.index(each) if each in people else -1 for each in columns.resources]
    return Chart(Lines(above), np.array(place))


def two_desks(busy: str, waits: dict[str, float]) -> EventColumns:
    """Cases that Ann opens, and Cy and Di of the same unit take up in turn after so many hours; one of them is busy."""
    cases: list[list[Piece]] = []
    for number in range(160):
        who = "Cy" if number % 2 else "Di"
        work = 3.6 if who in busy else 0.2
        cases.append(
            [("open", 0, 0.1, "Ann"), ("fix", waits[who] + number % 5 / 5, work, who), ("end", 0, 0.1, "Ann")]
        )
    return log(cases, apart=2.0)


def test_a_queue_beside_somebody_who_is_free() -> None:
    finding = found(two_desks("Cy", {"Cy": 20, "Di": 1}))["uneven_load:fix:Field"]
    assert finding.facts["people"] == 2
    assert float(str(finding.facts["longest"])) == pytest.approx(20.4, abs=0.1)
    assert float(str(finding.facts["share"])) > 0.5
    assert finding.evidence.exhibits[0].per_person
    alike, lying = two_desks("Cy Di", {"Cy": 20, "Di": 20}), two_desks("", {"Cy": 20, "Di": 1})
    assert not any(key.startswith("uneven") for columns in (alike, lying) for key in found(columns))


def test_who_works_elsewhere_is_not_free() -> None:
    columns = two_desks("Cy", {"Cy": 20, "Di": 1})
    busy = People(busy={list(columns.resources).index("Di"): ALWAYS})
    assert not any(key.startswith("uneven") for key in found(columns, Context(people=busy)))


def test_weeks_in_which_there_is_more_than_people_can_do() -> None:
    cases: list[list[Piece]] = []
    for number in range(640):
        is_full = number // 160 % 2 == 0
        wait, work = (8 + number % 3 / 10, 8.0) if is_full else (0.5 + number % 3 / 10, 2.0)
        who = "Cy" if number % 2 else "Di"
        cases.append([("open", 0, 0.1, "Ann"), ("fix", wait, work, who), ("end", 0.1, 0, "Ann")])
    context = Context(open_hours=ALWAYS)
    facts = seen(overloads.overloads, log(cases, apart=4.2), context)["overload:Field"].tell()[0]
    assert 6 <= int(str(facts["weeks"])) <= 8
    assert float(str(facts["wait"])) > 3 * float(str(facts["usual"]))
    assert not seen(overloads.overloads, log(cases, apart=40.0), context)


def decided_by(who: str) -> EventColumns:
    """Ann asks, somebody decides after a while, Ann goes on."""
    return log(
        [
            [
                ("ask", 0, 0.1, "Ann"),
                ("note", 0.2, 0.1, "Ann"),
                ("decide", 9 + n % 4, 0.1, who),
                ("go on", 0.1, 1, "Ann"),
            ]
            for n in range(80)
        ]
    )


@pytest.mark.parametrize(("who", "is_far"), [("Ed", True), ("Bo", False)])
def test_decisions_far_from_the_work(who: str, is_far: bool) -> None:
    columns = decided_by(who)
    context = Context(chart=chart_of(columns, {"Ann": "Bo", "Bo": "Ed"}))
    keys = seen(lines.far_decisions, columns, context)
    assert ("far_decision:decide" in keys) is is_far
    if is_far:
        assert keys["far_decision:decide"].tell()[0]["lines"] == 2
    assert not seen(lines.far_decisions, columns, Context())


def test_layers_in_which_few_are_led() -> None:
    columns = decided_by("Bo")
    heads = ["Bo", *(f"head {k}" for k in range(9))]
    tall = {"Ann": "Bo", **dict(zip(heads, heads[1:], strict=False))}
    facts = seen(lines.narrow_spans, columns, Context(chart=chart_of(columns, tall)))["narrow_spans"].tell()[
        0
    ]
    assert (facts["narrow"], facts["leads"], facts["layers"], facts["least"]) == (10, 10, 11, 3)
    flat = {"Ann": "Bo", **{f"worker {k}": "Bo" for k in range(9)}}
    assert not seen(lines.narrow_spans, columns, Context(chart=chart_of(columns, flat)))


def with_a_stamp(next_with: str, changes: FieldChanges | None = None) -> dict[str, object]:
    """Cases that are stamped before they go on, and half of them that are not."""
    cases: list[list[Piece]] = []
    for number in range(400):
        stamp: list[Piece] = [("stamp", 5, 0.5, "Bo")] if number % 2 else []
        then: Piece = (next_with if stamp else "send", 1 + number % 3, 0.5, "Cy")
        cases.append([("open", 0, 0.1, "Ann"), ("write", 1, 1, "Ann"), *stamp, then, ("won", 0.1, 0, "Cy")])
    context = Context(success=frozenset({"won"}), failure=frozenset({"lost"}), changes=changes)
    return dict(found(log(cases), context))


def test_a_step_that_changes_nothing() -> None:
    assert "no_change:stamp" in with_a_stamp("send")
    assert "no_change:stamp" not in with_a_stamp("mend")


def test_a_step_that_changes_a_field_does_something() -> None:
    stamped = np.arange(1, 400, 2)
    count = len(stamped)
    at = (np.array([1000.0 + 26 * number + 7.6 for number in stamped]) * HOUR).astype(np.int64)
    changes = FieldChanges(
        at=at,
        record=stamped.astype(np.int64),
        field=np.zeros(count, np.int32),
        fields=["case.stamp"],
        before=np.full(count, -1),
        after=np.arange(count),
        resource=np.full(count, 2, np.int32),
        unit=np.zeros(count, np.int32),
        units=["Hub"],
        case=stamped.astype(np.int32),
        own=np.zeros(count, bool),
    )
    assert "no_change:stamp" not in with_a_stamp("send", changes)
    others = replace(changes, resource=np.full(count, 0, np.int32))
    assert "no_change:stamp" in with_a_stamp("send", others)


def in_one_hand_and_in_two(won_in_one: int) -> dict[str, object]:
    """Offers that are priced and written: by one person in half of the cases, by two in the others."""
    cases: list[list[Piece]] = []
    for number in range(300):
        who = ("Cy", "Di", "Ed")[number % 3]
        other = ("Di", "Ed", "Cy")[number % 3]
        same = number % 2 == 0
        end = "won" if number % 10 < (won_in_one if same else 6) else "lost"
        pieces: list[Piece] = [("open", 0, 0.1, "Ann"), ("price", 1, 1, who)]
        write: Piece = ("write", 0.2 if same else 9 + number % 4, 1, who if same else other)
        cases.append([*pieces, write, (end, 0.1, 0, "Ann")])
    return dict(found(log(cases), Context(success=frozenset({"won"}), failure=frozenset({"lost"}))))


def test_two_steps_that_one_person_could_do() -> None:
    assert "one_hand:price:write" in in_one_hand_and_in_two(won_in_one=7)


def test_two_steps_that_turn_out_worse_in_one_hand_stay_apart() -> None:
    assert "one_hand:price:write" not in in_one_hand_and_in_two(won_in_one=2)


def test_what_is_missing_at_the_hand_over() -> None:
    columns = log([[("open", 0, 0.1, "Ann"), ("fix", 2, 1, "Cy"), ("end", 0.1, 0, "Cy")]] * 100)
    filled = np.arange(30)
    known = np.ones(100, bool)
    known[filled] = False
    changes = FieldChanges(
        at=columns.at[columns.offsets[filled] + 1],
        record=filled.astype(np.int64),
        field=np.zeros(30, np.int32),
        fields=["case.serial"],
        before=np.full(30, -1),
        after=filled,
        resource=np.full(30, list(columns.resources).index("Cy"), np.int32),
        unit=np.zeros(30, np.int32),
        units=["Field"],
        case=filled.astype(np.int32),
        own=np.ones(30, bool),
        at_start={"case.serial": known},
    )
    finding = found(columns, Context(changes=changes))["missing:case.serial"]
    assert (finding.facts["cases"], finding.facts["share"], finding.facts["known"]) == (30, 0.3, 0.7)
    by_the_first = replace(changes, units=["Desk"])
    assert "missing:case.serial" not in found(columns, Context(changes=by_the_first))
    work_finds_out = replace(changes, at_start={"case.serial": ~known})
    assert "missing:case.serial" not in found(columns, Context(changes=work_finds_out))


@pytest.mark.parametrize(("second", "is_told"), [("Cy", True), ("Ann", False)])
def test_customers_who_are_asked_again_by_somebody_else(second: str, is_told: bool) -> None:
    once: list[Piece] = [("open", 0, 0.1, "Ann"), ("ask", 1, 0.1, "Ann"), ("answer", 20, 0, "Ann")]
    again: list[Piece] = [*once, ("ask", 1, 0.1, second), ("answer", 30, 0, "Ann")]
    keys = found(log([once, once, again] * 40), Context(asking=frozenset({"ask"})))
    assert ("asked_again:ask" in keys) is is_told
    if is_told:
        assert (keys["asked_again:ask"].facts["cases"], keys["asked_again:ask"].facts["wait"]) == (40, 30)


def test_where_late_cases_lose_their_time() -> None:
    rng = np.random.default_rng(3)
    cases: list[list[Piece]] = []
    for number in range(200):
        slow = 60 if number % 3 == 0 else 2
        waits = (rng.exponential(3), slow + rng.exponential(2), rng.exponential(3))
        cases.append(
            [("open", 0, 0.1, "Ann"), *((s, float(w), 1, "Cy") for s, w in zip("abc", waits, strict=True))]
        )
    keys = seen(late_steps.late_steps, log(cases, apart=90), Context(goal_hours=40.0))
    assert list(keys) == ["late_step:b"]
    assert float(str(keys["late_step:b"].tell()[0]["lost"])) > 0.8


def best_and_rest(helps: bool) -> dict[str, Candidate]:
    """Eight sellers: two of them visit nearly always; a visit wins deals, or it does not."""
    rng = np.random.default_rng(5)
    people = [f"seller {k}" for k in range(8)]
    rows: list[tuple[str, str, float, str | None]] = []
    for number in range(1600):
        who = number % 8
        visits = rng.random() < (0.9 if who < 2 else 0.3)
        wins = rng.random() < (0.7 if visits and helps else 0.35)
        steps = ["call", "visit" if visits else "letter", "offer", "talk", "won" if wins else "lost"]
        rows += [
            (f"deal {number}", step, 20.0 * number + 3 * at, people[who]) for at, step in enumerate(steps)
        ]
    context = Context(success=frozenset({"won"}), failure=frozenset({"lost"}))
    return seen(best.best_ways, log_of(rows), context)


def test_what_the_best_do_otherwise_is_told_without_names() -> None:
    facts, _loss, exhibits = best_and_rest(helps=True)["best_way:visit"].tell()
    assert "seller" not in repr(facts)
    assert [exhibit.per_person for exhibit in exhibits if "seller" in repr(exhibit.rows)] == [True]
    assert not best_and_rest(helps=False)


def test_lost_cases_are_told_with_what_they_would_have_brought() -> None:
    ways: list[list[Piece]] = [
        [("open", 0, 0.1, "Ann"), ("talk", 1, 1, "Ann"), ("go on", 1, 0, "Ann"), (end, 1, 0, "Ann")]
        for end in ("won", "lost")
    ]
    cases = [ways[int(number % 10 < (8 if number % 4 == 0 else 3))] for number in range(400)]
    source = labels(*("fair" if number % 4 == 0 else "web" for number in range(400)))
    columns = log(cases, attributes={"source": source})
    context = Context(
        success=frozenset({"won"}), failure=frozenset({"lost"}), value_of_success=1000.0, currency="CNY"
    )
    facts = found(columns, context)["lost_group:source:fair"].facts
    assert facts["worth"] == pytest.approx(1000 * float(str(facts["more"])))


def test_a_group_that_is_lost_because_of_another_attribute_is_not_told() -> None:
    rng = np.random.default_rng(6)
    cases: list[list[Piece]] = []
    regions, sources = [], []
    for _number in range(800):
        region = "far" if rng.random() < 0.5 else "near"
        regions.append(region)
        sources.append("fair" if rng.random() < (0.8 if region == "far" else 0.2) else "web")
        end = "lost" if rng.random() < (0.7 if region == "far" else 0.2) else "won"
        cases.append(
            [("open", 0, 0.1, "Ann"), ("talk", 1, 1, "Ann"), ("go on", 1, 0, "Ann"), (end, 1, 0, "Ann")]
        )
    columns = log(cases, attributes={"region": labels(*regions), "source": labels(*sources)})
    keys = found(columns, Context(success=frozenset({"won"}), failure=frozenset({"lost"})))
    assert "lost_group:region:far" in keys
    assert "lost_group:source:fair" not in keys


def test_every_kind_of_finding_has_words_moves_and_a_place_in_the_guide() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "guide" / "processes.md").read_text()
    assert set(MOVES) == set(kinds.WORDS)
    assert all(set(moves) <= set(NAMES) for moves in MOVES.values())
    for words in (
        "one person could do",
        "far from the work",
        "change nothing",
        "asked again",
        "are free",
        "the best do",
    ):
        assert words in guide


def test_waits_at_every_border_are_told_with_their_five_causes() -> None:
    columns, context = noise(7)
    waits = border_waits(View(columns, context))
    assert len(waits) == 6
    for wait in waits:
        assert sum(wait.causes) == pytest.approx(1)
        assert wait.giver != wait.taker
    hours = [wait.per_month for wait in waits]
    assert hours == sorted(hours, reverse=True)
    assert border_waits(View(log_of([("a", "b", 1, None)]), Context())) == []


def test_who_could_be_trained_is_told_to_those_who_may_see_people() -> None:
    def case(number: int) -> list[Piece]:
        who = "Bo" if number % 3 == 0 else ("Cy", "Di")[number % 2]
        return [
            ("open", 0, 0.1, "Ann"),
            ("size", 30 + number % 5 if who == "Bo" else 1, 1, who),
            ("end", 0, 0.1, "Ann"),
        ]

    products = labels(*("magnetic" if number % 3 == 0 else "other" for number in range(150)))
    columns = log([case(number) for number in range(150)], attributes={"family": products})
    finding = found(columns)["single_skilled:size:family:magnetic"]
    trainees = next(exhibit for exhibit in finding.evidence.exhibits if exhibit.name == "whom_to_train")
    assert {row[0] for row in trainees.rows} == {"Cy", "Di"}
    assert trainees.per_person
    assert finding.facts["trainees"] == 2
    assert UNITS["Cy"] == "Field"
