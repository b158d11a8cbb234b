"""The screens and the API of designs and instances: who sees and may what, and what they answer."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import resolve
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Conflict, Invalid, NotFound, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.designs.actions import put_into_operation
from kinflow.processes.designs.api import router as designs
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.api import router as execution
from kinflow.processes.execution.card import process_card
from kinflow.processes.execution.models import ProcessInstance
from kinflow.records.access import may
from kinflow.records.faces import registry
from kinflow.sales.leads.actions import change_lead
from kinflow.web.problems import document
from tests.automation.given import lead, person, unit
from tests.automation.test_api import ask

from .drawn import bpmn
from .given import by_of, design, owner

pytestmark = pytest.mark.django_db
CHOICE = ("s start; x xor; a auto; b task; e end", "s x; x a; x b; a e; b e")


@pytest.fixture
def me():
    return owner()


def get(who, address):
    return visit(who, RequestFactory().get(address))


def post(who, address, **values):
    return visit(who, RequestFactory().post(address, values))


def visit(who, request):
    """The answer of a page to a person; what it refuses outright is raised."""
    request.by, request.htmx = actor_of_person(who), False
    request.user = SimpleNamespace(is_authenticated=True, is_active=True, is_anonymous=False, pk=1)
    request._dont_enforce_csrf_checks = True
    match = resolve(request.path)
    return match.func(request, *match.args, **match.kwargs)


def test_a_file_becomes_a_design_and_says_what_is_missing(me):
    file = SimpleUploadedFile("x.bpmn", bpmn(*CHOICE))
    assert post(me, "/process-design/", kind="lead", name="Two ways", file=file).status_code == 302
    made = ProcessDesign.objects.get()
    page = get(me, f"/process-design/{made.pk}/").content.decode()
    assert "“a” does nothing yet" in page
    assert post(me, f"/process-design/{made.pk}/operate/").status_code == 409
    assert ProcessDesign.objects.get().live_number is None


def test_what_is_no_model_is_refused_with_its_place(me):
    file = SimpleUploadedFile("x.bpmn", b"<!DOCTYPE x><x/>")
    assert post(me, "/process-design/", kind="lead", file=file).status_code == 422
    assert not ProcessDesign.objects.exists()


def test_elements_are_bound_by_forms(me):
    made = design(me, *CHOICE, live=False)
    here = f"/process-design/{made.pk}/element"
    for element in ("x", "a", "b"):
        assert get(me, f"{here}/{element}/").status_code == 200
    steps = {"s:0": "change_fields", "s:0:values:notes": "Seen", "seen": "1"}
    assert post(me, f"{here}/a/", **steps).status_code in (204, 302)
    assert (
        post(me, f"{here}/a/", **steps).status_code == 409
    )  # the version that was seen is not the newest any more
    ways = {"by:x_a": "results", "results:x_a": "approved", "by:x_b": "", "seen": "2"}
    post(me, f"{here}/x/", **ways)
    task = {"how": "task", "subject:en": "Look", "task_kind": "call", "assign": "owner"}
    post(me, f"{here}/b/", **task, **{"due:amount": "2", "due:unit": "days", "seen": "3"})
    bound = made.versions.get(number=4).bindings
    assert bound["x_a"] == {"results": ["approved"]}
    assert bound["a"]["do"][0]["step"] == "change_fields"
    assert bound["b"]["subject"]["en"] == "Look"
    assert post(me, f"{here}/b/", how="task", task_kind="nonsense", seen="4").status_code == 422


def test_a_step_is_added_without_keeping_anything(me):
    made = design(me, *CHOICE, live=False)
    page = post(me, f"/process-design/{made.pk}/element/a/rows/", **{"add:": "tell"}).content.decode()
    assert 'name="s:0" value="tell"' in page
    assert made.versions.count() == 1


def test_an_instance_is_shown_and_corrected(me):
    made = design(me, "s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    here = f"/process-instance/{started.pk}/"
    assert 'value="x_b"' in get(me, here).content.decode()
    number = started.tokens.get().number
    assert post(me, f"{here}correct/skip/", token=number, reason="no").status_code == 409
    post(me, f"{here}correct/choose/", token=number, way="x_b")
    assert started.tokens.get().node == "b"
    refused = post(me, f"{here}correct/cancel/", reason=" ")
    assert refused.status_code == 422
    assert 'aria-describedby="in-cancel-error"' in refused.content.decode()
    post(me, f"{here}correct/cancel/", reason="enough")
    assert ProcessInstance.objects.get().state == "cancelled"
    assert made.name in get(me, f"/leads/{about.pk}/").content.decode()


def test_all_that_is_wrong_with_a_move_is_told_at_once_each_at_its_field(me, client):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    here, number = f"/process-instance/{started.pk}/", started.tokens.get().number
    answer = post(me, f"{here}correct/move/", token=number, to="gone", reason=" ")
    page = answer.content.decode()
    assert answer.status_code == 422
    for field, words in (("to", "Choose a step of the same process."), ("why", "Say why.")):
        assert f'aria-describedby="in-{field}-{number}-error"' in page
        assert f'<p class="error" id="in-{field}-{number}-error">{words}</p>' in page
        assert page.count(words) == 1
    kept = post(me, f"{here}correct/move/", token=number, to="gone", reason="No need").content.decode()
    assert f'id="in-why-{number}" name="reason" maxlength="500" required value="No need"' in kept
    with pytest.raises(Invalid) as refused:
        ask(client, "POST", f"{here}tokens", by_of(me), verb="move", token=number, to="gone", reason=" ")
    assert [each["pointer"] for each in document(refused.value, here)["errors"]] == ["/reason", "/to"]
    long = post(me, f"{here}correct/skip/", token=number, reason="x" * 501)
    assert "Say why in at most 500 characters." in long.content.decode()


def test_designs_are_not_for_representatives_and_corrections_neither(me):
    rep = person("Qian", unit("West"))
    started = start_process(
        design=design(me, "s start; a task; e end", "s a; a e"), about=lead(owner=rep), by=by_of(rep)
    )
    for address in ("/process-design/", f"/process-design/{started.design_id}/"):
        with pytest.raises(Refused):
            get(rep, address)
    page = get(rep, f"/process-instance/{started.pk}/").content.decode()
    assert "correct/skip" not in page
    assert post(rep, f"/process-instance/{started.pk}/correct/cancel/", reason="x").status_code == 403


def test_the_api_tells_binds_and_shows_where_instances_stand(me):
    api = NinjaAPI(urls_namespace="designs of tests")
    api.add_router("", designs)
    api.add_router("", execution)
    client, by = TestClient(api), actor_of_person(me)
    made = design(me, *CHOICE, live=False)
    content = ask(client, "GET", f"/process-design/{made.pk}/content", by)
    assert [e["id"] for e in content["elements"]] == ["x", "a", "b"]
    assert len(content["faults"]) == 1
    steps = [{"step": "change_fields", "parameters": {"values": {"notes": "x"}}}]
    body = {"bindings": {"a": {"do": steps}}, "seen": 1}
    answer = ask(client, "PUT", f"/process-design/{made.pk}/bindings", by, **body)
    assert (answer["number"], answer["faults"]) == (2, [])
    with pytest.raises(Conflict):
        ask(client, "PUT", f"/process-design/{made.pk}/bindings", by, bindings={}, seen=1)
    live = put_into_operation(processdesign=ProcessDesign.objects.get(), by=by)
    started = start_process(design=live, about=lead(owner=me), by=by)
    told = ask(client, "GET", f"/process-instance/{started.pk}/tokens", by)
    assert [w["id"] for w in told["tokens"][0]["ways"]] == ["x_a", "x_b"]


@pytest.fixture
def client():
    api = NinjaAPI(urls_namespace="roles of designs")
    api.add_router("", designs)
    api.add_router("", execution)
    return TestClient(api)


@pytest.mark.parametrize(
    ("role", "reads", "changes", "sees"),
    [
        ("representative", False, False, False),
        ("service_agent", False, False, True),
        ("marketer", False, False, True),
        ("team_lead", True, False, False),
        ("process_owner", True, True, True),
        ("administrator", True, True, True),
        ("auditor", True, False, True),
    ],
)
def test_each_role_may_what_the_guide_says(me, client, role, reads, changes, sees):
    made = design(me, "s start; a task; e end", "s a; a e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    by = actor_of_person(person("Wu", unit("South"), roles=(role,)))
    here = f"/process-design/{made.pk}"
    asked = {
        ("GET", f"{here}/content"): reads,
        ("GET", f"{here}/model.bpmn"): reads,
        ("PUT", f"{here}/bindings"): changes,
        ("GET", f"/process-instance/{started.pk}/tokens"): sees,
    }
    for (method, path), allowed in asked.items():
        body = {"bindings": {"a": {"kind": "call"}}} if method == "PUT" else None
        try:
            answer = client.request(
                method, path, json=body, by=by, user=SimpleNamespace(is_authenticated=True)
            )
            assert allowed, (method, path)
            assert answer.status_code == 200
        except (Refused, NotFound):
            assert not allowed, (method, path)
    assert may(by, "processes.put_into_operation", made) == changes
    assert may(by, "processes.skip_step", started) == (
        role in ("team_lead", "process_owner", "administrator")
    )
    assert may(by, "processes.start_process", kind="processinstance") == (role != "auditor")


def test_an_instance_names_its_record_only_to_who_sees_it(me):
    about = change_lead(lead=lead(owner=me), changes={"need": "Secret pumps"}, by=SYSTEM)
    started = start_process(
        design=design(me, "s start; a task; e end", "s a; a e"), about=about, by=by_of(me)
    )
    assert "Secret pumps" in get(me, f"/process-instance/{started.pk}/").content.decode()
    stranger = person("Zheng", unit("Far"))
    for part in ("", "timeline/"):
        with pytest.raises(NotFound):
            get(stranger, f"/process-instance/{started.pk}/{part}")
    with pytest.raises(Refused):
        get(stranger, "/process-instance/")


def test_a_process_is_started_on_the_page_of_its_record(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    rep = person("Wu", unit("South"))
    mine, theirs = lead(owner=rep), lead(owner=me)
    assert made.name in get(rep, f"/leads/{mine.pk}/").content.decode()
    assert post(rep, f"/process-instance/start/lead/{mine.pk}/", design=made.pk).status_code == 302
    with pytest.raises(NotFound):
        post(rep, f"/process-instance/start/lead/{theirs.pk}/", design=made.pk)
    started = ProcessInstance.objects.get()
    assert "standing" in get(rep, f"/process-instance/{started.pk}/").content.decode()


def test_programs_correct_by_the_same_door(me, client):
    made = design(me, "s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    rep = person("Wu", unit("South"))
    started = start_process(design=made, about=lead(owner=rep), by=by_of(rep))
    here, number = f"/process-instance/{started.pk}/tokens", started.tokens.get().number
    told = ask(client, "POST", here, actor_of_person(rep), verb="choose", token=number, way="x_b")
    assert [token["element"] for token in told["tokens"]] == ["b"]
    with pytest.raises(Refused):
        ask(client, "POST", here, actor_of_person(rep), verb="cancel", reason="enough")
    lead_of_south = person("Zhou", rep.unit, roles=("team_lead",))
    told = ask(client, "POST", here, actor_of_person(lead_of_south), verb="cancel", reason="enough")
    assert told["state"] == "cancelled"


def test_a_task_says_which_process_waits_for_it_and_for_which_record():
    me = owner()
    made = design(me, "s start; a task; e end", "s a; a e", {"a": {"kind": "task", "assign": "owner"}})
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    task = Activity.objects.get()
    card = process_card(registry["activity"], task, by_of(me))
    assert f'href="/process-instance/{started.pk}/"' in card
    assert f'href="/leads/{about.pk}/"' in card
    stranger = person("Qian", unit("West"))
    assert "href=" not in process_card(registry["activity"], task, by_of(stranger))
