"""What forms of designs and deployments are sent by mistake or malice: refused in words, with nothing kept."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinflow.kit.problem import Invalid
from kinflow.processes.deployments.models import Deployment
from kinflow.processes.designs import actions
from kinflow.processes.designs.actions import MOST_NAME, add_design, change_design
from kinflow.processes.designs.models import ProcessDesign
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, design, owner
from tests.processes.execution.test_pages import post

pytestmark = pytest.mark.django_db
PLAIN = ("s start; a task; e end", "s a; a e")
TASK = {"how": "task", "task_kind": "task", "assign": "owner", "seen": "1"}


@pytest.fixture
def me():
    return owner()


def words(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.partition('role="alert"')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"due:amount": "-1", "due:unit": "days"}, "Give a number from 0 to 36500."),
        ({"due:amount": "NaN", "due:unit": "days"}, "Give a number from 0 to 36500."),
        ({"due:amount": "9" * 40, "due:unit": "days"}, "Give a number from 0 to 36500."),
        ({"due:amount": "1", "due:unit": "aeons"}, "Choose one of the units of time."),
        ({"subject:en": "a\0b"}, "There is a character in it that is none."),
        ({"subject:en": "x" * 10_000}, "At most 200 characters."),
        ({"task_kind": "zz"}, "Choose one of the values."),
        ({"repeats:how": "parallel", "repeats:times": "9" * 3_000}, "too long"),
        ({"repeats:how": "parallel", "repeats:times": "(" * 1_000}, "nested too deep"),
        ({"seen": "77"}, "Somebody wrote version 1 meanwhile."),
    ],
)
def test_the_form_of_an_element_says_what_is_wrong(me, sent, told):
    made = design(me, *PLAIN, live=False)
    answer = post(me, f"/process-design/{made.pk}/element/a/", **(TASK | sent))
    assert answer.status_code in (409, 422)
    assert told in words(answer)
    assert ProcessDesign.objects.get().number == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        *[
            ({"way": "share", "share": share}, "Give a share from 1 to 99 percent.")
            for share in ("0", "100", "101", "NaN", "inf", "", "half", "-5", "50.5", "1e2")
        ],
        ({"way": "condition", "condition": '{"field":"zz","op":"is","value":1}'}, "There is no field “zz” here."),
        ({"way": "condition", "condition": '{"not":' * 5_000 + "{}" + "}" * 5_000}, "There is no field"),
        ({"way": "condition", "condition": '{"not":' * 500 + "{}" + "}" * 500}, "nested too deep"),
        ({"way": "sideways"}, "Choose one of the values."),
        ({"way": "all", "number": "9" * 30}, "There is no such version."),
        ({"way": "all", "limit:stuck": "NaN"}, "Give a number."),
        ({"way": "all", "limit:stuck": "-1"}, "Give a number from 0 to 1,000,000."),
        ({"way": "all", "event": "sales.nothing"}, "Choose an event that records of this kind have."),
        ({"way": "all", "seen": "999"}, "Somebody changed or deployed this design meanwhile."),
    ],
)  # fmt: skip
def test_the_form_to_deploy_says_what_is_wrong(me, sent, told):
    made = change_design(processdesign=design(me, *PLAIN), file=bpmn(*PLAIN, name="Two"), by=by_of(me))
    usual = {"number": "2", "seen": str(made.version)}
    answer = post(me, f"/process-design/{made.pk}/live/", **(usual | sent))
    assert answer.status_code in (409, 422)
    assert told in words(answer)
    assert not Deployment.objects.exists()


def test_what_is_wrong_stands_at_its_field(me):
    made = change_design(processdesign=design(me, *PLAIN), file=bpmn(*PLAIN, name="Two"), by=by_of(me))
    here, seen = f"/process-design/{made.pk}/", str(made.version)
    share = post(me, f"{here}live/", number="2", seen=seen, way="share", share="101").content.decode()
    assert 'aria-describedby="in-share-error"' in share
    assert '<p class="error" id="in-share-error">Give a share from 1 to 99 percent.</p>' in share
    guard = {"limit:late": "5", "limit:stuck": "-1"}
    guarded = post(me, f"{here}live/", number="2", seen=seen, way="all", **guard).content.decode()
    assert '<p class="error" id="in-limit-stuck-error">' in guarded
    assert "in-limit-late-error" not in guarded
    due = {"due:amount": "-1", "due:unit": "days", "seen": "2"}
    form = post(me, f"{here}element/a/", **(TASK | due)).content.decode()
    assert '<p class="error" id="in-due-error">Give a number from 0 to 36500.</p>' in form
    given = post(me, "/process-design/", kind="lead", file=SimpleUploadedFile("x", b"<x/>")).content.decode()
    assert '<p class="error" id="in-file-error">The file is XML, but not BPMN 2.0.</p>' in given
    assert "in-name-error" not in given


def test_a_name_that_is_too_long_is_refused_rather_than_cut(me):
    file = SimpleUploadedFile("x.bpmn", bpmn(*PLAIN))
    answer = post(me, "/process-design/", kind="lead", name="x" * (MOST_NAME + 1), file=file)
    assert answer.status_code == 422
    assert "At most 120 characters." in answer.content.decode()
    with pytest.raises(Invalid) as refused:
        add_design(file=bpmn(*PLAIN), kind="lead", name_zh="好" * (MOST_NAME + 1), by=by_of(me))
    assert refused.value.errors[0].pointer == "/name_zh"
    long = bpmn(*PLAIN, name="y" * 300)
    assert add_design(file=long, kind="lead", by=by_of(me)).name == "y" * MOST_NAME


def test_what_is_nested_without_end_is_refused_at_its_place(me):
    made = design(me, *PLAIN, live=False)
    deep: dict[str, Any] = {}
    for _ in range(400):
        deep = {"x": deep}
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={"a": {"subject": deep}}, by=by_of(me))
    assert refused.value.errors[0].pointer.startswith("/bindings/a/subject/x")


def test_of_two_who_give_a_name_at_the_same_moment_the_second_is_told(me, monkeypatch):
    monkeypatch.setattr(actions, "_refuse_twin", lambda _design: None)  # neither saw the other's
    add_design(file=bpmn(*PLAIN), kind="lead", name="Twin", by=by_of(me))
    with pytest.raises(Invalid, match="of this name already") as refused:
        add_design(file=bpmn(*PLAIN), kind="lead", name="Twin", by=by_of(me))
    assert refused.value.errors[0].pointer == "/name"
    assert ProcessDesign.objects.count() == 1


def test_all_that_is_wrong_with_a_task_is_told_at_once_each_at_its_field_and_what_was_typed_stays(me):
    made = design(me, *PLAIN, live=False)
    sent = {"task_kind": "dance", "assign": "unit:0", "due:amount": "-1", "due:unit": "days"}
    answer = post(me, f"/process-design/{made.pk}/element/a/", **TASK | sent, **{"subject:en": "x" * 201})
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("subject", "task-kind", "assign", "due"):
        assert f'aria-describedby="in-{field}-error"' in page
        assert page.count(f'<p class="error" id="in-{field}-error">') == 1
    assert 'name="due:amount" value="-1"' in page
    assert "x" * 201 in page
    wrong = {"kind": "dance", "assign": "unit:0", "due": {"amount": -1, "unit": "days"}}
    with pytest.raises(Invalid) as refused:
        change_design(processdesign=made, bindings={"a": wrong}, by=by_of(me))
    pointers = [each.pointer.removeprefix("/bindings/a/") for each in refused.value.errors]
    assert [each.partition("/")[0] for each in pointers] == ["kind", "assign", "due"]


def test_how_many_are_collected_is_no_number_and_no_time_is_given(me):
    made = design(me, "s start; g catch timer; e end", "s g; g e", live=False)
    answer = post(me, f"/process-design/{made.pk}/element/g/", seen="1", together="some")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="in-duration-error"' in page
    assert 'id="in-together-error"' in page
    assert 'value="some"' in page
