"""Many instances moved in one transaction: each as if it were alone, all of them or none where a worker dies."""

import gc
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.following import act_on_all, time_is_up
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.working import Working
from kinflow.sales.leads.actions import change_lead, contact_lead
from tests.automation.given import lead

from .given import DAY, at, by_of, design, owner

pytestmark = pytest.mark.django_db
ASKED = {"condition": {"field": "notes", "op": "contains", "value": "go"}}
FORKED = (
    "s start; v catch message; f and; a task; x xor; b task; c task; e end",
    "s v; v f; f a; f x; x b; x c; a e; b e; c e",
)
WAITS = {
    "v": {"event": "sales.lead_changed"},
    "x_b": ASKED,
    "x_c": {"condition": {**ASKED["condition"], "value": "no"}},
}


@pytest.fixture
def me():
    return owner()


def started_for(me, made, *abouts):
    return [start_process(design=made, about=about, by=by_of(me)) for about in abouts]


def changed(*abouts, notes="go on"):
    """What the log says where each of these is changed."""
    for about in abouts:
        change_lead(lead=about, changes={"notes": notes}, by=SYSTEM)
    return list(Entry.objects.filter(name="sales.lead_changed").order_by("-pk")[: len(abouts)])[::-1]


def test_one_that_cannot_go_on_leaves_no_trace_but_its_fault_and_the_others_go_on(me):
    abouts = [lead(), lead(), lead()]
    one, stuck, other = started_for(me, design(me, *FORKED, WAITS), *abouts)
    entries = [*changed(abouts[0]), *changed(abouts[1], notes="stop"), *changed(abouts[2])]
    with mock.patch("kinflow.processes.execution.following.TURN_SECONDS", 60):
        assert act_on_all(entries) == 3
    assert [at(each) for each in (one, stuck, other)] == [["a", "b"], ["v"], ["a", "b"]]
    assert [each.state for each in ProcessInstance.objects.order_by("pk")] == ["running", "stuck", "running"]
    assert sorted(Activity.objects.values_list("about_id", flat=True)) == sorted(
        [abouts[0].pk, abouts[2].pk] * 2
    )
    done = Entry.objects.filter(name="processes.process_step_done").order_by("pk")
    assert [(each.actor_id, each.caused_by) for each in done] == [
        (f"design:{one.design_id}", entry.pk) for entry in (entries[0], entries[2])
    ]


def test_what_comes_later_in_a_batch_finds_what_came_before(me):
    nodes, flows = "s start; v catch message; w catch message; a task; e end", "s v; v w; w a; a e"
    waits = {"v": {"event": "sales.lead_changed"}, "w": {"event": "sales.lead_changed"}}
    about = lead()
    (one,) = started_for(me, design(me, nodes, flows, waits), about)
    act_on_all([*changed(about), *changed(about, notes="once more")])
    assert at(one) == ["a"]


def test_a_number_is_never_given_twice_though_the_newest_token_is_gone(me):
    made = design(
        me,
        "s start; f and; v catch message; w catch message; x catch message; e end",
        "s f; f v; f w; v x; x e; w e",
        {"v": WAITS["v"], "w": {"event": "sales.lead_contacted"}, "x": WAITS["v"]},
    )
    about = lead()
    (one,) = started_for(me, made, about)
    seen = set(one.tokens.values_list("number", flat=True))
    contact_lead(lead=about, note="", by=SYSTEM)
    act_on_all([Entry.objects.filter(name="sales.lead_contacted").latest("pk")])
    assert (at(one), one.tokens.get().number) == (["v"], min(seen))
    act_on_all(changed(about))
    assert at(one) == ["x"]
    assert one.tokens.get().number > max(seen)


