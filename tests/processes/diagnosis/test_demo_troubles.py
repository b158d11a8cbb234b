"""Every trouble planted in the demo company is among the first findings of its process; left out, it is not found."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kinflow.demo.troubles import Troubles
from kinflow.demo.world import build
from kinflow.processes.diagnosis.finding import find
from kinflow.processes.diagnosis.found import Finding

from .worlds import logs_of

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
DAYS = 300
TOP = 8
WORK = "customers.activity_finished"
PLANTED = {
    "rubber_stamp": ("opportunity", f"one_outcome:{WORK}:discount_approval"),
    "weekend_wait": ("lead", "weekend:score"),
    "long_chain": ("repair", "pass_through:dispatch"),
    "lone_expert": ("opportunity", f"single_skilled:{WORK}:engineering:family:magnetic"),
    "asked_twice": ("repair", "written_again:case.description"),
    "ping_pong": ("complaint", "ping_pong:engineering:quality"),
    "late_credit_check": ("opportunity", f"late_refusal:{WORK}:credit_check"),
    "batch_review": ("opportunity", f"batching:{WORK}:contract_review"),
}
Found = dict[str, list[Finding]]


@pytest.fixture(scope="module")
def found() -> Found:
    """What is found in ten months of the company as it is."""
    return {name: find(*log) for name, log in logs_of(build(11, NOW, days=DAYS)).items()}


@pytest.fixture(scope="module")
def healthy() -> Found:
    """What is found in the same ten months without any of the troubles."""
    world = build(11, NOW, days=DAYS, troubles=Troubles.none())
    return {name: find(*log) for name, log in logs_of(world).items()}


def test_all_planted_troubles_are_looked_for() -> None:
    assert set(PLANTED) == set(vars(Troubles()))


@pytest.mark.slow
@pytest.mark.parametrize("trouble", PLANTED)
def test_each_planted_trouble_is_among_the_first_findings(trouble: str, found: Found) -> None:
    process, key = PLANTED[trouble]
    assert key in [finding.key for finding in found[process][:TOP]]


@pytest.mark.slow
@pytest.mark.parametrize("trouble", PLANTED)
def test_no_trouble_is_found_where_it_is_not(trouble: str, healthy: Found) -> None:
    process, key = PLANTED[trouble]
    assert key not in [finding.key for finding in healthy[process]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "holds"),
    [
        (PLANTED["rubber_stamp"], lambda facts: facts["high"] < 0.02 and facts["wait"] > 8),
        (PLANTED["lone_expert"], lambda facts: facts["share"] == 1 and facts["away"] > 2 * facts["there"]),
        (PLANTED["batch_review"], lambda facts: (facts["first"], facts["second"]) == (1, 4)),
        (
            PLANTED["weekend_wait"],
            lambda facts: facts["wait"] > 40 and facts["from"] == 9 and "sales.lead_" in facts["step"],
        ),
        (PLANTED["long_chain"], lambda facts: facts["units"] == ("dispatch", "service-planning")),
        (("repair", "put_back:account.address"), lambda facts: facts["other"] == "order-desk"),
    ],
)
def test_findings_say_how_it_is(
    key: tuple[str, str], holds: Callable[[dict[str, object]], bool], found: Found
) -> None:
    process, name = key
    finding = next(finding for finding in found[process] if finding.key == name)
    assert holds(dict(finding.facts))


@pytest.mark.slow
def test_worst_comes_first(found: Found) -> None:
    for findings in found.values():
        money = [finding.size.money.value for finding in findings if finding.size.money]
        assert money == sorted(money, reverse=True)
