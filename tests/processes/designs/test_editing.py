"""Drawing in the browser: what is opened, checked, kept; who may; what a hostile browser sends."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.kit.problem import NotFound, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.designs.actions import change_design
from kinflow.processes.designs.api import router
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.designs.versions import newest
from tests.automation.given import person, unit
from tests.automation.test_api import ask
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import get, post

pytestmark = pytest.mark.django_db
PLAIN = ("s start; a task; e end", "s a; a e")
STUCK = bpmn("s start; x and; a task; b task; y xor; e end", "s x; x a; x b; a y; b y; y e")
HOSTILE = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'


@pytest.fixture
def me():
    return owner()


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("model.bpmn", content)


def test_a_file_without_a_drawing_opens_with_one_and_a_drawn_one_as_it_is(me):
    made = design(me, *PLAIN, live=False)
    opened = get(me, f"/process-design/{made.pk}/edit/model.txt")
    assert b"BPMNShape" in opened.content
    assert opened["Content-Type"].startswith("text/plain")
    marked = opened.content.replace(b"<definitions", b'<definitions xmlns:v="urn:vendor" v:kept="yes"', 1)
    marked = marked.replace(b"<bpmn:definitions", b'<bpmn:definitions xmlns:v="urn:vendor" v:kept="yes"', 1)
    change_design(processdesign=made, file=marked, by=by_of(me))
    assert get(me, f"/process-design/{made.pk}/edit/model.txt").content == marked


def test_what_is_drawn_is_checked_at_its_elements_and_nothing_is_kept(me):
    made = design(me, *PLAIN, live=False)
    page = post(me, f"/process-design/{made.pk}/check/", file=sent(STUCK)).content.decode()
    assert 'data-element="y"' in page or 'data-element="e"' in page
    assert "Two tokens can meet" in page
    waiting = post(
        me, f"/process-design/{made.pk}/check/", file=sent(bpmn("s start; a auto; e end", "s a; a e"))
    )
    assert 'data-element="a"' in waiting.content.decode()
    assert ProcessDesign.objects.get().number == 1


def test_what_was_said_of_a_task_is_left_out_when_it_is_drawn_as_something_else(me):
    said = {"a": {"subject": {"en": "Call"}, "kind": "call"}}
    made = design(me, *PLAIN, said, live=False)
    for kind, fault in (("auto", "does nothing yet"), ("call", "calls no design yet")):
        drawn = bpmn(f"s start; a {kind}; e end", "s a; a e")
        page = post(me, f"/process-design/{made.pk}/check/", file=sent(drawn)).content.decode()
        assert fault in page
        assert page.count("data-element=") == 1, "no fault of the binding that it had as a task"
    changed = change_design(processdesign=made, file=bpmn("s start; a auto; e end", "s a; a e"), by=by_of(me))
    assert newest(changed).bindings == {}
    again = change_design(processdesign=changed, file=bpmn(*PLAIN), bindings=said, by=by_of(me))
    assert newest(again).bindings == said


def test_beside_the_drawing_stands_no_form_for_what_an_element_was(me):
    made = design(me, *PLAIN, live=False)
    address = f"/process-design/{made.pk}/element/a/?beside=1&drawn="
    assert "What the task is called" in get(me, f"{address}userTask:").content.decode()
    for drawn in ("serviceTask:", "boundaryEvent:timer", "x" * 500):
        page = get(me, address + drawn).content.decode()
        assert "drawn as another kind of element" in page
        assert "<form" not in page


def test_a_drawing_is_kept_as_a_new_version_unless_somebody_wrote_one_meanwhile(me):
    made = design(me, *PLAIN, live=False)
    address = f"/process-design/{made.pk}/edit/"
    answer = post(me, address, file=sent(STUCK), seen="1")
    assert answer["X-Design-Number"] == "2"
    late = post(me, address, file=sent(bpmn(*PLAIN)), seen="1")
    assert late.status_code == 409
    assert "Somebody wrote version 2 meanwhile" in late.content.decode()
    assert ProcessDesign.objects.get().number == 2


def test_what_a_browser_sends_is_read_as_strictly_as_a_file(me):
    made = design(me, *PLAIN, live=False)
    here = f"/process-design/{made.pk}/"
    checked = post(me, f"{here}check/", file=sent(HOSTILE))
    assert "document type" in checked.content.decode()
    assert post(me, f"{here}edit/", file=sent(HOSTILE), seen="1").status_code == 422
    assert post(me, f"{here}edit/", seen="1").status_code == 422
    named = bpmn(*PLAIN).replace(b'name="a"', b'name="&lt;script&gt;alert(1)&lt;/script&gt;"')
    post(me, f"{here}edit/", file=sent(named), seen="1")
    shown = get(me, f"{here}edit/").content + get(me, f"{here}differences/").content
    assert b"<script>alert" not in shown


def test_the_form_of_an_element_stands_beside_the_drawing_and_tells_its_version(me):
    made = design(me, *PLAIN, live=False)
    here = f"/process-design/{made.pk}/element"
    form = get(me, f"{here}/a/?beside=1").content.decode()
    assert 'hx-target="#editor-beside"' in form
    assert "<html" not in form
    assert "not saved yet" in get(me, f"{here}/nowhere/?beside=1").content.decode()
    kept = post(me, f"{here}/a/?beside=1", how="task", task_kind="call", assign="owner", seen="1")
    assert 'data-number="2"' in kept.content.decode()


def test_two_versions_are_told_apart_on_the_page_and_over_the_api(me):
    made = design(me, *PLAIN, live=False)
    change_design(
        processdesign=made, file=bpmn("s start; a task; n task; e end", "s a; a n; n e"), by=by_of(me)
    )
    page = get(me, f"/process-design/{made.pk}/differences/?from=1&to=2").content.decode()
    assert "“n” is new." in page
    assert "bpmn-added" in page
    with pytest.raises(NotFound):
        get(me, f"/process-design/{made.pk}/differences/?from=1&to=9")
    api = NinjaAPI(urls_namespace="differences of designs")
    api.add_router("", router)
    address = f"/process-design/{made.pk}/differences?from=1&to=2"
    told = ask(TestClient(api), "GET", address, actor_of_person(me))
    assert {"change": "added", "code": "element_added", "id": "n", "told": "“n” is new."} in told


def test_leads_see_differences_and_do_not_draw_and_representatives_see_neither(me):
    made = design(me, *PLAIN, live=False)
    here, west = f"/process-design/{made.pk}/", unit("West")
    leader, rep = person("Li", west, roles=("team_lead",)), person("Qian", west)
    assert get(leader, f"{here}differences/").status_code == 200
    for who in (leader, rep):
        for address in ("edit/", "edit/model.txt"):
            with pytest.raises(Refused):
                get(who, here + address)
        for address in ("edit/", "check/"):
            with pytest.raises(Refused):
                post(who, here + address, file=sent(bpmn(*PLAIN)), seen="1")
    with pytest.raises(Refused):
        get(rep, f"{here}differences/")
    assert ProcessDesign.objects.get().number == 1


def test_a_file_given_in_the_dialog_of_new_records_is_a_design(me):
    answer = post(me, "/process-design/new/", file=sent(bpmn(*PLAIN)), kind="lead", name="Given")
    made = ProcessDesign.objects.get(name="Given")
    assert f"/process-design/{made.pk}/" in (answer.get("HX-Location") or answer["Location"])
    refused = post(me, "/process-design/new/", file=sent(HOSTILE), kind="lead", name="Hostile")
    assert refused.status_code == 422
    assert ProcessDesign.objects.count() == 1
