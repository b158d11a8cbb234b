"""Logs of unusual shape are measured in bounded time and memory."""

import numpy as np

from kinflow.processes.columns import columns_of, filtering
from kinflow.processes.measuring import overview

MILLION = 1_000_000


def test_a_million_kinds_of_steps_take_no_table_of_all_their_pairs() -> None:
    events = 50_000
    done = np.arange(events, dtype=np.int32)
    columns = columns_of(
        case=done // 10,
        activity=done * (MILLION // events),
        at=done.astype(np.int64),
        case_ids=[f"case {number}" for number in range(events // 10)],
        activities=[f"{number}" for number in range(MILLION)],
    )
    found = overview(columns, most_variants=5)
    assert (len(found["activities"]), found["variant_count"]) == (events, events // 10)
    assert len(found["directly_follows"]) == events - events // 10
    assert {arrow["count"] for arrow in found["directly_follows"]} == {1}


def test_one_case_with_a_million_events_is_a_case_like_others() -> None:
    columns = columns_of(
        case=np.zeros(MILLION, np.int32),
        activity=(np.arange(MILLION) % 50).astype(np.int32),
        at=np.arange(MILLION, dtype=np.int64) * 1_000_000,
        case_ids=["endless"],
        activities=[f"{number}" for number in range(50)],
    )
    found = overview(columns)
    assert (found["cases"], found["variant_count"], len(found["variants"][0]["steps"])) == (1, 1, MILLION)
    assert found["case_seconds"]["most"] == MILLION - 1
    assert {arrow["count"] for arrow in found["directly_follows"]} == {MILLION // 50, MILLION // 50 - 1}
    assert filtering.eventually(columns, "49", "0").tolist() == [True]
    assert filtering.through(columns, ["7"], times=MILLION).tolist() == [False]