def test_what_is_waited_for_keeps_its_order_where_rows_take_the_place_of_others(me):
    nodes = "s start; v catch message; f and; w catch message; x catch message; y catch message; e end"
    waits = {k: {"event": "sales.lead_changed"} for k in "vwxy"}
    abouts = [lead(), lead()]
    many = started_for(me, design(me, nodes, "s v; v f; f w; f x; f y; w e; x e; y e", waits), *abouts)
    act_on_all(changed(*abouts))
    assert [[w.node for w in one.waits.order_by("pk")] for one in many] == [["w", "x", "y"]] * 2
    assert all({w.token for w in one.waits.all()} == {t.number for t in one.tokens.all()} for one in many)


def test_a_worker_that_dies_in_the_middle_of_a_batch_leaves_nothing_half_done(me):
    made = design(me, "s start; t catch timer; u catch timer; e end", "s t; t u; u e", {"t": DAY, "u": DAY})
    many = started_for(me, made, lead(), lead(), lead())
    told = Entry.objects.count()
    due = [{"instance": one.pk, "token": one.tokens.get().number, "node": "t"} for one in many]
    with (
        mock.patch("kinflow.processes.execution.batch._tell_clock", side_effect=MemoryError),
        pytest.raises(MemoryError),
    ):
        time_is_up(due, timezone.now())
    assert ([at(one) for one in many], Entry.objects.count()) == ([["t"]] * 3, told)
    time_is_up(due, timezone.now())
    time_is_up(due, timezone.now())
    assert ([at(one) for one in many], Entry.objects.count()) == ([["u"]] * 3, told + 6)


def test_more_instances_do_not_ask_more_queries(me):
    made = design(me, "s start; t catch timer; u catch timer; e end", "s t; t u; u e", {"t": DAY, "u": DAY})
    asked = []
    for count in (2, 6):
        many = started_for(me, made, *(lead() for _ in range(count)))
        due = [{"instance": one.pk, "token": one.tokens.get().number, "node": "t"} for one in many]
        with CaptureQueriesContext(connection) as queries:
            time_is_up(due, timezone.now())
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 22


def test_only_open_instances_are_held(me):
    made = design(me, "s start; t catch timer; e end", "s t; t e", {"t": DAY})
    (one,) = started_for(me, made, lead())
    due = {"instance": one.pk, "token": one.tokens.get().number, "node": "t"}
    time_is_up([due], timezone.now())
    with mock.patch.object(Batch, "touch", side_effect=AssertionError):
        time_is_up([due], timezone.now())
    assert ProcessInstance.objects.get().state == "done"


def test_a_batch_leaves_nothing_that_has_to_be_looked_for(me):
    made = design(me, "s start; t catch timer; u catch timer; e end", "s t; t u; u e", {"t": DAY, "u": DAY})
    many = started_for(me, made, *(lead() for _ in range(3)))
    due = [{"instance": one.pk, "token": one.tokens.get().number, "node": "t"} for one in many]
    time_is_up(due, timezone.now())
    gc.collect()
    gc.disable()
    try:
        time_is_up([{**one, "token": one["token"] + 1, "node": "u"} for one in due], timezone.now())
        left = [each for each in gc.get_objects() if type(each) in (Batch, Working)]
    finally:
        gc.enable()
    assert (left, ProcessInstance.objects.filter(state="done").count()) == ([], 3)


def test_a_record_that_goes_while_its_instance_waits_ends_it(me):
    made = design(me, "s start; t catch timer; e end", "s t; t e", {"t": DAY})
    abouts = [lead(), lead()]
    gone, kept = started_for(me, made, *abouts)
    due = [{"instance": one.pk, "token": one.tokens.get().number, "node": "t"} for one in (gone, kept)]
    with connection.cursor() as sql:
        sql.execute("SELECT set_config('kinflow.command', 'test', true)")
        sql.execute("UPDATE processes_processinstance SET about_id = 0 WHERE id = %s", [gone.pk])
    time_is_up(due, timezone.now())
    assert [one.state for one in ProcessInstance.objects.order_by("pk")] == ["cancelled", "done"]
