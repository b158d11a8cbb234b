"""What a pool's policy lets happen to one item as time goes by."""

from datetime import UTC, datetime, timedelta

import pytest

from kinflow.automation.pool.policy import Policy, Return, Wait, Warn, next_step, read_policy
from kinflow.kit.problem import Invalid

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
POLICY = Policy(protected_days=14, neglect_days=30, warning_days=3)


def step(policy=POLICY, *, touched=None, warned=None, returns=None, at):
    def day(n):
        return None if n is None else START + n * DAY

    return next_step(
        policy,
        since=START,
        touched_at=day(touched),
        warned_at=day(warned),
        returns_at=day(returns),
        now=START + at * DAY,
    )


def test_what_is_worked_on_waits_until_the_warning():
    assert step(at=1) == Wait(START + 27 * DAY)
    assert step(at=20, touched=10) == Wait(START + 37 * DAY)


def test_the_owner_is_warned_and_has_the_whole_warning():
    assert step(at=27) == Warn(START + 30 * DAY)
    assert step(at=200) == Warn(START + 203 * DAY)


def test_after_the_warning_it_goes_back_at_its_moment_and_not_before():
    assert step(at=29, warned=27, returns=30) == Wait(START + 30 * DAY)
    assert step(at=30, warned=27, returns=30) == Return(30)


def test_work_after_the_warning_lets_the_time_begin_anew():
    assert step(at=30, touched=28, warned=27, returns=30) == Wait(START + 55 * DAY)


def test_a_milder_policy_takes_the_warning_back():
    assert step(Policy(neglect_days=60), at=30, warned=27, returns=30) == Wait(START + 57 * DAY)


def test_nothing_goes_back_while_it_is_protected_or_where_the_policy_says_never():
    long = Policy(protected_days=90, neglect_days=30, warning_days=3)
    assert step(long, at=40) == Wait(START + 87 * DAY)
    assert step(Policy(neglect_days=None), at=4000) is None


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"claims": -1}, "/claims"),
        ({"period_days": 0}, "/period_days"),
        ({"protected_days": "soon"}, "/protected_days"),
        ({"neglect_days": 1.5}, "/neglect_days"),
        ({"locked_days": float("nan")}, "/locked_days"),
        ({"holding_cap": True}, "/holding_cap"),
        ({"surprise": 1}, "/surprise"),
        ({"may_claim": {"field": "nothing", "op": "is", "value": 1}}, "/may_claim/field"),
        ({"neglect_days": 3, "warning_days": 3}, "/warning_days"),
    ],
)
def test_what_is_wrong_with_a_policy_is_named(given, pointer):
    with pytest.raises(Invalid) as refused:
        read_policy(given)
    assert [e.pointer for e in refused.value.errors] == [pointer]


def test_limits_may_be_left_empty():
    policy = read_policy({"claims": "", "holding_cap": None, "neglect_days": ""})
    assert (policy.claims, policy.holding_cap, policy.neglect_days) == (None, None, None)
