"""Many that stand alike are moved as one, and come to what each comes to by itself: rows, waits, and the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from kinflow.automation.clock.models import Moment
from kinflow.eventlog import SYSTEM, Actor, action, record
from kinflow.eventlog.models import Entry
from kinflow.processes.execution import as_one, following
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.as_one import _make
from kinflow.processes.execution.following import act_on_all, time_is_up
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.waits import TIMER
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.leads.events import LeadContacted
from tests.automation.given import lead

from .given import DAY, at, by_of, design, owner, rows_of

pytestmark = pytest.mark.django_db
CHANGED, CONTACTED = {"event": "sales.lead_changed"}, {"event": "sales.lead_contacted"}
NODES = "s start; v catch message; f and; w catch message; u catch message; t catch timer; j and; x xor; "
NODES += "g sub; g.s start; g.a catch message; g.e end; b border on=g timer; r race; m catch message; o catch message; "
NODES += "k task; e end"
FLOWS = "s v; v f; f w; f u; w j; u j; j x; x g; x t; x r; t e; g k; b e; g.s g.a; g.a g.e; r m; r o; m e; o v; k e"
BOUND = {
    "v": CHANGED,
    "w": CHANGED,
    "u": CONTACTED,
    "t": DAY,
    "b": DAY,
    "m": CHANGED,
    "o": CONTACTED,
    "g.a": CHANGED,
    "x_g": {"condition": {"field": "notes", "op": "contains", "value": "inside"}},
    "x_t": {"condition": {"field": "notes", "op": "contains", "value": "wait"}},
    "x_r": {"condition": {"field": "notes", "op": "contains", "value": "race"}},
}
NOTES = ("inside", "wait", "race", "neither")
COUNT = 4
NOBODY = 10**9


def _tell(*, lead: Any, by: Actor) -> None:
    record(LeadContacted(lead=lead, contact=lead.contact, note=""))


_tell.__module__ = "kinflow.sales.leads.told"
tell = action(_tell)
"""A lead was contacted, as often as one likes."""


def happen(*, abouts: list[Any], step: tuple[str, tuple[int, ...], tuple[str, ...]]) -> list[Entry]:
    """Something happens to some of the records; what the log says of it."""
    what, places, notes = step
    before = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for turn, place in enumerate(places):
        if what == "contacted":
            tell(lead=abouts[place], by=SYSTEM)
        else:
            change_lead(lead=abouts[place], changes={"notes": f"{notes[place]} {before} {turn}"}, by=SYSTEM)
    names = ("sales.lead_contacted", "sales.lead_changed")
    return list(Entry.objects.filter(pk__gt=before, name__in=names).order_by("pk"))


@contextmanager
def as_one_from(few: int) -> Iterator[list[int]]:
    """So many are moved as one; yields the ids of those that were. Turns take as long as they take."""
    moved: list[int] = []

    def make(batch: Any, read: Any, move: Any, like: Any, ones: Any, *more: Any) -> None:
        moved.extend(pk for pk, _one in ones)
        _make(batch, read, move, like, ones, *more)

    with (
        mock.patch.object(as_one, "FEW", few),
        mock.patch.object(as_one, "_make", make),
        mock.patch.object(following, "TURN_SECONDS", 60),
    ):
        yield moved


def come_to(me: Any, made: Any, steps: Any, few: int) -> tuple[Any, int]:
    """What instances come to by these steps, and how many moves were made as one."""
    with as_one_from(few) as moved:
        abouts = [lead() for _ in range(COUNT)]
        ones = [start_process(design=made, about=about, by=by_of(me)) for about in abouts]
        for step in steps:
            if step[0] == "time":
                due = [
                    {"instance": one.pk, "token": number, "node": "t"}
                    for one in ones
                    for number in one.tokens.filter(node="t").values_list("number", flat=True)
                ]
                time_is_up(due, timezone.now())
            else:
                act_on_all(happen(abouts=abouts, step=step))
    return [rows_of(one) for one in ones], len(moved)


steps_ = st.lists(
    st.tuples(
        st.sampled_from(["changed", "changed", "contacted", "time"]),
        st.lists(st.integers(0, COUNT - 1), min_size=2, max_size=6).map(tuple),
        st.lists(st.sampled_from(NOTES), min_size=COUNT, max_size=COUNT).map(tuple),
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=25, deadline=None)
@examples(steps_)
def test_a_crowd_comes_to_what_each_comes_to_by_itself(steps) -> None:
    with transaction.atomic():
        me = owner()
        made = design(me, NODES, FLOWS, BOUND)
        together, _moved = come_to(me, made, steps, 2)
        alone, none = come_to(me, made, steps, NOBODY)
        assert none == 0
        assert together == alone
        transaction.set_rollback(True)


ALL = tuple(range(COUNT))
RUN = [
    ("changed", ALL, ("race",) * COUNT),
    ("changed", ALL, ("race",) * COUNT),
    ("contacted", ALL, NOTES),
    ("changed", ALL, NOTES),
]


def test_they_are_moved_as_one_to_their_end() -> None:
    me = owner()
    rows, moved = come_to(me, design(me, NODES, FLOWS, BOUND), RUN, 2)
    assert moved == COUNT * 4
    assert {row[0] for row in rows} == {"done"}
    assert [name for name, *_more in rows[0][4]].count("processes.process_ended") == 1
    assert all(one.ended_at for one in ProcessInstance.objects.all())


def test_one_to_which_more_happens_in_the_batch_is_moved_by_itself() -> None:
    me = owner()
    made = design(me, "s start; v catch message; w catch message; k catch message; e end", "s v; v w; w k; k e",
                  {"v": CHANGED, "w": CHANGED, "k": CONTACTED})  # fmt: skip
    abouts = [lead() for _ in range(COUNT)]
    ones = [start_process(design=made, about=about, by=by_of(me)) for about in abouts]
    entries = happen(abouts=abouts, step=("changed", (*ALL, 0), NOTES))

    with as_one_from(2) as moved:
        assert act_on_all(entries) == COUNT + 1
    assert moved == [one.pk for one in ones[1:]]
    assert [at(one) for one in ones] == [["k"], *([["w"]] * (COUNT - 1))]


def test_who_is_too_deep_in_a_chain_of_causes_is_stuck_while_the_others_go_on() -> None:
    me = owner()
    made = design(me, "s start; v catch message; w catch message; e end", "s v; v w; w e",
                  {"v": CHANGED, "w": CONTACTED})  # fmt: skip
    abouts = [lead() for _ in range(COUNT)]
    ones = [start_process(design=made, about=about, by=by_of(me)) for about in abouts]
    entries = happen(abouts=abouts, step=("changed", ALL, NOTES))
    entries[2].depth = 8
    with mock.patch.object(as_one, "FEW", 2):
        act_on_all(entries)
    states = [ProcessInstance.objects.get(pk=one.pk).state for one in ones]
    assert states == ["running", "running", "stuck", "running"]
    assert [at(one) for one in ones] == [["w"], ["w"], ["v"], ["w"]]
    told = Entry.objects.filter(
        name="processes.process_step_done", mentions__kind="processinstance", mentions__object_id=ones[3].pk
    )
    assert [(entry.caused_by, entry.depth) for entry in told] == [(entries[3].pk, entries[3].depth + 1)]


def test_those_whose_record_is_gone_are_not_moved_as_one() -> None:
    me = owner()
    made = design(me, "s start; v catch message; e end", "s v; v e", {"v": CHANGED})
    abouts = [lead() for _ in range(COUNT)]
    ones = [start_process(design=made, about=about, by=by_of(me)) for about in abouts]
    entries = happen(abouts=abouts, step=("changed", ALL, NOTES))
    with (
        mock.patch.object(as_one, "FEW", 2),
        mock.patch("kinflow.processes.execution.around.Around.stub", return_value=None),
        mock.patch.object(as_one, "made_out", side_effect=AssertionError),
    ):
        act_on_all(entries)
    assert {ProcessInstance.objects.get(pk=one.pk).state for one in ones} == {"cancelled"}


def of_two_kinds(me: Any) -> tuple[list[Any], list[ProcessInstance]]:
    """Records of which the first is given to a person when it is changed, while the others wait for more."""
    waiting = design(me, "s start; v catch message; w catch message; e end", "s v; v w; w e",
                     {"v": CHANGED, "w": CONTACTED})  # fmt: skip
    asking = design(
        me, "s start; v catch message; a task; e end", "s v; v a; a e", {"v": CHANGED}, name="Ask"
    )
    abouts = [lead() for _ in range(COUNT)]
    return abouts, [
        start_process(design=waiting if place else asking, about=about, by=by_of(me))
        for place, about in enumerate(abouts)
    ]


def test_where_a_turn_ends_early_what_comes_later_waits_for_the_next() -> None:
    abouts, ones = of_two_kinds(owner())
    entries = happen(abouts=abouts, step=("changed", ALL, NOTES))
    with as_one_from(2) as moved, mock.patch.object(following, "TURN_SECONDS", 0):
        assert act_on_all(entries) == 1
        assert [at(one) for one in ones] == [["a"], ["v"], ["v"], ["v"]]
        assert act_on_all(entries[1:]) == COUNT - 1
    assert moved == [one.pk for one in ones[1:]]
    assert [at(one) for one in ones] == [["a"], ["w"], ["w"], ["w"]]


def test_who_was_moved_by_what_another_did_meanwhile_is_not_moved_as_it_stood_before() -> None:
    abouts, ones = of_two_kinds(owner())
    entries = happen(abouts=abouts, step=("changed", ALL, NOTES))

    def give(work: Any, token: Any, *_given: Any) -> None:
        work.around.reach()
        ones[2].tokens.update(node="elsewhere")
        ones[2].waits.all().delete()

    with (
        as_one_from(2) as moved,
        mock.patch("kinflow.processes.execution.working.Working._give_task", give),
    ):
        assert act_on_all(entries) == COUNT
    assert moved == [ones[1].pk, ones[3].pk]
    assert [at(one) for one in ones] == [["a"], ["w"], ["elsewhere"], ["w"]]


def test_timers_that_are_up_together_lead_on_together_and_set_the_next() -> None:
    me = owner()
    hours = {"duration": {"amount": 2, "unit": "hours"}}
    made = design(me, "s start; t catch timer; u catch timer; e end", "s t; t u; u e", {"t": DAY, "u": hours})
    ones = [start_process(design=made, about=lead(), by=by_of(me)) for _ in range(COUNT)]
    due = [{"instance": one.pk, "token": one.tokens.get().number, "node": "t"} for one in ones]
    with as_one_from(2) as moved:
        time_is_up([*due[1:], due[1]], timezone.now())
    assert moved == [one.pk for one in ones[2:]]
    moments = list(Moment.objects.filter(handler=TIMER).order_by("key"))
    assert sorted((m.payload["instance"], m.payload["node"]) for m in moments) == [
        (one.pk, "u" if place else "t") for place, one in enumerate(ones)
    ]
    soon = [m.at - timezone.now() for m in moments if m.payload["node"] == "u"]
    assert all(timedelta(hours=1) < left < timedelta(hours=3) for left in soon)
    done = Entry.objects.filter(name="processes.process_step_done", mentions__object_id=ones[3].pk,
                                mentions__kind="processinstance")  # fmt: skip
    assert [(entry.caused_by, entry.depth) for entry in done] == [(None, 0)]
    assert [at(one) for one in ones] == [["t"], ["u"], ["u"], ["u"]]


def test_of_two_crowds_the_one_that_comes_after_the_end_of_a_turn_waits() -> None:
    abouts, ones = of_two_kinds(owner())
    later = [lead() for _ in range(3)]
    me = ones[0].design.owner
    late = design(me, "s start; v catch message; w catch message; e end", "s v; v w; w e",
                  {"v": CONTACTED, "w": CHANGED}, name="Late")  # fmt: skip
    others = [start_process(design=late, about=about, by=by_of(me)) for about in later]
    before = happen(abouts=abouts[1:], step=("changed", (0, 1, 2), NOTES))
    after = happen(abouts=later, step=("contacted", (0, 1, 2), NOTES))
    asked = happen(abouts=abouts, step=("changed", (0,), NOTES))
    with as_one_from(2) as moved, mock.patch.object(following, "TURN_SECONDS", 0):
        assert act_on_all([*before, *asked, *after]) == len(before) + 1
        assert moved == [one.pk for one in ones[1:]]
        assert act_on_all(after) == len(after)
    assert [at(one) for one in (*ones, *others)] == [["a"], *([["w"]] * 6)]
