"""Several kinds of object in one picture: what follows what for each kind, what is shared, what is drawn."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kinflow.processes.objects.drawing import SIGNS, drawing_of
from kinflow.processes.objects.flows import Flows, flows_of, kinds_there, usual_stand
from kinflow.processes.objects.keeping import keep_objects, kept_objects
from kinflow.processes.objects.log import ObjectLog, columns_of_kind, object_log
from kinflow.processes.objects.telling import answer_of, told_of_kinds

HOUR = 3_600_000_000
Told = tuple[str, int, Sequence[str]]
"""An event: what was done, in which hour, and the objects it mentions: a letter of the kind and a number."""
ORDERS: list[Told] = [
    ("place order", 0, ["o1", "i1", "i2"]),
    ("place order", 1, ["o2", "i3"]),
    ("pick", 2, ["o1", "i1"]),
    ("pick", 5, ["o1", "i2"]),
    ("pick", 6, ["o2", "i3"]),
    ("ship", 9, ["i1", "i2", "i3"]),
    ("pay", 10, ["o1"]),
]
"""Two orders with three items; all items go in one shipment."""


def log_of(told: Sequence[Told] = ORDERS) -> ObjectLog:
    activities = sorted({event[0] for event in told})
    names = sorted({name for event in told for name in event[2]})
    kinds = sorted({name[0] for name in names})
    pairs = [(at, names.index(name)) for at, event in enumerate(told) for name in [*event[2], *event[2]]]
    return object_log(
        activity=np.array([activities.index(event[0]) for event in told], np.int32),
        at=np.array([event[1] * HOUR for event in told], np.int64),
        event=np.array([pair[0] for pair in pairs], np.int64),
        things=np.array([pair[1] for pair in pairs], np.int64),
        kind=np.array([kinds.index(name[0]) for name in names], np.int32),
        activities=activities,
        kinds=kinds,
    )


def flows(told: Sequence[Told] = ORDERS) -> Flows:
    log = log_of(told)
    return flows_of(log, [log.kinds.index(kind) for kind in "oi"])


def test_each_kind_has_the_arrows_of_its_own_objects() -> None:
    answer = answer_of(flows(), str.title, str)
    arrows = {(each["kind"], each["from"], each["to"]): each["count"] for each in answer["directly_follows"]}
    assert arrows == {
        ("o", "place order", "pick"): 2,
        ("o", "pick", "pick"): 1,
        ("o", "pick", "pay"): 1,
        ("i", "place order", "pick"): 3,
        ("i", "pick", "ship"): 3,
    }
    assert answer["activities"] == {"pay": 1, "pick": 3, "place order": 2, "ship": 1}
    assert {(each["kind"], each["activity"]): each["count"] for each in answer["end"]} == {
        ("o", "pay"): 1,
        ("o", "pick"): 1,
        ("i", "ship"): 3,
    }
    waited = next(each for each in answer["directly_follows"] if each["from"] == each["to"] == "pick")
    assert waited["median_seconds"] == 3 * 3600


def test_a_mention_in_two_roles_counts_once() -> None:
    assert columns_of_kind(log_of(), 1).events == 6


def test_events_with_several_objects_and_steps_for_different_ones_are_told() -> None:
    log = log_of()
    orders, items = (flows().shared[log.kinds.index(kind)] for kind in "oi")
    assert (items.objects, items.events, items.times, items.converging) == (3, 6, 9, 2)
    assert orders.converging == 0
    assert orders.diverging == {log.kinds.index("i"): 1}  # order 1 is picked for one item, then for the other
    assert items.diverging == {log.kinds.index("o"): 0}
    notes = {each["key"]: each["notes"] for each in told_of_kinds(flows(), str)}
    assert "2 events mention several of them" in notes["i"][0]
    assert notes["o"][0].startswith("50.0 % of them do the same step for different objects of kind “i”")


def test_kinds_are_told_apart_by_sign_as_well_as_by_colour() -> None:
    data = drawing_of(flows(), str, str, "Shop")
    assert [(kind["sign"], kind["hue"]) for kind in data["kinds"]] == [(SIGNS[0], 0), (SIGNS[1], 1)]
    arrow = next(each for each in data["arrows"] if each["key"] == "i|pick>ship")
    assert arrow["words"] == {"frequency": "■ 3", "median": "■ 3 · 4.0 h"}
    assert {each["from"] for each in data["arrows"] if each["to"] == "place order"} == {"▶o", "▶i"}
    assert data["rounds"] == [["▶o", "▶i"], ["■o", "■i"]]


def test_the_first_stand_shows_the_main_path_of_every_kind() -> None:
    data = drawing_of(flows(), str, str, "Shop")
    shown = {each["key"] for each in data["arrows"] if each["level"] == 0}
    assert {"i|place order>pick", "i|pick>ship", "i|ship>"} <= shown
    assert usual_stand(flows()) == 40


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    log = log_of()
    keep_objects(log, tmp_path)
    again = kept_objects(tmp_path)
    assert again is not None
    assert answer_of(flows_of(again, [0, 1]), str, str) == answer_of(flows_of(log, [0, 1]), str, str)
    assert kept_objects(tmp_path / "nothing") is None


def test_nothing_happened() -> None:
    empty = log_of([])
    assert kinds_there(empty) == []
    assert drawing_of(flows_of(empty, []), str, str, "Nothing")["steps"] == []
