"""What of a file would not run as it stands: told on the page and over the API, and kept from operation where needed."""

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.kit.problem import Invalid
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation, rename_design
from kinflow.processes.designs.api import router
from kinflow.processes.designs.fitness import NotFitForOperation
from kinflow.processes.designs.kept import checked_version
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.versions import newest
from tests.automation.test_api import ask
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import MARK_HOT, by_of, design, owner
from tests.processes.execution.test_pages import get

pytestmark = pytest.mark.django_db
PLAIN = ("s start; a task; e end", "s a; a e")
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'


@pytest.fixture
def me():
    return owner()


def of(inside: str) -> bytes:
    return f"{HEAD}{inside}</process></definitions>".encode()


def test_a_script_is_shown_at_its_element_and_told_as_never_run(me):
    file = bpmn("s start; a scriptTask; e end", "s a; a e").replace(
        b'name="a">', b'name="a"><script>drop &lt;b&gt;all&lt;/b&gt;()</script>'
    )
    made = add_design(file=file, kind="lead", name="Scripted", by=by_of(me))
    assert "The script is shown, never run: a" in get(me, f"/process-design/{made.pk}/").content.decode()
    page = get(me, f"/process-design/{made.pk}/element/a/").content.decode()
    assert "drop &lt;b&gt;all&lt;/b&gt;()</pre>" in page
    api = NinjaAPI(urls_namespace="what is not taken")
    api.add_router("", router)
    told = ask(TestClient(api), "GET", f"/process-design/{made.pk}/content", by_of(me))
    assert told["scripts"] == {"a": "drop <b>all</b>()"}
    assert told["notes"] == ["The script is shown, never run: a"]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<task id="a"/><task id="a"/>', "same_id"),
        ('<task id="a"/><boundaryEvent id="b" attachedToRef="gone"><timerEventDefinition/></boundaryEvent>', "border"),
        ('<task id="a"/><boundaryEvent id="b" attachedToRef="b"><timerEventDefinition/></boundaryEvent>', "border"),
        ('<task id="a"/><intermediateCatchEvent id="b"><timerEventDefinition/><messageEventDefinition/>'
         '</intermediateCatchEvent><sequenceFlow id="f" sourceRef="a" targetRef="b"/>', "several_events"),
        ('<exclusiveGateway id="x" default="f"/><task id="a"/><task id="b"/>'
         '<sequenceFlow id="f" sourceRef="a" targetRef="b"/><sequenceFlow id="g" sourceRef="x" targetRef="a"/>',
         "default"),
    ],
)  # fmt: skip
def test_what_would_run_otherwise_than_it_stands_does_not_go_into_operation(me, inside, code):
    made = add_design(file=of(inside), kind="lead", name="Wrong", by=by_of(me))
    assert code in {fault.code for fault in checked_version(made, newest(made)).faults}
    with pytest.raises(NotFitForOperation):
        put_into_operation(processdesign=made, by=by_of(me))


@pytest.mark.parametrize("key", ["a b", "a/b", " outcomes", "x" * 201, "..", "a?b", "a#b", "a%2f"])
def test_ids_that_are_none_are_refused_and_nothing_is_kept(me, key):
    made = design(me, *PLAIN, {"a": MARK_HOT}, live=False)
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, file=of(f'<task id="{key}"/>'), by=by_of(me))
    assert refused.value.errors[0].pointer == "/file"
    with pytest.raises(Invalid):
        add_design(file=of(f'<task id="{key}"/>'), kind="lead", name="Other", by=by_of(me))
    assert list(ProcessDesign.objects.values_list("number", flat=True)) == [2]


@pytest.mark.parametrize("name", ["a\x01b", "\u200b", "a\u2028b", "a\ue000b"])
def test_names_with_what_cannot_be_seen_are_refused_at_their_field(me, name):
    made = design(me, *PLAIN, live=False)
    for field in ("name", "name_zh"):
        with pytest.raises(Invalid) as refused:
            add_design(file=bpmn(*PLAIN), kind="lead", by=by_of(me), **{"name": "Plain", field: name})
        with pytest.raises(Invalid) as again:
            rename_design(processdesign=made, changes={field: name}, by=by_of(me))
        assert {one.value.errors[0].pointer for one in (refused, again)} == {f"/{field}"}
    with pytest.raises(Invalid, match="run the other way"):
        change_design(processdesign=made, file=of('<task id="a" name="a\u202eb"/>'), by=by_of(me))
    assert list(ProcessDesign.objects.values_list("name", "name_zh", "number")) == [("Quote", "", 1)]


def test_names_are_kept_without_marks_that_turn_text_round_and_may_be_of_any_script(me):
    made = add_design(
        file=bpmn(*PLAIN), kind="lead", name="\u202eA 👩\u200d🔧", name_zh="\u2066شركة", by=by_of(me)
    )
    assert (made.name, made.name_zh) == ("A 👩\u200d🔧", "شركة")
    assert rename_design(processdesign=made, changes={"name": "B\u202e"}, by=by_of(me)).name == "B"


@pytest.mark.parametrize(
    ("key", "given", "pointer"),
    [
        ("a", {"kind": {}}, "/kind"),
        ("a", {"kind": []}, "/kind"),
        ("a", {"assign": {}}, "/assign"),
        ("a", {"subject": {"klingon": "nuqneH"}}, "/subject/klingon"),
        ("x_a", {"results": [{}]}, "/results"),
        ("x_a", {"results": [[]]}, "/results"),
        ("x_a", {"outcome": {}, "test": []}, "/outcome"),
    ],
)
def test_values_of_any_sort_are_refused_at_their_place(me, key, given, pointer):
    made = design(me, "s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e", live=False)
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={key: given}, by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == [f"/bindings/{key}{pointer}"]


def test_what_went_into_operation_once_runs_on_whatever_is_asked_of_new_files(me):
    event = '<boundaryEvent id="b" attachedToRef="gone"><timerEventDefinition/></boundaryEvent>'
    stray = f'<startEvent id="s"/><task id="a"/><endEvent id="e"/>{event}'
    ways = "".join(f'<sequenceFlow id="{s}{t}" sourceRef="{s}" targetRef="{t}"/>' for s, t in ("sa", "ae"))
    model = read_bpmn(of(f"{stray}{ways}"))
    assert plan_of(model)[0] is None
    plan, faults = plan_of(model, is_kept=True)
    assert plan is not None
    assert not faults
    assert len(read_bpmn(of(f'<task id="a" name="{"x" * 600}"/>')).elements[0].name) == 600


def test_a_flow_that_leads_nowhere_is_told_and_keeps_the_design_from_operation() -> None:
    me = owner()
    file = bpmn("s start; a task; b task; e end", "s a; a b; b e").replace(
        b'id="a_b" sourceRef="a" targetRef="b"', b'id="a_b" name="on" sourceRef="a" targetRef="gone"'
    )
    made = add_design(file=file, kind="lead", by=by_of(me))
    with pytest.raises(NotFitForOperation, match="The flow “on” has no beginning or no end in the file"):
        put_into_operation(processdesign=made, by=by_of(me))
    made.refresh_from_db()
    assert made.live_number is None
