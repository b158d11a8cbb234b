"""What the address of a studio page asks for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from kinflow.processes.studio.asked import Asked, Condition, pair, read
from kinflow.processes.studio.chips import step_condition
from kinflow.processes.studio.fingerprints import fingerprint
from kinflow.processes.studio.narrowing import narrowed
from tests.processes.given import labels, log_of, traces

ZONE = ZoneInfo("Asia/Shanghai")
MARCH = datetime(2026, 3, 1, tzinfo=UTC).timestamp() / 3_600
LOG = log_of(
    [
        ("one", "a", MARCH, "Li"),
        ("one", "b", MARCH + 24, "Wu"),
        ("two", "a", MARCH + 48, "Li"),
        ("two", "b", MARCH + 49, "Li"),
        ("two", "a", MARCH + 50, "Li"),
        ("three", "c", MARCH + 96, None),
    ],
    units={"Li": "East", "Wu": "West"},
    attributes={"region": labels("North", "South", None)},
)


def cases(query: str) -> list[str]:
    return list(narrowed(LOG, read(QueryDict(query)), ZONE).case_ids)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["one", "two", "three"]),
        ("from=2026-03-02", ["two", "three"]),
        ("from=2026-03-01&to=2026-03-03", ["one", "two"]),
        ("is=region:North", ["one"]),
        ("is=region:North&is=region:South", ["one", "two"]),
        ("is=region:–", ["three"]),  # noqa: RUF001
        ("is=colour:red", []),
        ("unit=West", ["one"]),
        ("through=b", ["one", "two"]),
        ("never=b", ["three"]),
        ("repeated=a", ["two"]),
        ("directly=b>a", ["two"]),
        ("eventually=a>b", ["one", "two"]),
        ("directly=b>nothing", []),
        ("begins=c", ["three"]),
        ("ends=b", ["one"]),
        ("longer=0.5", ["one"]),
        ("shorter=0.5", ["two", "three"]),
        (f"variant={fingerprint(LOG, 1)}", ["two"]),
        ("variant=other", []),
        ("through=a&is=region:South", ["two"]),
    ],
)
def test_conditions_narrow_the_log(query: str, found: list[str]) -> None:
    assert cases(query) == found


@pytest.mark.parametrize(
    "query", ["from=yesterday", "longer=-1", "longer=nan", "is=region", "through=", "other=1"]
)
def test_what_cannot_be_meant_is_left_out(query: str) -> None:
    assert read(QueryDict(query)).conditions == ()


def test_the_address_is_the_view() -> None:
    query = "?from=2026-03-01&is=region%3ANorth&directly=a%3Eb&show=mean"
    asked = read(QueryDict(query[1:]))
    assert asked.address() == query
    assert read(QueryDict(asked.address(show="p90")[1:])).look("show") == "p90"
    assert asked.without(Condition("directly", "a>b")).address() == query.replace("&directly=a%3Eb", "")


def test_the_same_condition_counts_once_and_the_last_period_holds() -> None:
    asked = read(QueryDict("from=2026-01-01&from=2026-02-01&through=a&through=a"))
    assert asked.conditions == (Condition("from", "2026-02-01"), Condition("through", "a"))
    assert Asked().with_("through", "a").with_("through", "a").values("through") == ["a"]


def test_steps_may_have_the_arrow_in_their_names() -> None:
    assert pair("a>b>c", ["a>b", "c"]) == ("a>b", "c")
    assert pair("a>b", ["a"]) is None


@pytest.mark.parametrize(
    ("relation", "step", "then", "condition"),
    [
        ("through", "a", "b", Condition("through", "a")),
        ("directly", "a", "b", Condition("directly", "a>b")),
        ("directly", "a", "", None),
        ("through", "", "", None),
        ("from", "a", "", None),
    ],
)
def test_the_form_tells_one_condition_on_the_way(
    relation: str, step: str, then: str, condition: Condition | None
) -> None:
    assert step_condition(relation, step, then) == condition


def test_a_variant_is_called_by_its_steps_alone() -> None:
    assert fingerprint(traces("ab", "cd"), 1) == fingerprint(traces("cd"), 0) != fingerprint(traces("dc"), 0)
