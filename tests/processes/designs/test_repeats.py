"""How often a step is done is said in its form and over the API, and stands in the file afterwards."""

import pytest
from lxml import etree
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.repeats import Repeats, repeated_in, repeats_of
from kinflow.processes.bpmn.xml import MODEL
from kinflow.processes.designs.actions import change_design
from kinflow.processes.designs.api import router
from kinflow.processes.designs.difference_pages import told_differences
from kinflow.processes.designs.kept import checked_version
from kinflow.processes.designs.versions import newest
from kinflow.processes.designs.words import fault_words
from tests.automation.given import person
from tests.automation.test_api import ask
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import get, post

PLAIN = ("s start; a task; e end", "s a; a e")
TWICE = Repeats("sequential", "record.score + 1", "event.done >= 2")
AGAIN = Repeats("loop", "5", again='event.result = "refused"', asks_first=True)


@pytest.fixture
def me():
    return owner()


def at_a(content: bytes) -> Repeats:
    return repeats_of(next(e for e in read_bpmn(content).elements if e.id == "a"))


@pytest.mark.parametrize("before", ["", " parallel:3:event.done>=1", " sequential", " loop"])
@pytest.mark.parametrize("told", [TWICE, Repeats("parallel", "4"), AGAIN, Repeats("loop", "3"), Repeats()])
def test_what_is_told_is_read_again_and_all_else_stays(before: str, told: Repeats) -> None:
    content = bpmn(f"s start; a task{before}; u sub parallel:2; u.b task; e end", "s a; a u; u e")
    content = content.replace(b'id="a"', b'xmlns:v="urn:vendor" v:kept="yes" id="a"')
    changed = repeated_in(content, {"a": told})
    assert at_a(changed) == told
    assert b'v:kept="yes"' in changed
    others = [[e for e in read_bpmn(each).elements if e.id != "a"] for each in (content, changed)]
    assert others[0] == others[1]


