"""What is wrong with a scenario, before it is played: each thing named, with what to do."""

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from numbers import Integral
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import FieldError, Invalid

from .reaching import reach
from .scenario import ALWAYS, DAY, HOUR, WEEK, Scenario, Step, Times

KINDS = ("task", "auto", "wait", "choose", "fork", "include", "start", "end")
GIVEN = "given"
SHAPES = ("fixed", "uniform", "exponential", "gamma", "lognormal", "weibull", "empirical", GIVEN)
_GATES = ("choose", "fork", "include", "start")
_LONGEST = 36_525 * DAY
_MOST_VARIED, _LEAST_VARIED = 100.0, 0.001
MOST_CASES = 5_000_000
_FARTHEST = 2 * _LONGEST
_MOST_AT_ONCE, _MOST_URGENT, _DEAREST = 1_000, 1_000_000, 1e12
Wrong = Iterator[tuple[str, Any]]


def check_scenario(scenario: Scenario) -> None:
    """Raise Invalid, naming each thing that is wrong: JSON pointers into the scenario, and words."""
    errors = [FieldError(pointer, words) for pointer, words in _wrong(scenario)]
    if not errors:
        errors = [FieldError(pointer, words) for pointer, words in _wrong_ways(scenario)]
    if errors:
        raise Invalid(errors=errors, remedy=_("Mend the scenario, then play it again."))


