"""Each detector finds its own trouble in a small log that has it, with the right size and nothing of it without."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns, Labels, columns_of
from kinflow.processes.diagnosis.context import Context, FieldChanges
from kinflow.processes.diagnosis.finding import find
from kinflow.processes.diagnosis.found import Finding
from kinflow.processes.diagnosis.words import saying
from tests.processes.given import labels, log_of

from .noise import HOUR, noise

Piece = tuple[str, float, float, str]
"""Step, hours waited, hours worked, person."""
NAMES = saying.Names()
UNITS = {"Ann": "Desk", "Bo": "Hub", "Cy": "Field", "Di": "Field", "Ed": "Office"}


def log(cases: list[list[Piece]], *, apart: float = 26.0, **more: object) -> EventColumns:
    """A log of cases, so many hours apart, each step after the other."""
    rows: list[tuple[str, str, float, str | None]] = []
    begun = []
    for number, pieces in enumerate(cases):
        moment = 1000.0 + apart * number
        for step, wait, work, who in pieces:
            begun.append(moment + wait)
            moment += wait + work
            rows.append((f"case {number}", step, moment, who))
    return log_of(rows, begun=begun, units=UNITS, **more)


def found(columns: EventColumns, context: Context | None = None) -> dict[str, Finding]:
    """Findings by their keys, each with sentences that can be read."""
    findings = {finding.key: finding for finding in find(columns, context)}
    for finding in findings.values():
        assert "%(" not in saying.title_of(finding, NAMES) + saying.seen_of(finding, NAMES)
        assert all(saying.shown(exhibit, NAMES).rows for exhibit in finding.evidence.exhibits if exhibit.rows)
    return findings


def outcomes(columns: EventColumns, step: str, words: list[str]) -> Labels:
    """An outcome for each event of a step, in order."""
    values = sorted(set(words))
    codes = np.full(columns.events, -1, np.int32)
    places = np.flatnonzero(columns.activity == list(columns.activities).index(step))
    codes[places] = [values.index(word) for word in words]
    return Labels(values, codes)


def test_a_check_that_never_refuses() -> None:
    columns = log([[("ask", 0, 0.1, "Ann"), ("check", 10, 0.1, "Bo"), ("go on", 0.1, 1, "Ann")]] * 200)
    rubber = Context(outcomes=outcomes(columns, "check", ["approved"] * 199 + ["refused"]))
    finding = found(columns, rubber)["one_outcome:check"]
    assert finding.facts["refused"] == 1
    assert float(str(finding.facts["high"])) < 0.05
    assert finding.facts["wait"] == pytest.approx(10)
    honest = Context(outcomes=outcomes(columns, "check", ["approved", "refused"] * 100))
    assert "one_outcome:check" not in found(columns, honest)


def test_a_refusal_that_comes_late() -> None:
    passed: list[Piece] = [
        ("plan", 1, 8, "Ann"),
        ("credit", 1, 0.2, "Bo"),
        ("ship", 1, 2, "Cy"),
        ("won", 0.1, 0, "Cy"),
    ]
    refused: list[Piece] = [*passed[:2], ("lost", 0.1, 0, "Ann")]
    columns = log(([passed] * 5 + [refused]) * 20)
    words = (["approved"] * 5 + ["refused"]) * 20
    context = Context(
        outcomes=outcomes(columns, "credit", words), success=frozenset({"won"}), failure=frozenset({"lost"})
    )
    finding = found(columns, context)["late_refusal:credit"]
    assert (finding.facts["refused"], finding.facts["lost"]) == (20, 1.0)
    assert finding.facts["work"] == pytest.approx(8)
    first = log(
        [
            [("credit", 1, 0.2, "Bo"), *(p for p in case if p[0] != "credit")]
            for case in [passed, refused] * 60
        ]
    )
    early = replace(context, outcomes=outcomes(first, "credit", ["approved", "refused"] * 60))
    assert "late_refusal:credit" not in found(first, early)


def test_a_unit_that_only_passes_on() -> None:
    long: list[Piece] = [
        ("give", 0, 0, "Ann"), ("note", 0.1, 0.2, "Ann"), ("give", 5, 0, "Bo"), ("fix", 0.2, 2, "Cy"),
        ("end", 0.1, 0, "Cy"),
    ]  # fmt: skip
    finding = found(log([long] * 60))["pass_through:Hub"]
    assert finding.facts["units"] == ("Hub",)
    assert finding.facts["wait"] == pytest.approx(5)
    short = [piece for piece in long if piece[3] != "Bo"]
    assert not any(key.startswith("pass_through") for key in found(log([short] * 60)))


def test_units_that_send_cases_to_and_fro() -> None:
    there: list[Piece] = [("look", 4, 0.5, "Bo"), ("look", 4, 0.5, "Ed")]
    straight: list[Piece] = [("open", 0, 0.1, "Ann"), ("look", 1, 0.5, "Cy"), ("end", 0.1, 0.1, "Ann")]
    columns = log([[("open", 0, 0.1, "Ann"), *there, *there, ("end", 0.1, 0.1, "Cy")], straight] * 40)
    finding = found(columns)["ping_pong:Hub:Office"]
    assert finding.facts["cases"] == 40
    assert finding.facts["returns"] == 2
    assert not any(key.startswith("ping_pong") for key in found(log([straight] * 80)))


def test_a_step_that_one_person_can_do_for_one_product() -> None:
    def case(number: int) -> list[Piece]:
        if number % 3 == 0:
            return [("open", 0, 0.1, "Ann"), ("size", 30 + number % 5, 3, "Bo"), ("end", 0.1, 0.1, "Ann")]
        return [
            ("open", 0, 0.1, "Ann"),
            ("size", 1, 1, ("Cy", "Di", "Ed")[number % 4 % 3]),
            ("end", 0.1, 0.1, "Ann"),
        ]

    products = labels(*("magnetic" if number % 3 == 0 else "other" for number in range(150)))
    columns = log([case(number) for number in range(150)], attributes={"family": products})
    finding = found(columns)["single_skilled:size:family:magnetic"]
    assert finding.facts["share"] == 1.0
    assert finding.evidence.exhibits[0].per_person
    assert finding.size.cases.low < finding.size.cases.value < finding.size.cases.high


def test_work_that_is_done_on_two_days_of_the_week() -> None:
    rows: list[tuple[str, str, float, str | None]] = []
    begun = []
    for number in range(150):
        day = number * 24.0 * 2 + 8
        weekday = (number * 2 + 3) % 7
        wait = min((day_wanted - weekday) % 7 or 7 for day_wanted in (1, 4)) * 24.0
        for step, at, who in (("ask", day, "Ann"), ("note", day + 1, "Ann"), ("review", day + wait, "Bo")):
            begun.append(at)
            rows.append((f"case {number}", step, at + 0.2, who))
    finding = found(log_of(rows, begun=begun, units=UNITS))["batching:review"]
    assert (finding.facts["first"], finding.facts["second"], finding.facts["share"]) == (1, 4, 1.0)


def test_fields_that_are_put_back() -> None:
    columns, context = noise(5)
    count = 40
    case = np.repeat(np.arange(count // 2), 2).astype(np.int32)
    changes = FieldChanges(
        at=np.arange(count) * HOUR,
        record=case.astype(np.int64),
        field=np.zeros(count, np.int32),
        fields=["account.address"],
        before=np.where(np.arange(count) % 2 == 0, 2 * case, 2 * case + 1),
        after=np.where(np.arange(count) % 2 == 0, 2 * case + 1, 2 * case),
        resource=np.zeros(count, np.int32),
        unit=(np.arange(count) % 2).astype(np.int32),
        units=["service", "orders"],
        case=case,
        own=np.zeros(count, bool),
    )
    finding = found(columns, replace(context, changes=changes))["put_back:account.address"]
    assert (finding.facts["times"], finding.facts["unit"], finding.facts["other"]) == (
        20,
        "service",
        "orders",
    )
    assert finding.size.working_hours.value == pytest.approx(40 * 5 / 60 / 6, rel=0.1)


def test_cases_that_come_back() -> None:
    once: list[Piece] = [("open", 0, 0.1, "Ann"), ("fix", 1, 1, "Cy"), ("solved", 0.1, 0, "Cy")]
    again: list[Piece] = [*once, ("reopened", 20, 0, "Ann"), ("fix", 2, 1, "Cy"), ("solved", 0.1, 0, "Cy")]
    context = Context(reopening=frozenset({"reopened"}))
    assert found(log([once, once, once, again] * 30), context)["reopened:reopened"].facts["cases"] == 30
    assert "reopened:reopened" not in found(log([once] * 100), context)


def test_what_a_planted_wait_costs_lies_in_its_interval() -> None:
    rng = np.random.default_rng(8)
    cases: list[list[Piece]] = [
        [
            ("take", 0, 0.1, "Ann"),
            ("note", 0.1, 0.1, "Ann"),
            ("pack", float(rng.exponential(20)), 0.2, "Cy" if number % 2 else "Di"),
        ]
        for number in range(150)
    ]
    size = found(log(cases))["border:Desk:Field"].size
    truth = 20 * 24 * 30.4375 / 26
    assert size.waiting_hours.low < truth < size.waiting_hours.high


def test_a_bottleneck_is_where_people_are_busy() -> None:
    """Two people who work without a pause, and are always behind."""
    rows: list[tuple[str, str, float, str | None]] = []
    begun = []
    free = {"Cy": 0.0, "Di": 0.0}
    for number in range(120):
        taken, who = 1000 + number * 2.0, "Cy" if number % 2 else "Di"
        begins = max(free[who], taken + 0.3)
        free[who] = begins + 5
        for step, begin, end in (("open", taken, taken + 0.1), ("do", begins, begins + 5)):
            begun.append(begin)
            rows.append((f"case {number}", step, end, who))
        begun.append(free[who])
        rows.append((f"case {number}", "note", free[who], who))
    finding = found(log_of(rows, begun=begun, units=UNITS))["bottleneck:do"]
    assert finding.facts["cause"] == "contention"


def test_without_any_people_nothing_breaks() -> None:
    columns = columns_of(
        case=np.repeat(np.arange(30), 3).astype(np.int32),
        activity=np.tile([0, 1, 2], 30).astype(np.int32),
        at=np.arange(90, dtype=np.int64) * HOUR,
        case_ids=[str(k) for k in range(30)],
        activities=["a", "b", "c"],
    )
    assert find(columns) == []
