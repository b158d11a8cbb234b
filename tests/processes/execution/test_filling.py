"""Tasks of a process that ask for fields of the record: filled in with the form that finishes them, or refused."""

import json

import pytest
from django.utils import translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.customers.activities.actions import assign_activity, finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.designs.actions import change_design
from kinflow.processes.designs.versions import newest
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.api import router as execution
from kinflow.processes.execution.filling import fill_and_finish
from kinflow.processes.execution.models import ProcessInstance
from kinflow.records.changing import Stale
from kinflow.records.faces import registry
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.leads.models import Lead
from tests.automation.given import lead, person, unit
from tests.automation.test_api import ask

from .given import by_of, design, follow, owner
from .test_pages import get, post

pytestmark = pytest.mark.django_db
DRAWN = ("s start; a task; e end", "s a; a e")
ASKS = {"kind": "task", "assign": "owner", "fields": ["notes", "need"], "required": ["notes"]}


@pytest.fixture
def me():
    return owner()


def task_of(me, notes="", **bound) -> Activity:
    made = design(me, *DRAWN, {"a": ASKS | bound})
    about = lead(owner=me)
    if notes:
        change_lead(lead=about, changes={"notes": notes}, by=SYSTEM)
    start_process(design=made, about=about, by=by_of(me))
    return Activity.objects.get()


def finish(who, task, **sent):
    return post(who, f"/activities/{task.pk}/do/finish/", result="done", outcome="", **sent)


def test_the_form_that_finishes_a_task_asks_for_the_fields_and_fills_them_in(me):
    task = task_of(me)
    form = get(me, f"/activities/{task.pk}/do/finish/").content.decode()
    assert "Notes (required)" in form
    assert 'name="record.notes"' in form
    assert 'name="record.need"' in form
    answer = finish(me, task, **{"record.notes": "Two pumps", "record.need": "By June"})
    assert answer.status_code == 302
    row = Lead.objects.get()
    task.refresh_from_db()
    assert (row.notes, row.need, task.status) == ("Two pumps", "By June", "done")
    changed, finished = (
        Entry.objects.get(name=name) for name in ("sales.lead_changed", "customers.activity_finished")
    )
    assert changed.command_id == finished.command_id
    assert changed.data["changes"].keys() == {"notes", "need"}
    follow()
    assert ProcessInstance.objects.get().state == "done"