def _wrong(scenario: Scenario) -> Wrong:
    if not 0 < scenario.lasts <= _LONGEST:
        yield "/lasts", _("Say how long cases come: more than nothing, at most a hundred years.")
    if not 0 <= scenario.warm_up < max(scenario.lasts, 1):
        yield "/warm_up", _("The warm-up ends before cases stop coming.")
    if scenario.discipline not in ("fifo", "lifo", "shortest", "due"):
        yield "/discipline", _("Choose who goes first: fifo, lifo, shortest or due.")
    if not scenario.kinds or any(not isfinite(kind.share) or kind.share < 0 for kind in scenario.kinds):
        yield "/kinds", _("Shares of kinds of cases are numbers, not below zero.")
    elif sum(kind.share for kind in scenario.kinds) <= 0:
        yield "/kinds", _("No kind of case has a share.")
    elif any(kind.hour is not None and not 0 <= kind.hour <= 168 for kind in scenario.kinds):
        yield "/kinds", _("At which hour of the week cases come, is a number from 0 to 168.")
    elif any(not _is_whole(kind.priority, -_MOST_URGENT, _MOST_URGENT) for kind in scenario.kinds):
        yield "/kinds", _("How urgent a kind of case is, is a whole number, at most a million.")
    yield from _wrong_arrivals(scenario)
    yield from _wrong_steps(scenario)
    yield from _wrong_staff(scenario)
    for name, calendar in scenario.calendars.items():
        if not any(end > begin for begin, end in calendar.spans):
            yield f"/calendars/{name}", _("Nobody ever works by this calendar. Give it hours.")
        elif any(not 0 <= begin <= end <= WEEK for begin, end in calendar.spans):
            yield f"/calendars/{name}", _("Hours of a week begin before they end, within the week.")
        elif any(not _is_whole(day, 0, _LONGEST // DAY) for day in calendar.closed):
            yield f"/calendars/{name}", _("Days without work are whole days since the begin.")
        elif not all(
            _is_whole(day, 0, _LONGEST // DAY) and _is_whole(as_day, 0, 6) for day, as_day in calendar.opened
        ):
            yield (
                f"/calendars/{name}",
                _(
                    "Days worked as another are whole days since the begin, each as a day of the week (0 to 6)."
                ),
            )


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, Integral) and least <= int(value) <= most


def _wrong_arrivals(scenario: Scenario) -> Wrong:
    arrivals = scenario.arrivals
    given = [arrivals.times is not None, bool(arrivals.hourly), bool(arrivals.moments)]
    rates = (*arrivals.hourly, *arrivals.seasonal)
    if sum(given) != 1:
        yield (
            "/arrivals",
            _("Say when cases come in one way: times between them, by the hour, or at moments."),
        )
    elif arrivals.times is not None:
        yield from _wrong_times("/arrivals/times", arrivals.times)
        if arrivals.times.mean <= 0 and not any(arrivals.times.values):
            yield "/arrivals/times", _("Between cases some time must pass.")
    elif arrivals.hourly and len(arrivals.hourly) != 168:
        yield "/arrivals/hourly", _("Give a number for each of the 168 hours of a week.")
    elif any(not isfinite(rate) or not 0 <= rate <= 1e6 for rate in rates):
        yield "/arrivals/hourly", _("Cases in an hour are numbers from zero to a million.")
    elif any(not _is_whole(moment, -_LONGEST, _LONGEST) for moment in arrivals.moments):
        yield "/arrivals/moments", _("Moments are whole numbers, within a hundred years.")
    if _expected(scenario) > MOST_CASES:
        yield (
            "/arrivals",
            _(
                "More cases would come than are played: at most %(most)s. Let them come less often, or for less long."
            )
            % {"most": f"{MOST_CASES:,}"},
        )


def _expected(scenario: Scenario) -> float:
    """How many cases come about; 0 where that cannot be told, for then something else is wrong."""
    arrivals, hours = scenario.arrivals, scenario.lasts / HOUR
    if arrivals.times is not None and arrivals.times.values:
        mean = float(np.mean(arrivals.times.values))
    else:
        mean = arrivals.times.mean if arrivals.times is not None else 0.0
    if isfinite(hours) and isfinite(mean) and mean > 0:
        return scenario.lasts / mean
    if arrivals.hourly and 0 < hours <= _LONGEST / HOUR:
        return hours * sum(arrivals.hourly) / len(arrivals.hourly) * max(arrivals.seasonal or (1.0,))
    return float(len(arrivals.moments))


def _wrong_times(pointer: str, times: Times, kinds: int = 0) -> Wrong:
    if times.shape not in SHAPES or (times.shape == GIVEN and not kinds):
        yield pointer, _("There is no such distribution.")
    elif times.shape == GIVEN and len(times.values) % kinds:
        yield pointer, _("Give as many times for each kind of case.")
    elif times.shape in ("empirical", GIVEN):
        if not times.values or any(not 0 <= value <= _LONGEST for value in times.values):
            yield pointer, _("An empirical distribution needs values, from nothing to a hundred years.")
    elif not (isfinite(times.mean) and 0 <= times.mean <= _LONGEST):
        yield pointer, _("How long it lasts is a number, from nothing to a hundred years.")
    elif not (isfinite(times.deviation) and 0 <= times.deviation <= _MOST_VARIED * times.mean):
        yield pointer, _("The deviation is a number, not below zero, at most a hundred times the mean.")
    elif times.shape == "weibull" and 0 < times.deviation < _LEAST_VARIED * times.mean:
        yield (
            pointer,
            _("The deviation of a Weibull distribution is at least a thousandth of the mean, or nothing."),
        )


def _wrong_steps(scenario: Scenario) -> Wrong:
    ids = [step.id for step in scenario.steps]
    if len(set(ids)) < len(ids):
        yield "/steps", _("Two steps have the same id.")
    if sum(step.kind == "start" for step in scenario.steps) != 1:
        yield "/steps", _("A scenario has exactly one start.")
    filled = {role for staff in scenario.staff for role in staff.skills}
    known, ways = set(ids), Counter(flow.source for flow in scenario.flows)
    for place, step in enumerate(scenario.steps):
        for pointer, words in _wrong_step(step, known, filled, ways[step.id], scenario):
            yield f"/steps/{place}{pointer}", words
    for place, flow in enumerate(scenario.flows):
        if flow.source not in known or flow.target not in known:
            yield f"/flows/{place}", _("The way leads from or to a step that is not there.")
        if len(flow.chances) not in (1, len(scenario.kinds)) or not all(flow.chances):
            yield f"/flows/{place}/chances", _("Give chances for all kinds of cases, or one row for all.")
        elif any(not isfinite(chance) or chance < 0 for row in flow.chances for chance in row):
            yield f"/flows/{place}/chances", _("Chances are numbers, not below zero.")


def _wrong_step(step: Step, ids: set[str], filled: set[str], ways: int, scenario: Scenario) -> Wrong:
    if step.kind not in KINDS:
        yield "/kind", _("There is no such kind of step.")
    if step.kind == "task" and step.role not in filled:
        yield "/role", _("Nobody fills the role of this step. Give it to somebody.")
    if step.calendar != ALWAYS and step.calendar not in scenario.calendars:
        yield "/calendar", _("There is no such calendar.")
    if step.batch and not (step.batch.size >= 1 and 0 <= step.batch.longest <= _LONGEST):
        yield "/batch", _("A batch has at least one case, and waits for some time at most.")
    if not 0 <= step.fails <= 1:
        yield "/fails", _("How likely work is defective is a number from 0 to 1.")
    if not (isfinite(step.cost) and abs(step.cost) <= _DEAREST):
        yield "/cost", _("What it costs is a number, at most a million millions.")
    if step.rework and step.rework not in ids:
        yield "/rework", _("The step for rework is not there.")
    if step.kind in ("task", "auto", "wait") and ways > 1:
        yield "", _("Several ways lead out of this step. Put a choice or a split behind it.")
    if step.kind in _GATES and not ways:
        yield "", _("No way leads out of this step.")
    yield from (
        ("/times" + pointer, words) for pointer, words in _wrong_times("", step.times, len(scenario.kinds))
    )
    yield from (
        ("/delay" + pointer, words) for pointer, words in _wrong_times("", step.delay, len(scenario.kinds))
    )


def _wrong_staff(scenario: Scenario) -> Wrong:
    for place, staff in enumerate(scenario.staff):
        if not _is_whole(staff.capacity, 1, _MOST_AT_ONCE):
            yield f"/staff/{place}/capacity", _("Somebody does from one to a thousand things at a time.")
        if not _is_whole(staff.overtime, 0, DAY):
            yield f"/staff/{place}/overtime", _("Nobody goes on for more than a day after their hours.")
        if not (isfinite(staff.cost) and abs(staff.cost) <= _DEAREST):
            yield f"/staff/{place}/cost", _("What it costs is a number, at most a million millions.")
        if staff.calendar != ALWAYS and staff.calendar not in scenario.calendars:
            yield f"/staff/{place}/calendar", _("There is no such calendar.")
        if any(not (isfinite(factor) and 0 < factor <= 1000) for factor in staff.skills.values()):
            yield f"/staff/{place}/skills", _("Factors on work times are above 0, at most 1,000.")
        if any(not -_FARTHEST <= begin <= end <= _FARTHEST for begin, end in staff.absences):
            yield f"/staff/{place}/absences", _("An absence begins before it ends, within two hundred years.")


def _wrong_ways(scenario: Scenario) -> Wrong:
    """Choices without a chance, loops that take no time, steps from which no case ends; for each kind of case."""
    places = {step.id: place for place, step in enumerate(scenario.steps)}
    takes_time = np.array([_takes_time(step) for step in scenario.steps])
    sources = {flow.source for flow in scenario.flows}
    over = np.array([step.kind == "end" or step.id not in sources for step in scenario.steps])
    for used in _ways_used(scenario, places):
        edges = [
            (places[f.source], places[f.target])
            for f, is_used in zip(scenario.flows, used, strict=True)
            if is_used
        ]
        left = {source for source, _target in edges}
        for place, step in enumerate(scenario.steps):
            if step.kind in _GATES and place not in left:
                yield f"/steps/{place}", _("No way out of this choice has a chance for each kind of case.")
        source, target = np.array(edges, np.int64).reshape(-1, 2).T
        leads = reach(len(places), source, target)
        is_quick = ~takes_time[source] & ~takes_time[target]
        quick = reach(len(places), source[is_quick], target[is_quick])
        start = next(place for place, step in enumerate(scenario.steps) if step.kind == "start")
        for place in range(len(places)):
            if quick[place, place]:
                yield (
                    f"/steps/{place}",
                    _("This step is part of a loop that takes no time, so it would run for ever."),
                )
            elif (
                (leads[start, place] or place == start)
                and not over[place]
                and not (leads[place] & over).any()
            ):
                yield f"/steps/{place}", _("From this step no case ever ends. Give it a way to an end.")


def _ways_used(scenario: Scenario, places: dict[str, int]) -> list[tuple[bool, ...]]:
    """Which ways a kind of case takes in the long run; each such pattern once, however many kinds share it."""
    ways = Counter(flow.source for flow in scenario.flows)
    always = [
        ways[flow.source] == 1 or scenario.steps[places[flow.source]].kind == "fork"
        for flow in scenario.flows
    ]
    found: dict[tuple[bool, ...], None] = {}
    for kind in range(len(scenario.kinds)):
        rows = [flow.chances[kind if len(flow.chances) > 1 else 0] for flow in scenario.flows]
        found[tuple(each or row[-1] > 0 for each, row in zip(always, rows, strict=True))] = None
    return list(found)


def _takes_time(step: Step) -> bool:
    return step.kind in ("task", "auto", "wait") and any(
        times.mean > 0 or any(times.values) for times in (step.times, step.delay)
    )
