"""Names of a model's parts in several languages: kept in the file, shown in the reader's, drawn in the shown one."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from kinflow.automation.messages.models import Message
from kinflow.automation.my_work.queries import my_items
from kinflow.customers.activities.actions import assign_activity, change_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Conflict
from kinflow.processes.bpmn.names import called, drawn_in, named_in, shown_in
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.designs.actions import add_design, add_shipped_design, put_into_operation
from kinflow.processes.designs.kept import filed_model, model_of, plan_for, shown_plan
from kinflow.processes.designs.shipped import SHIPPED
from kinflow.processes.designs.versions import newest
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.going_on import Happened, go_on
from tests.automation.given import lead
from tests.factories import case
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import get, post

PLAIN = bpmn("s start; a task; e end", "s a; a e")
FILE = PLAIN.replace(
    b'name="a"', 'name="Confirm" k:en="Confirm" k:zh-hans="确认" xmlns:k="urn:kinflow:names"'.encode()
)


def names_of(content: bytes) -> tuple[str, dict[str, str]]:
    """The one name of the task, and those by language."""
    step = read_bpmn(content).element("a")
    assert step is not None
    return step.name, dict(step.names)


def test_names_are_kept_when_a_model_is_written_and_read_again():
    model = read_bpmn(FILE)
    assert names_of(write_bpmn(model)) == ("Confirm", {"en": "Confirm", "zh-hans": "确认"})
    assert read_bpmn(write_bpmn(named_in(model, "zh-Hans"))).element("a").name == "确认"
    assert called(model.element("a"), "fr") == "Confirm"
    assert b"urn:kinflow:names" not in write_bpmn(read_bpmn(PLAIN))


def test_the_editor_is_given_the_readers_language_and_a_file_without_names_as_it_is():
    assert names_of(shown_in(FILE, "zh-hans"))[0] == "确认"
    assert shown_in(FILE, "en") == FILE
    assert shown_in(PLAIN, "zh-hans") == PLAIN
    assert drawn_in(PLAIN, PLAIN, "zh-hans") == PLAIN


def test_what_is_drawn_is_the_name_in_the_shown_language_only():
    shown = shown_in(FILE, "zh-hans")
    assert names_of(drawn_in(shown, FILE, "zh-hans")) == names_of(FILE)
    renamed = shown.replace('name="确认"'.encode(), 'name="答复"'.encode())
    assert names_of(drawn_in(renamed, FILE, "zh-hans")) == ("Confirm", {"en": "Confirm", "zh-hans": "答复"})
    english = FILE.replace(b'name="Confirm"', b'name="Answer"')
    assert names_of(drawn_in(english, FILE, "en")) == ("Answer", {"en": "Answer", "zh-hans": "确认"})
    assert names_of(drawn_in(english, FILE, "fr")) == ("Answer", {"en": "Confirm", "zh-hans": "确认"})


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda each: each.key)
def test_a_reference_process_is_named_in_all_languages(shipped):
    model = read_bpmn(shipped.file())
    parts = [each for each in (*model.processes, *model.elements, *model.flows) if each.name]
    languages = {code for code, _name in settings.LANGUAGES}
    for each in parts:
        names = dict(each.names)
        assert names.keys() == languages, each
        assert names["en"] != names["zh-hans"], each


@pytest.mark.django_db
def test_screens_follow_the_reader_and_the_log_the_file():
    me = owner()
    made = add_shipped_design(key="complaint", by=by_of(me))
    assert "Confirm it to the customer" in get(me, f"/process-design/{made.pk}/").content.decode()
    with translation.override("zh-hans"):
        chinese = dict(model_of(made.pk, 1).element("confirm").names)["zh-hans"]
        for where in ("", "element/confirm/", "principles/", "edit/model.txt"):
            page = get(me, f"/process-design/{made.pk}/{where}").content.decode()
            assert chinese in page
            assert "Confirm it to the customer</" not in page
        assert shown_plan(made.pk, 1).nodes["confirm"].name == chinese
        assert plan_for(made.pk, 1).nodes["confirm"].name == "Confirm it to the customer"
        assert filed_model(made.pk, 1).element("confirm").name == "Confirm it to the customer"


@pytest.mark.django_db
def test_a_drawing_saved_in_chinese_leaves_the_english_names():
    me = owner()
    made = design(me, "s start; a task; e end", "s a; a e", live=False)
    post(me, f"/process-design/{made.pk}/file/", file=SimpleUploadedFile("m.bpmn", FILE))
    with translation.override("zh-hans"):
        shown = get(me, f"/process-design/{made.pk}/edit/model.txt").content
        drawn = shown.replace("确认".encode(), "回复".encode(), 1)
        renamed = SimpleUploadedFile("m.bpmn", drawn)
        assert post(me, f"/process-design/{made.pk}/edit/", file=renamed, seen="2").status_code == 200
    made.refresh_from_db()
    assert names_of(bytes(newest(made).content)) == ("Confirm", {"en": "Confirm", "zh-hans": "回复"})


@pytest.mark.django_db
def test_what_the_log_and_notices_tell_of_steps_is_in_the_readers_language():
    me = owner()
    made = put_into_operation(processdesign=add_shipped_design(key="complaint", by=by_of(me)), by=by_of(me))
    started = start_process(design=made, about=case(owner=me), by=by_of(me))
    number = started.tokens.get(node="confirm").number
    go_on(happenings=[Happened(started.pk, number, problem=Conflict("No"))], by=SYSTEM)
    with translation.override("zh-hans"):
        chinese = dict(model_of(made.pk, 1).element("confirm").names)["zh-hans"]
        page = get(me, f"/process-instance/{started.pk}/").content.decode()
        assert f"步骤“{chinese}”" in page
        assert "Confirm it to the customer”" not in page
    message = Message.objects.get(key__startswith="process_stuck:")
    assert chinese in message.subject["zh-hans"]
    assert "Confirm it to the customer" in message.subject["en"]


@pytest.mark.django_db
def test_a_task_is_called_as_its_step_in_the_readers_language_until_somebody_calls_it_otherwise():
    me = owner()
    made = add_design(file=FILE, kind="lead", name="Confirming", by=by_of(me))
    about = lead(owner=me)
    start_process(design=put_into_operation(processdesign=made, by=by_of(me)), about=about, by=by_of(me))
    task = Activity.objects.get()
    assign_activity(activity=task, person=me, by=SYSTEM)
    with translation.override("zh-hans"):
        assert [item.title for item in my_items(me.pk, task.created_at) if item.row == task] == ["确认"]
    change_activity(activity=task, changes={"subject": "Ask again"}, by=SYSTEM)
    with translation.override("zh-hans"):
        assert [item.title for item in my_items(me.pk, task.created_at) if item.row == task] == ["Ask again"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "[need]"), ("zh-hans", "【需求】")])
def test_texts_with_fields_are_told_by_what_the_fields_are_called(language, words):
    me = owner()
    made = add_shipped_design(key="lead", owner=me, by=by_of(me))
    with translation.override(language):
        page = get(me, f"/process-design/{made.pk}/").content.decode()
    assert words in page
    assert "{record." not in page