def test_without_what_is_required_nothing_is_kept_and_all_that_was_typed_is_there_still(me):
    task = task_of(me)
    answer = finish(me, task, **{"record.notes": "", "record.need": "By June"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Fill in “Notes” of" in told
    assert "By June" in told
    task.refresh_from_db()
    assert (Lead.objects.get().need, task.status) == ("pumps", "planned")
    assert not Entry.objects.filter(name="sales.lead_changed").exists()


@pytest.mark.parametrize(
    ("result", "is_kept"), [("no_answer", True), ("unfinished", True), ("refused", False)]
)
def test_what_was_not_done_needs_nothing_yet(me, result, is_kept):
    task = task_of(me)
    if is_kept:
        assert finish_activity(activity=task, result=result, by=by_of(me)).status == "done"
        return
    with pytest.raises(Invalid) as refused:
        finish_activity(activity=task, result=result, by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == ["/record.notes"]
    with translation.override("zh-hans"), pytest.raises(Invalid, match="请先填写"):
        finish_activity(activity=task, result=result, by=by_of(me))


def test_a_program_fills_in_the_record_first_and_is_told_what_is_asked(me):
    task = task_of(me)
    instance = ProcessInstance.objects.get()
    api = NinjaAPI(urls_namespace="fields of tasks")
    api.add_router("", execution)
    told = ask(TestClient(api), "GET", f"/process-instance/{instance.pk}/tokens", by_of(me))
    assert (told["tokens"][0]["fields"], told["tokens"][0]["required"]) == (["notes", "need"], ["notes"])
    with pytest.raises(Invalid):
        finish_activity(activity=task, by=SYSTEM)
    change_lead(lead=Lead.objects.get(), changes={"notes": "Two pumps"}, by=SYSTEM)
    assert finish_activity(activity=task, by=SYSTEM).status == "done"


def test_who_may_not_change_the_record_sees_no_fields_and_finishes_nothing_that_is_required(me):
    task = task_of(me)
    other = person("Wu", unit("West"), roles=("representative",))
    task = assign_activity(activity=task, person=other, by=SYSTEM)
    assert "record.notes" not in get(other, f"/activities/{task.pk}/do/finish/").content.decode()
    assert finish(other, task, **{"record.notes": "Sneaked in"}).status_code == 422
    assert Lead.objects.get().notes == ""


def test_the_action_itself_asks_who_may(me):
    task, other = task_of(me), person("Wu", unit("West"), roles=("representative",))
    for changes in ({"notes": "Sneaked in"}, {}):
        with pytest.raises(Refused):
            fill_and_finish(activity=task, changes=changes, seen={}, result="unfinished", by=by_of(other))
    task = assign_activity(activity=task, person=other, by=SYSTEM)
    with pytest.raises(Refused):  # the task is theirs, the record is not
        fill_and_finish(activity=task, changes={"notes": "Sneaked in"}, seen={}, by=by_of(other))
    with pytest.raises(Refused):  # no field that the task asks for
        fill_and_finish(
            activity=task, changes={"industry": "food"}, seen={}, result="unfinished", by=by_of(me)
        )
    assert Lead.objects.get().notes == ""
    assert Activity.objects.get().status == "planned"


def test_a_field_that_somebody_changed_meanwhile_is_not_written_over(me):
    task = task_of(me, notes="One pump")
    seen = {"notes": "One pump"}
    change_lead(lead=Lead.objects.get(), changes={"notes": "Three pumps"}, by=SYSTEM)
    with pytest.raises(Stale):
        fill_and_finish(activity=task, changes={"notes": "Two pumps"}, seen=seen, by=by_of(me))
    answer = finish(me, task, seen=json.dumps(seen), **{"record.notes": "Two pumps", "record.need": ""})
    assert answer.status_code == 409
    assert Lead.objects.get().notes == "Three pumps"
    assert finish(me, task, seen=json.dumps(seen), **{"record.notes": "One pump"}).status_code == 302
    assert Lead.objects.get().notes == "Three pumps"


def test_other_activities_ask_for_nothing(me):
    task = task_of(me, fields=[], required=[])
    assert "record." not in get(me, f"/activities/{task.pk}/do/finish/").content.decode()
    assert finish(me, task).status_code == 302


@pytest.mark.parametrize(
    ("given", "pointer", "words"),
    [
        ({"fields": ["nothing"]}, "/bindings/a/fields", "No task can ask for “nothing”"),
        ({"fields": "notes"}, "/bindings/a/fields", "as a list"),
        ({"fields": ["notes"] * 31}, "/bindings/a/fields", "At most 30"),
        ({"fields": ["need"], "required": ["notes"]}, "/bindings/a/required", "“Notes” is required, but not"),
        ({"fields": ["stage"]}, "/bindings/a/fields", "nobody changes such a field"),
    ],
)
def test_a_design_asks_for_fields_that_there_are(me, given, pointer, words):
    made = design(me, *DRAWN, live=False)
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={"a": {"kind": "task", **given}}, by=by_of(me))
    [error] = refused.value.errors
    assert error.pointer == pointer
    assert words in str(error.message)


def test_the_form_of_an_element_lets_its_task_ask(me):
    made = design(me, *DRAWN, live=False)
    address = f"/process-design/{made.pk}/element/a/"
    sent = {"task_kind": "task", "assign": "owner", "asks:notes": "required", "asks:need": "asked"}
    assert post(me, address, seen="1", **sent).status_code == 302
    made.refresh_from_db()
    bound = newest(made).bindings["a"]
    known = registry["lead"].by_name
    assert set(bound["fields"]) == {"notes", "need"}
    assert bound["required"] == ["notes"]
    assert known["notes"].editable
    assert known["need"].editable
    page = get(me, address).content.decode()
    assert "asks for" in page
    assert "Notes (required)" in page
    assert "asks for" in get(me, f"/process-design/{made.pk}/").content.decode()
