"""Two maps of one layout: numbers of each group, what differs by more than chance, what only one of them does."""

import numpy as np

from kinflow.processes.studio.comparing import compare
from kinflow.processes.studio.timing import ELAPSED
from kinflow.processes.studio.twin import twin_of
from tests.processes.given import log_of

LATE = [
    (f"{group} {number}", step, hour, None)
    for group, ways in (("quick", (("ask", 0), ("answer", 2))), ("slow", (("ask", 0), ("check", 1), ("answer", 30))))
    for number in range(12)
    for step, hour in ((name, at + number / 100 * bool(at)) for name, at in ways)
]  # fmt: skip


def drawn() -> dict:
    columns = log_of(LATE)
    quick = np.array([name.startswith("quick") for name in columns.case_ids])
    places = [lambda kind, value, side=side: f"/{side}/?{kind}={value}" for side in ("quick", "slow")]
    compared = compare(columns, quick, ~quick)
    return twin_of(columns, (quick, ~quick), compared, ("Quick", "Slow"), places, str.title, ELAPSED)


def test_both_sides_have_numbers_for_the_same_steps_and_arrows() -> None:
    data = drawn()
    keys = {each["key"] for each in (*data["steps"], *data["arrows"])}
    quick, slow = (side["parts"] for side in data["sides"])
    assert set(quick) == set(slow) == keys
    assert quick["ask>answer"]["url"] == "/quick/?directly=ask>answer"
    assert slow["check>answer"]["url"] == "/slow/?directly=check>answer"
    assert slow["check>answer"]["words"]["median"] == "29 h"
    assert (quick[">ask"]["words"]["median"], slow["answer>"]["words"]["median"]) == ("100 %", "100 %")


def test_what_differs_by_more_than_chance_is_marked_on_both_sides() -> None:
    quick, slow = (side["parts"] for side in drawn()["sides"])
    assert (quick["check"]["marks"]["frequency"], slow["check"]["marks"]["frequency"]) == ("less", "more")
    assert slow["check"]["words"]["frequency"] == "100 % ↑"
    assert slow["ask"]["marks"]["frequency"] == ""
    assert "differs by more than chance" in slow["check"]["says"]


def test_what_only_the_other_group_does_is_there_and_said_to_be_absent() -> None:
    quick, slow = (side["parts"] for side in drawn()["sides"])
    assert (quick["check"]["absent"], slow["check"]["absent"]) == (True, False)
    assert quick["check>answer"]["says"].endswith("0 % of cases, differs by more than chance")
