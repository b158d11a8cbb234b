"""The cases behind a step, an arrow, a variant; page by page."""

from kinflow.processes.definitions.casework import Wanted, case_page, case_told, place_of
from tests.processes.given import labels, log_of, traces

LOG = traces("abc", "ac", "abc", "bca", "a")


def ids(wanted, after=None, limit=10):
    return [row["case"] for row in case_page(LOG, wanted, after, limit).cases]


def test_all_cases_unless_some_are_asked_for():
    assert len(ids(Wanted())) == 5


def test_the_cases_of_a_step_an_arrow_a_variant_and_of_both_ends():
    assert ids(Wanted(step="b")) == ["case 0", "case 2", "case 3"]
    assert ids(Wanted(arrow=("a", "c"))) == ["case 1"]
    assert ids(Wanted(variant=["a", "b", "c"])) == ["case 0", "case 2"]
    assert ids(Wanted(start="b")) == ["case 3"]
    assert ids(Wanted(end="a")) == ["case 3", "case 4"]
    assert ids(Wanted(step="b", end="a")) == ["case 3"]
    assert ids(Wanted(step="unknown")) == []


def test_pages_follow_each_other_without_gap_or_double():
    found, after = [], None
    for _page in range(10):
        page = case_page(LOG, Wanted(), after, 2)
        found += [row["case"] for row in page.cases]
        after = page.last
        if after is None:
            break
    assert found == [f"case {at}" for at in range(5)]


def test_a_case_is_told_with_its_events_and_what_is_known():
    columns = log_of(
        [("x", "a", 1, "Ann"), ("x", "b", 3, None)],
        begun=[0.5, 3],
        units={"Ann": "East"},
        attributes={"source": labels("fair")},
    )
    told = case_told(columns, place_of(columns, "x"), {"a": "First"})
    assert told["attributes"] == {"source": "fair"}
    assert told["events"] == [
        {
            "activity": "a",
            "label": "First",
            "begun_at": "1970-01-01T00:30:00+00:00",
            "at": "1970-01-01T01:00:00+00:00",
            "resource": "Ann",
            "unit": "East",
        },
        {
            "activity": "b",
            "label": "b",
            "begun_at": "1970-01-01T03:00:00+00:00",
            "at": "1970-01-01T03:00:00+00:00",
            "resource": None,
            "unit": None,
        },
    ]
    assert place_of(columns, "y") is None
