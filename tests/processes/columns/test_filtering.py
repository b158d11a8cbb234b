"""Parts of a log: which cases fulfil a condition, and the log of those alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.columns import EventColumns, filtering
from kinflow.processes.columns.texts import Texts
from kinflow.processes.measuring import overview

from ..given import HOUR, Row, event_rows, labels, log_of, traces

LOG = traces("abc", "acb", "aab", "b")


def same(one: EventColumns, other: EventColumns) -> bool:
    """Whether two logs are equal in every column and name."""
    for name, column in vars(one).items():
        there = getattr(other, name)
        equal = np.array_equal(column, there) if isinstance(column, np.ndarray) else True
        if not equal or (not isinstance(column, np.ndarray | dict) and list(column) != list(there)):
            return False
    return one.attributes.keys() == other.attributes.keys() and one.amounts.keys() == other.amounts.keys()


@pytest.mark.parametrize(
    ("mask", "cases"),
    [
        (filtering.through(LOG, ["c"]), [0, 1]),
        (filtering.through(LOG, ["nothing"]), []),
        (filtering.through(LOG, ["a"], times=2), [2]),
        (filtering.through(LOG, ["b", "c"], times=2), [0, 1]),
        (filtering.directly(LOG, "a", "b"), [0, 2]),
        (filtering.directly(LOG, "a", "nothing"), []),
        (filtering.eventually(LOG, "a", "b"), [0, 1, 2]),
        (filtering.eventually(LOG, "a", "a"), [2]),
        (filtering.begins_with(LOG, ["b"]), [3]),
        (filtering.ends_with(LOG, ["b", "nothing"]), [1, 2, 3]),
        (filtering.of_variants(LOG, [["a", "a", "b"], ["b"], ["x"]]), [2, 3]),
        (filtering.of_variants(LOG, [["a", "b"]]), []),
        (filtering.lasting(LOG, least=HOUR), [0, 1, 2]),
        (filtering.lasting(LOG, most=HOUR), [3]),
        (~filtering.through(LOG, ["c"]) & filtering.through(LOG, ["b"]), [2, 3]),
    ],
)
def test_paths_and_durations_choose_cases(mask: np.ndarray, cases: list[int]) -> None:
    assert np.flatnonzero(mask).tolist() == cases


PERIODS: list[Row] = [("c", "a", 1, "Ann"), ("c", "b", 5, "Bo"), ("d", "a", 3, "Ann"), ("d", "b", 4, None)]


@pytest.mark.parametrize(
    ("when", "since", "until", "cases"),
    [
        ("begins", 1, 3, ["c"]),
        ("ends", 4, 5, ["d"]),
        ("lies", 1, 5, ["d"]),
        ("touches", 2, 3, ["c"]),
        ("begins", None, None, ["c", "d"]),
        ("begins", 2, None, ["d"]),
    ],
)
def test_a_period_chooses_cases(when, since: int | None, until: int | None, cases: list[str]) -> None:
    columns = log_of(PERIODS)
    moments = [None if hour is None else hour * HOUR for hour in (since, until)]
    mask = filtering.in_period(columns, *moments, when=when)
    assert list(filtering.sub_log(columns, mask).case_ids) == cases


def test_who_did_something_chooses_cases() -> None:
    columns = log_of(PERIODS, units={"Bo": "Stores"})
    assert filtering.by_resource(columns, ["Bo"]).tolist() == [True, False]
    assert filtering.by_unit(columns, ["Stores"]).tolist() == [True, False]


def test_what_is_known_of_cases_chooses_them() -> None:
    columns = log_of(
        PERIODS, attributes={"region": labels("North", None)}, amounts={"value": np.array([np.nan, 7.0])}
    )
    assert filtering.with_value(columns, "region", ["North", "nowhere"]).tolist() == [True, False]
    assert filtering.with_value(columns, "region", [None]).tolist() == [False, True]
    assert filtering.with_amount(columns, "value", 7, 7).tolist() == [False, True]
    assert filtering.with_amount(columns, "value").tolist() == [False, True]


def test_what_is_known_of_cases_comes_along() -> None:
    columns = log_of(
        PERIODS, attributes={"region": labels("North", "South")}, amounts={"value": np.array([3.0, 7.0])}
    )
    part = filtering.sub_log(columns, np.array([False, True]))
    region = part.attributes["region"]
    assert [region.values[code] for code in region.codes] == ["South"]
    assert part.amounts["value"].tolist() == [7.0]


def test_steps_keep_their_codes_in_a_part() -> None:
    part = filtering.sub_log(LOG, filtering.begins_with(LOG, ["b"]))
    assert part.activities == LOG.activities
    assert overview(part)["activities"] == {"b": 1}


def test_a_mask_for_another_log_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cases"):
        filtering.sub_log(LOG, np.ones(3, np.bool_))


def test_names_that_are_kept_as_one_column_are_chosen_as_one_column() -> None:
    import polars as pl

    names = Texts(pl.Series(["eins", "zwei", "drei", "vier"]))
    columns = EventColumns(**{**vars(LOG), "case_ids": names})
    part = filtering.sub_log(columns, np.array([True, False, False, True]))
    assert isinstance(part.case_ids, Texts)
    assert part.case_ids == ["eins", "vier"]
    assert part.case_ids[1] == "vier"
    assert part.case_ids[1:] == ["vier"]
    assert part.case_ids != ["eins"]


@given(event_rows())
@settings(deadline=None)
def test_the_part_with_all_cases_is_the_log(rows: list[Row]) -> None:
    columns = log_of(rows)
    assert same(filtering.sub_log(columns, np.ones(columns.cases, np.bool_)), columns)


@given(event_rows(), st.data())
@settings(deadline=None)
def test_two_parts_together_have_what_the_log_has(rows: list[Row], data: st.DataObject) -> None:
    columns = log_of(rows)
    mask = np.array(
        data.draw(st.lists(st.booleans(), min_size=columns.cases, max_size=columns.cases)), np.bool_
    )
    whole, *parts = (
        overview(log) for log in (columns, *(filtering.sub_log(columns, m) for m in (mask, ~mask)))
    )
    for name in ("activities", "start", "end"):
        assert whole[name] == {
            key: sum(part[name].get(key, 0) for part in parts) for key in {**parts[0][name], **parts[1][name]}
        }
    assert sum(part["events"] for part in parts) == whole["events"]


def test_the_part_that_is_all_of_a_log_is_that_log() -> None:
    columns = traces("ab", "c")
    assert filtering.sub_log(columns, np.ones(2, np.bool_)) is columns


def test_a_large_part_is_copied_column_beside_column(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, mask = traces("ab", "abc", "d", "efg", "ef"), np.array([True, True, False, True, False])
    one_by_one = filtering.sub_log(columns, mask)
    monkeypatch.setattr(filtering, "MANY", 1)
    assert same(filtering.sub_log(columns, mask), one_by_one)
