"""What is said of each figure: better, worse or not to be told yet; its goal; what was promised."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kinflow.eventlog import Actor

from ..deployments.models import SHADOW, Deployment
from .cohorts import Cohort, cohort_of
from .estimating import FEW, LEAST, Difference, difference_of, difference_of_differences, needed_for
from .figures import FIGURES
from .measuring import Measured, measured
from .spreading import Spread, spread_of

BETTER, WORSE, OPEN = "better", "worse", "open"
REACHED, MISSED = "reached", "missed"
LIKE, LESS, MORE = "as_promised", "less", "more"


@dataclass(frozen=True)
class Result:
    """One figure in its own unit (shares in percentage points), and what may be said of it; `needed` more records."""

    figure: str
    difference: Difference
    verdict: str
    goal: float | None
    reached: str
    promised: tuple[float, float, float] | None
    kept: str
    needed: int | None


@dataclass(frozen=True)
class Benefit:
    """All that is known of a deployment's benefit for a reader.

    `way` is how it is known: "chance" (a random share), "condition", "others" (before and after, beside other units),
    "before_after" (the weakest), "shadow" (none). `sizes` are the records of the new group and the comparison;
    `following` of them are not followed long enough yet, the first of these is at `next_at`.
    """

    way: str
    results: list[Result]
    spreads: dict[str, Spread]
    sizes: tuple[int, int]
    following: int
    next_at: datetime | None
    is_part: bool

    @property
    def records(self) -> int:
        """The records of both groups."""
        return sum(self.sizes)


def benefit_of(deployment: Deployment, by: Actor, now: datetime) -> Benefit:
    """The benefit of a deployment over the records that the reader may see."""
    if deployment.way == SHADOW:
        return Benefit("shadow", [], {}, (0, 0), 0, None, False)
    cohort = cohort_of(deployment, by)
    facts = measured(deployment, cohort, now)
    ours = ~cohort.is_beside
    is_beside = _can_stand_beside(cohort, facts)
    results = [
        _result(deployment, key, _compared(key, cohort, facts, is_beside=is_beside)) for key in facts.values
    ]
    sides = (cohort.is_new & ours, ~cohort.is_new & ours)
    spreads = {key: spread_of(key, facts, sides) for key in facts.values}
    way = (
        "others"
        if is_beside
        else {"share": "chance", "all": "before_after"}.get(deployment.way, deployment.way)
    )
    since = [at for at, is_open in zip(cohort.since, ours & ~facts.is_followed, strict=True) if is_open]
    next_at = min(since) + timedelta(days=deployment.horizon_days) if since else None
    sizes = (int(sides[0].sum()), int(sides[1].sum()))
    return Benefit(way, results, spreads, sizes, len(since), next_at, cohort.is_part)


def _can_stand_beside(cohort: Cohort, facts: Measured) -> bool:
    """Whether units without the process have enough records before and after."""
    use = cohort.is_beside & facts.is_followed
    return min(int((use & cohort.is_new).sum()), int((use & ~cohort.is_new).sum())) >= LEAST


def _compared(key: str, cohort: Cohort, facts: Measured, *, is_beside: bool) -> Difference:
    sides = []
    for group in (~cohort.is_beside, cohort.is_beside):
        use = group & facts.told_of(key)
        values = facts.values[key][use] * (100 if FIGURES[key].unit == "share" else 1)
        sides.append(difference_of(values, cohort.is_new[use], [codes[use] for codes in cohort.facts]))
        if not is_beside or FIGURES[key].of_instances:
            return sides[0]
    return difference_of_differences(sides[0], sides[1])


def kept_of(gain: tuple[float, float], promised: tuple[float, float]) -> str:
    """How the interval of a gain stands to the promised one; one that holds nothing, too, bears no promise out.

    Unless it lies within the promise: then nothing is what was promised.
    """
    low, high = sorted(promised)
    if gain[1] < low or gain[0] > high:
        return LESS if gain[1] < low else MORE
    is_known = gain[0] > 0 or gain[1] < 0 or (low <= gain[0] and gain[1] <= high)
    return LIKE if is_known else OPEN


def _result(deployment: Deployment, key: str, found: Difference) -> Result:
    sign = 1 if FIGURES[key].is_more_better else -1
    goal = next((one["by"] for one in deployment.goals if one["figure"] == key), None)
    given = next((one for one in deployment.promise if one["figure"] == key), None)
    promised = (given["value"], given["low"], given["high"]) if given else None
    low, high = found.always_low, found.always_high
    if found.value is None or low is None or high is None:
        needed = max(LEAST - found.new, 0) + max(LEAST - found.compared, 0) if found.refused == FEW else None
        return Result(key, found, OPEN, goal, OPEN, promised, OPEN, needed or None)
    gain_low, gain_high = sorted((sign * low, sign * high))
    verdict = BETTER if gain_low > 0 else WORSE if gain_high < 0 else OPEN
    reached = OPEN if goal is None else REACHED if gain_low >= goal else MISSED if gain_high < goal else OPEN
    kept, needed = OPEN, None
    if promised is not None:
        kept = kept_of((gain_low, gain_high), (sign * promised[1], sign * promised[2]))
    if verdict == OPEN:
        total = needed_for(found.spread, goal if goal is not None else found.value)
        needed = max(total - found.new - found.compared, 1) if total is not None else None
    return Result(key, found, verdict, goal, reached, promised, kept, needed)
