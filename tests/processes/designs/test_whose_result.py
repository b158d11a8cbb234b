"""Whose result a way goes by is chosen in its form: the task of the way itself, or any that lies before the gateway."""

import pytest
from django.utils import translation

from kinflow.kit.problem import Invalid
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.actions import change_design, newest
from kinflow.processes.designs.deciding_tasks import task_before, tasks_before
from kinflow.processes.designs.difference_pages import told_differences
from kinflow.processes.designs.drawn_check import still_fitting
from kinflow.processes.designs.kept import checked_version
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.plans import Plan, plan_of
from kinflow.processes.designs.telling import rows_of
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import get, post

pytestmark = pytest.mark.django_db

LINE = ("s start; a task; b task; x xor; c task; d task; e end", "s a; a b; b x; x c; x d default; c e; d e")
SAID = {"by:x_c": "results", "results:x_c": ["approved"]}


@pytest.fixture
def me():
    return owner()


def again(made: ProcessDesign) -> ProcessDesign:
    return ProcessDesign.objects.get(pk=made.pk)


def plan(nodes: str, flows: str) -> Plan:
    found, faults = plan_of(read_bpmn(bpmn(nodes, flows)))
    assert found is not None, faults
    return found


@pytest.mark.parametrize(
    ("nodes", "flows", "flow", "tasks"),
    [
        (*LINE, "x_c", ["b", "a"]),
        ("s start; both and; a task; x xor; b task; c task; m and; e end",
         "s both; both a; a x; x m; x c; c m; both b; b m; m e", "x_c", ["a"]),
        ("s start; m xor; a task; x xor; c task; e end", "s m; m a; a x; x c; x e; c m", "x_c", ["a", "c"]),
        ("s start; sub sub; sub.a task; x xor; c end; e end", "s sub; sub x; x c; x e", "x_c", ["sub.a"]),
        ("s start; o task; sub sub; sub.s start; sub.a task; sub.x xor; sub.e end; sub.f end; e end",
         "s o; o sub; sub e; sub.s sub.a; sub.a sub.x; sub.x sub.e; sub.x sub.f", "sub.x_sub.e", ["sub.a", "o"]),
        ("s start; a task; late border on=a timer; x xor; c end; d end; e end", "s a; a e; late x; x c; x d", "x_c",
         ["a"]),
    ],
)  # fmt: skip
def test_all_tasks_that_lie_before_can_be_meant_and_no_others(nodes, flows, flow, tasks):
    assert tasks_before(plan(nodes, flows), flow) == tasks


def test_around_an_event_sub_process_all_can_have_been_done_before_and_what_the_program_does_has_no_result():
    around = plan(
        "s start; a task; e end; h sub by_event; h.s start message; h.x xor; h.c end; h.d end",
        "s a; a e; h.s h.x; h.x h.c; h.x h.d",
    )
    assert tasks_before(around, "h.x_h.c") == ["a"]
    assert tasks_before(plan(*LINE), "x_c", {"b"}) == ["a"]


@pytest.mark.parametrize("nodes_flows", [LINE])
def test_the_task_of_the_way_itself_is_one_of_those_before(nodes_flows):
    assert task_before(plan(*nodes_flows), "x_c") in tasks_before(plan(*nodes_flows), "x_c")


def test_the_form_offers_the_tasks_before_and_keeps_the_one_chosen(me):
    made = design(me, *LINE, {"x_c": {"results": ["approved"]}}, live=False)
    here = f"/process-design/{made.pk}/element/x/"
    page = get(me, here).content.decode()
    assert '<option value="" selected>the task on the way there: “b”</option>' in page
    assert '<option value="a">a</option>' in page
    assert '<option value="c"' not in page.partition('name="of:x_c"')[2].partition("</select>")[0]
    assert post(me, here, **SAID, **{"of:x_c": "a", "seen": made.number}).status_code in (204, 302)
    assert newest(again(made)).bindings["x_c"] == {"results": ["approved"], "of": "a"}
    assert '<option value="a" selected>a</option>' in get(me, here).content.decode()


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("c", "“c” is not done before “x” is reached"),
        ("gone", "The model has no such task of a person"),
        ("x", "The model has no such task of a person"),
        ("a", "The program does “a”"),
    ],
)
def test_a_task_that_cannot_be_meant_is_refused_beside_its_field(me, of, told):
    note = {"do": [{"step": "change_fields", "parameters": {"values": {"notes": "Seen"}}}]}
    made = design(me, *LINE, {"a": note}, live=False)
    answer = post(me, f"/process-design/{made.pk}/element/x/", **SAID, **{"of:x_c": of, "seen": made.number})
    assert answer.status_code == 422
    error = answer.content.decode().partition('id="in-of-1-error">')[2].partition("</p>")[0]
    assert told in error
    with pytest.raises(Invalid) as refused:
        change_design(
            processdesign=made,
            bindings={"a": note, "x_c": {"results": ["approved"], "of": of}},
            by=by_of(me),
        )
    assert [each.pointer for each in refused.value.errors] == ["/bindings/x_c/of"]


def test_the_list_and_the_differences_say_whose_result_is_meant_in_both_languages(me):
    made = design(me, *LINE, {"x_c": {"results": ["approved"]}}, live=False)
    change_design(processdesign=made, bindings={"x_c": {"results": ["approved"], "of": "a"}}, by=by_of(me))
    found = checked_version(made, newest(again(made)))
    assert found.plan is not None
    (row,) = (each for each in rows_of("lead", found.plan, found.bindings) if each.id == "x")
    assert "“a” came out as “Approved”" in row.told
    for language in ("en", "zh-hans"):
        with translation.override(language):
            (told,) = told_differences(made, made.number, made.number + 1)
            assert [name in told.words for name in ("“a”", "“b”")] == [True, True]


def test_the_differences_pass_over_what_the_program_does(me):
    note = {"do": [{"step": "change_fields", "parameters": {"values": {"notes": "Seen"}}}]}
    made = design(me, *LINE, {"b": note}, live=False)
    change_design(processdesign=made, bindings={"b": note, "x_c": {"results": ["approved"]}}, by=by_of(me))
    (told,) = told_differences(made, made.number, made.number + 1)
    assert "“a” came out as" in told.words


def test_what_went_by_a_task_that_is_gone_or_moved_is_to_be_said_anew():
    said = {"x_c": {"results": ["approved"], "of": "a"}}
    assert still_fitting(said, read_bpmn(bpmn(*LINE))) == said
    without = bpmn("s start; b task; x xor; c task; d task; e end", "s b; b x; x c; x d default; c e; d e")
    assert still_fitting(said, read_bpmn(without)) == {}
    behind = bpmn(LINE[0], "s b; b x; x c; x d default; c a; a e; d e")
    assert still_fitting(said, read_bpmn(behind)) == {}
