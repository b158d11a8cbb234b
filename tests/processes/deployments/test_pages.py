"""The screens and the API of live operation: who sees and may what, and what they answer."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, NotFound, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.deployments.actions import check_guards, return_deployment
from kinflow.processes.deployments.api import router
from kinflow.processes.deployments.models import Deployment, VersionMove
from kinflow.processes.deployments.running import correct_many, stuck_of, waiting_by_element
from kinflow.processes.execution.actions import cancel_process, start_process
from kinflow.processes.execution.models import ProcessInstance, ProcessToken
from tests.automation.given import lead, person, unit
from tests.automation.test_api import ask
from tests.processes.execution.given import DAY, by_of, design, follow, owner
from tests.processes.execution.test_pages import get, post

from .test_deploying import deployed, two_versions

pytestmark = pytest.mark.django_db
TOO_MUCH = {"m": {"do": [{"step": "change_fields", "parameters": {"values": {"score": "-1"}}}]}}
SORTED = ("s start; b task; t catch timer; e end", "s b; b t; t e")


@pytest.fixture
def me():
    return owner()


@pytest.fixture(scope="module")
def client():
    api = NinjaAPI(urls_namespace="live operation")
    api.add_router("", router)
    return TestClient(api)


def test_a_version_is_deployed_given_to_all_and_taken_back_by_forms(me):
    made = two_versions(me)
    here = f"/process-design/{made.pk}/live/"
    assert "None" in get(me, here).content.decode()
    form = {
        "number": "2",
        "way": "share",
        "share": "30",
        "comparison": "before",
        "limit:stuck": "20",
        "least:stuck": "10",
    }
    assert post(me, here, **form, seen=str(made.version)).status_code == 302
    running = Deployment.objects.get()
    assert (running.share, running.guards) == (30, [{"figure": "stuck", "limit": 20, "least": 10}])
    start_process(design=made, about=lead(), by=by_of(me))
    assert "30 %" in get(me, here).content.decode()
    condition = '{"field": "need", "op": "contains", "value": "Valve"}'
    refused = post(me, here, **form, condition=condition, seen=str(made.version))
    assert refused.status_code == 409
    kept = refused.content.decode()
    assert all(typed in kept for typed in ('value="2" selected', 'value="20"', 'value="10"', "Valve"))
    assert post(me, here, number="2", way="share", share="x", seen=str(made.version + 1)).status_code == 422
    assert post(me, f"{here}{running.pk}/return/", reason="").status_code == 422
    assert post(me, f"{here}{running.pk}/guards/", reason="Known").status_code == 302
    assert post(me, f"{here}{running.pk}/return/", reason="Worse").status_code == 302
    running.refresh_from_db()
    assert (running.state, running.is_guarded) == ("returned", False)
    with pytest.raises(NotFound):
        post(me, f"{here}{running.pk + 1}/all/")


def test_the_steps_of_two_versions_are_shown_and_instances_moved(me):
    made = two_versions(me)
    start_process(design=made, about=lead(), by=by_of(me))
    here = f"/process-design/{made.pk}/moving/"
    page = get(me, f"{here}?from=1&to=2").content.decode()
    assert 'name="map:a"' in page
    assert post(me, here, **{"from": "1", "to": "2", "map:a": "a", "reason": ""}).status_code == 422
    assert post(me, here, **{"from": "1", "to": "2", "map:a": "a", "reason": "Better"}).status_code == 302
    assert VersionMove.objects.get().mapping == {"a": "a"}
    assert get(me, f"{here}?from=7&to=9").status_code == 200


def test_all_that_keeps_many_from_being_set_right_is_told_at_once(me, client):
    made = design(me, "s start; m auto; a task; e end", "s m; m a; a e", TOO_MUCH)
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    here = f"/process-design/{made.pk}"
    page = get(me, f"{here}/running/").content.decode()
    assert "Please check these values" in page
    refused = post(me, f"{here}/running/", verb="move", reason=" ", to="")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert page.count('aria-describedby="in-reason-error"') == 1
    assert page.count('aria-describedby="in-to-error"') == 1
    assert page.count('aria-describedby="in-token-error"') == 1
    with pytest.raises(Invalid) as wrong:
        ask(client, "POST", f"{here}/correct", by_of(me), verb="move", tokens=[1], reason=" ", to="")
    assert {e.pointer for e in wrong.value.errors} == {"/reason", "/to"}
    token = started.tokens.get().pk
    kept = post(me, f"{here}/running/", verb="move", reason="No need", to="", token=token).content.decode()
    assert 'value="No need"' in kept
    assert kept.count('aria-invalid="true"') == 1


def test_what_is_wrong_with_a_move_is_told_at_its_field(me):
    made = two_versions(me, SORTED, {"t": DAY})
    here = f"/process-design/{made.pk}/moving/"
    sent = {"from": "1", "to": "3", "map:a": "t", "map:gone": "b", "reason": "Better"}
    answer = post(me, here, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    (row,) = [each for each in page.split("<tr") if 'name="map:a"' in each]
    assert 'aria-invalid="true" aria-describedby="in-map-' in row
    told = re.search(r'aria-describedby="([^"]+)"', row)[1]
    assert f'<p class="error" id="{told}">Choose an element of the same kind.</p>' in row
    assert page.count("Choose an element of the same kind.") == 1
    assert (
        "<p>The model has no such element.</p>" in page.partition('<form id="moving-form"')[0]
    )  # it has no row
    assert page.count('aria-invalid="true"') == 1
    silent = post(me, here, **sent | {"reason": " ", "to": "1"}).content.decode()
    for name, words in (("reason", "Say why."), ("to", "Choose another version.")):
        assert f'aria-describedby="in-{name}-error"' in silent
        assert f'<p class="error" id="in-{name}-error">{words}</p>' in silent
        assert silent.count(words) == 1


def test_all_that_is_wrong_with_a_move_is_told_at_once(me):
    made = two_versions(me, SORTED, {"t": DAY})
    sent = {"from": "1", "to": "3", "map:a": "t", "reason": " "}
    page = post(me, f"/process-design/{made.pk}/moving/", **sent).content.decode()
    assert page.count('aria-invalid="true"') == 2
    assert "Say why." in page
    assert "Choose an element of the same kind." in page


def test_what_runs_is_counted_at_its_elements(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    for _ in range(3):
        start_process(design=made, about=lead(owner=me), by=by_of(me))
    page = get(me, f"/process-design/{made.pk}/running/").content.decode()
    assert "v1 · 3" in page
    told = waiting_by_element(made, 1, ProcessInstance.objects.latest("pk").created_at)
    assert [(one.element, one.count, one.stuck) for one in told] == [("a", 3, 0)]


def stuck_leads(me, count=2):
    """Instances that could not be done, for leads of a person."""
    made = design(
        me,
        "s start; a task; x xor; b task; c task; e end",
        "s a; a x; x b; x c; b e; c e",
        {"x_b": {"results": ["approved"]}, "x_c": {"results": ["approved"]}},
    )
    for _ in range(count):
        start_process(design=made, about=lead(owner=me), by=by_of(me))
    return made


def test_many_are_set_right_at_once_each_with_its_event(me):
    made = stuck_leads(me)
    for task in Activity.objects.all():
        finish_activity(activity=task, result="refused", by=SYSTEM)
    follow()
    by = by_of(me)
    found = [row.token.pk for row in stuck_of(made, by)]
    assert len(found) == 2
    assert correct_many(made, found, "retry", by=by)[0] == 0
    here = f"/process-design/{made.pk}/running/"
    answer = post(me, here, verb="move", to="b", reason=" ", token=found[:1])
    assert answer.status_code == 422
    said = answer.content.decode()
    assert '<p class="error" id="in-reason-error">Say why.</p>' in said
    assert said.count('name="token"') == 2
    assert said.count(" checked aria-label") == 1
    assert "No condition holds" in get(me, here).content.decode()
    answer = post(me, here, verb="move", to="b", reason="By hand", token=found)
    assert answer.status_code == 302
    assert not stuck_of(made, by)
    assert Entry.objects.filter(name="processes.process_moved").count() == 2
    with pytest.raises(Invalid):
        correct_many(made, list(range(201)), "retry", by=by)
    with pytest.raises(Invalid):
        correct_many(made, [1], "dance", by=by)
    for gone in (0, -1, 987_654_321, 10**30):
        assert correct_many(made, [gone], "retry", by=by) == (0, ["The process has gone on meanwhile."])


def test_who_may_not_correct_is_told_so_and_nothing_happens(me):
    made = stuck_leads(me)
    token = ProcessToken.objects.first()
    assert token is not None
    auditor = actor_of_person(person("Xu", unit("Far"), roles=("auditor",)))
    done, refused = correct_many(made, [token.pk], "cancel", reason="x", by=auditor)
    assert (done, len(refused)) == (0, 1)
    assert not ProcessInstance.objects.filter(state="cancelled").exists()


@pytest.mark.parametrize(
    ("role", "sees", "deploys"),
    [
        ("representative", False, False),
        ("service_agent", False, False),
        ("marketer", False, False),
        ("team_lead", True, False),
        ("process_owner", True, True),
        ("administrator", True, True),
        ("auditor", True, False),
    ],
)
def test_each_role_may_what_the_guide_says(me, client, role, sees, deploys):
    made = two_versions(me)
    who = person("Wu", unit("South"), roles=(role,))
    by, here = actor_of_person(who), f"/process-design/{made.pk}"
    for part in ("live/", "running/", "moving/"):
        if sees:
            assert get(who, f"{here}/{part}").status_code == 200
        else:
            with pytest.raises(Refused):
                get(who, f"{here}/{part}")
    start_process(design=made, about=lead(), by=by_of(me))
    asked = {
        ("GET", f"{here}/deployments", None): sees,
        ("GET", f"{here}/running?number=1", None): sees,
        ("GET", f"{here}/moves", None): sees,
        ("POST", f"{here}/deployments", '{"number": 2}'): deploys,
        ("POST", f"{here}/moves", '{"number": 1, "to": 2, "mapping": {"a": "a"}, "reason": "x"}'): deploys,
    }
    for (method, path, body), allowed in asked.items():
        try:
            answer = client.request(
                method, path, data=body, by=by, user=SimpleNamespace(is_authenticated=True)
            )
            assert allowed, (method, path)
            assert answer.status_code == 200, answer.content
        except (Refused, NotFound):
            assert not allowed, (method, path)


def test_the_api_deploys_moves_and_sets_right(me, client):
    made, by = two_versions(me), by_of(me)
    here = f"/process-design/{made.pk}"
    told = ask(client, "POST", f"{here}/deployments", by, number=2, way="share", share=50, seen=made.version)
    assert (told["way"], told["state"], told["before"]) == ("share", "running", 1)
    with pytest.raises(Conflict):
        ask(client, "POST", f"{here}/deployments", by, number=2, seen=made.version)
    start_process(design=made, about=lead(owner=me), by=by)
    token = ProcessToken.objects.get()
    number = token.instance.number
    told = ask(client, "GET", f"{here}/running?number={number}", by)
    assert told["versions"] == {str(number): 1}
    assert told["waiting"][0]["count"] == 1
    told = ask(client, "POST", f"{here}/correct", by, verb="cancel", tokens=[token.pk], reason="Enough")
    assert told == {"done": 1, "refused": []}
    assert deployed(me, made).before == 1


def test_a_shadow_is_told_in_the_language_of_the_reader(me):
    made = two_versions(me)
    deployed(me, made, way="shadow")
    start_process(design=made, about=lead(), by=by_of(me))
    follow()
    with translation.override("zh-hans"):
        told = get(me, f"/process-design/{made.pk}/live/").content.decode()
    assert "将分派任务" in told
    assert "Would give a task" not in told


def test_why_a_deployment_was_taken_back_stands_beside_it(me):
    made = two_versions(me)
    running = deployed(me, made, way="share", share=50, guards=[{"figure": "late", "limit": 20, "least": 5}])
    return_deployment(deployment=running, reason="Customers wait longer", by=by_of(me))
    assert "Customers wait longer" in get(me, f"/process-design/{made.pk}/live/").content.decode()

    again = deployed(me, made, guards=[{"figure": "cancelled", "limit": 20, "least": 5}])
    for _each in range(5):
        one = start_process(design=made, about=lead(), by=by_of(me))
        cancel_process(processinstance=one, reason="No use", by=by_of(me))
    assert "past its limit" in get(me, f"/process-design/{made.pk}/live/").content.decode()
    assert check_guards(deployment_id=again.pk, now=timezone.now(), by=SYSTEM)
    page = get(me, f"/process-design/{made.pk}/live/").content.decode()
    assert "100 after 5 cases, the limit is 20" in page


def test_instances_are_proposed_to_move_to_another_version_than_theirs(me):
    made = two_versions(me)
    nothing = get(me, f"/process-design/{made.pk}/moving/").content.decode()
    assert "there is nothing to move" in nothing
    assert "moving-form" not in nothing
    start_process(design=made, about=lead(), by=by_of(me))
    page = get(me, f"/process-design/{made.pk}/moving/").content.decode()
    assert "v1 → v2" in page
    assert "Move 1 instance" in page
    same = get(me, f"/process-design/{made.pk}/moving/?from=1&to=1").content.decode()
    assert "Both are the same version" in same