def test_it_stands_where_the_schema_wants_it() -> None:
    told = repeated_in(
        bpmn("s start; u sub; u.b task; e end", "s u; u e").replace(
            b'name="u">', b'name="u"><incoming>s_u</incoming><outgoing>u_e</outgoing>'
        ),
        {"u": TWICE},
    )
    node = etree.fromstring(told).find(f".//{{{MODEL}}}subProcess")
    assert node is not None
    assert [etree.QName(child).localname for child in node] == [
        "incoming", "outgoing", "multiInstanceLoopCharacteristics", "userTask",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "pointer", "words"),
    [
        ({"a": {"how": "parallel"}}, "/repeats/a/times", "How often: Give a number"),
        ({"a": {"how": "parallel", "times": "many"}}, "/repeats/a/times", "How often: "),
        ({"a": {"how": "parallel", "times": "1001"}}, "/repeats/a/times", "from 0 to 1000"),
        ({"a": {"how": "parallel", "times": "2.5"}}, "/repeats/a/times", "whole number"),
        ({"a": {"how": "parallel", "times": "-1"}}, "/repeats/a/times", "from 0 to 1000"),
        ({"a": {"how": "parallel", "times": "600 + 600"}}, "/repeats/a/times", "from 0 to 1000"),
        ({"a": {"how": "parallel", "times": "2", "until": "event.done +"}}, "/repeats/a/until", "Enough when: "),
        ({"a": {"how": "parallel", "times": "2", "until": "event.done"}}, "/repeats/a/until", ""),
        ({"a": {"how": "parallel", "times": "2", "until": "3"}}, "/repeats/a/until", "yes or no"),
        ({"a": {"how": "loop"}}, "/repeats/a/again", "while what it is done again"),
        ({"a": {"how": "loop", "times": "record.score"}}, "/repeats/a/times", "from 1 to 1000"),
        ({"a": {"how": "loop", "times": "0"}}, "/repeats/a/times", "from 1 to 1000"),
        ({"a": {"how": "loop", "times": "2", "again": "event.done +"}}, "/repeats/a/again", "Again while: "),
        ({"a": {"how": "loop", "again": "3"}}, "/repeats/a/again", "yes or no"),
        ({"a": {"how": "round and round", "times": "2"}}, "/repeats/a/how", "Choose"),
        ({"e": {"how": "parallel", "times": "2"}}, "/repeats/e", "no such step"),
        ({"a": 3}, "/repeats/a", "how often"),
        ([1], "/repeats", "how often"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named_at_its_field(me, given, pointer, words) -> None:
    made = design(me, *PLAIN, live=False)
    if pointer == "/repeats/a/until" and not words:  # only known when it is asked: any sort
        change_design(processdesign=made, repeats=given, by=by_of(me))
        return
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, repeats=given, by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert words in str(refused.value.errors[0].message)


@pytest.mark.django_db
def test_the_form_of_a_step_keeps_it_with_its_binding_as_one_version(me) -> None:
    made = design(me, *PLAIN, live=False)
    address = f"/process-design/{made.pk}/element/a/"
    assert 'name="repeats:times"' in get(me, address).content.decode()
    sent = {"how": "task", "task_kind": "call", "assign": "owner", "seen": "1"}
    told = {f"repeats:{part}": text for part, text in vars(TWICE).items()}
    wrong = post(me, address, **sent, **{**told, "repeats:times": "record.nowhere"})
    assert wrong.status_code == 422
    assert "How often: " in wrong.content.decode()
    assert post(me, address, **sent, **told).status_code == 302
    made.refresh_from_db()
    assert (made.number, at_a(newest(made).content)) == (2, TWICE)
    assert "one after the other, enough when event.done &gt;= 2" in get(
        me, f"/process-design/{made.pk}/"
    ).content.decode().replace(">=", "&gt;=")
    words = [each.words for each in told_differences(made, 1, 2)]
    assert (
        "“a” is done record.score + 1 times, one after the other, enough when event.done >= 2 instead of once."
        in words
    )
    assert post(me, address, **{**sent, "seen": "2"}, **{"repeats:how": ""}).status_code == 302
    assert at_a(newest(type(made).objects.get()).content) == Repeats()


@pytest.mark.django_db
def test_a_loop_is_said_in_the_form_and_told_in_words(me) -> None:
    made = design(me, *PLAIN, live=False)
    address = f"/process-design/{made.pk}/element/a/"
    sent = {"how": "task", "task_kind": "call", "assign": "owner", "seen": "1", "repeats:how": "loop"}
    wrong = post(me, address, **sent, **{"repeats:times": "many", "repeats:again": "event."})
    assert wrong.status_code == 422
    assert all(f'id="in-{each}-error"' in wrong.content.decode() for each in ("times", "again"))
    told = {"repeats:times": "5", "repeats:again": AGAIN.again, "repeats:asks_first": "on"}
    assert post(me, address, **sent, **told).status_code == 302
    assert at_a(newest(type(made).objects.get()).content) == AGAIN
    (words,) = [each.words for each in told_differences(made, 1, 2) if "again" in each.words]
    assert words.startswith("“a” is done again and again while event.result = ")
    assert "asked before the first time, too, at most 5 times" in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("marker", "words"),
    [
        ("loop", "for ever. Say at the step while what"),
        ("loop:${n}", "at most cannot be understood"),
        ("loop:3:${!approved}", "is done again cannot be understood"),
    ],
)
def test_a_loop_of_a_file_that_says_too_little_or_in_another_language_is_named(me, marker, words) -> None:
    made = design(me, f"s start; a task {marker}; e end", "s a; a e", live=False)
    assert words in " ".join(map(fault_words, checked_version(made, newest(made)).faults))


@pytest.mark.django_db
def test_a_sub_process_has_a_form_for_it_and_others_may_not_change_it(me) -> None:
    made = design(me, "s start; u sub; u.b task; e end", "s u; u e", live=False)
    address = f"/process-design/{made.pk}/element/u/"
    sent = {"seen": "1", "repeats:how": "parallel", "repeats:times": "2"}
    with pytest.raises(Refused):
        post(person("Guest", me.unit, roles=("representative",)), address, **sent)
    post(me, address, **sent)
    assert read_bpmn(bytes(newest(type(made).objects.get()).content)).elements[1].times == "2"


@pytest.mark.django_db
def test_the_api_tells_it_and_says_it(me) -> None:
    made = design(me, *PLAIN, live=False)
    api = NinjaAPI(urls_namespace="how often steps are done")
    api.add_router("", router)
    for seen, how in enumerate((TWICE, AGAIN), 1):
        body = {"bindings": {}, "repeats": {"a": vars(how)}, "seen": seen}
        told = ask(TestClient(api), "PUT", f"/process-design/{made.pk}/bindings", by_of(me), **body)
        assert told["repeats"] == {"a": vars(how)}
