"""The moves that a finding proposes, filled in for the calibrated scenario."""

from collections.abc import Iterator, Mapping, Sequence

from ..scenario import Scenario
from .border_moves import Buffer, MoveOutside
from .graphs import fork_of, leading, returning, step_of
from .kinds import Move, roles_in, steps_of, wrong_in
from .order_moves import Merge, Parallelise, Reorder
from .people_moves import AddPeople, CaseManager, CrossTrain
from .quality_moves import CaptureAtSource
from .way_moves import Automate, Batching, Eliminate, Empower

Facts = Mapping[str, object]
MOST_PASS, USUAL_PASS = 99.0, 80.0


def proposed(practices: Sequence[str], facts: Facts, scenario: Scenario) -> list[Move]:
    """Moves that stand for a finding's best practices, in their order; only such as fit the scenario."""
    by_name = {step_of(scenario, key).name: key for key in reversed(steps_of(scenario))}
    step, other = (by_name.get(str(facts.get(name, ""))) for name in ("step", "between"))
    if step is None:
        return []
    found: list[Move] = []
    for practice in practices:
        for move in _moves(practice, step, other or usual_after(scenario, step), facts, scenario):
            if move not in found and not wrong_in(move, scenario):
                found.append(move)
    return found


def _moves(practice: str, step: str, other: str, facts: Facts, scenario: Scenario) -> Iterator[Move]:
    role = step_of(scenario, step).role
    if practice in ("task_elimination", "control_relocation"):
        yield Eliminate(step)
    elif practice in ("empower", "exception"):
        yield Empower(step, _passing(facts))
    elif practice in ("contact_reduction", "integral_technology"):
        yield CaptureAtSource(step, again=USUAL_PASS if returning(scenario, step) else 0.0)
    elif practice == "buffering":
        yield Buffer(step)
    elif practice in ("integration", "outsourcing"):
        yield MoveOutside(step)
    elif practice == "task_automation":
        yield Automate(step, at_once=not role)  # of what takes nobody's time, only the delay can be spared
    elif practice == "extra_resources":
        yield AddPeople(role)
    elif practice in ("specialist_generalist", "flexible_assignment", "centralisation"):
        yield CrossTrain(_largest_other(scenario, role), role)
    elif practice == "order_based_work":
        yield Batching(step, 1)
    elif other and practice in ("task_composition", "numerical_involvement"):
        yield Merge(step, other, role)
    elif other and practice == "case_manager":
        yield CaseManager(tuple(dict.fromkeys((role, step_of(scenario, other).role))))
    elif other and practice == "parallelism":
        yield Parallelise(step, other)
    elif practice == "knock_out":  # not of a step that is merely late: nobody is spared anything by it
        yield Reorder(_usual_before(scenario, step), step)


def _passing(facts: Facts) -> float:
    """A policy lets pass what was not refused, a little less than all."""
    rate = facts.get("rate")
    return min(MOST_PASS, max(1.0, round(100 * (1 - rate)))) if isinstance(rate, float) else USUAL_PASS


def _largest_other(scenario: Scenario, role: str) -> str:
    others = [each for each in roles_in(scenario) if each != role]
    return max(others, key=lambda each: sum(each in staff.skills for staff in scenario.staff), default="")


def _weight(scenario: Scenario, first: str, second: str) -> float:
    ways = leading(scenario, fork_of(scenario, first), second)
    return sum(sum(row[0] for row in flow.chances) / len(flow.chances) for flow in ways)


def usual_after(scenario: Scenario, step: str) -> str:
    """The step that most often follows another, "" for none."""
    return max(
        (each for each in steps_of(scenario) if each != step and _weight(scenario, step, each)),
        key=lambda each: _weight(scenario, step, each),
        default="",
    )


def _usual_before(scenario: Scenario, step: str) -> str:
    return max(
        (each for each in steps_of(scenario) if each != step and _weight(scenario, each, step)),
        key=lambda each: _weight(scenario, each, step),
        default="",
    )
