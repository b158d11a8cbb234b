"""Work of processes with the keys alone: My work, a task and its result, another way with a reason, a group’s task."""

import re

import pytest
from playwright.sync_api import Page, expect

from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Person
from kinflow.processes.designs.actions import add_shipped_design, change_design, put_into_operation
from kinflow.processes.designs.kept import forget
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.sales.leads.models import Lead
from tests.browser import assert_accessible, awake, look_as, sign_in

from .company import company, customers, go_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORDS = {
    "en": {
        "finish": "Finish",
        "call": "Call the lead",
        "reached": "Reached",
        "qualify": "Qualify the lead",
        "otherwise": "Let it go otherwise",
        "silent": "Say why.",
        "fill": "Fill in",
        "next": "Give me my next best",
    },
    "zh-hans": {
        "finish": "完成",
        "call": "致电线索",
        "reached": "已联系上",
        "qualify": "确认线索资格",
        "otherwise": "改变走向",
        "silent": "请说明原因。",
        "fill": "请先填写",
        "next": "领取下一项最佳工作",
    },
}
LOOKS = [("desk", "light", "en"), ("phone", "dark", "zh-hans")]
SEEN = """() => { const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const middle = [box.x + box.width / 2, box.y + Math.min(box.height, 20) / 2];
  const above = document.elementFromPoint(...middle);
  return style.boxShadow !== "none" && box.top >= 0 && box.bottom <= innerHeight + box.height
    && Boolean(above) && (at.contains(above) || above.contains(at)); }"""


@pytest.fixture
def page(browser_page: Page):
    forget()
    company()
    customers()
    yield browser_page
    assert not browser_page.errors  # type: ignore[attr-defined]


def design(**bindings) -> ProcessDesign:
    """The reference process for leads in operation; the bindings given are other than there."""
    owner = Person.objects.get(given_name="峰")
    made = add_shipped_design(key="lead", owner=owner, by=SYSTEM)
    if bindings:
        kept = made.versions.get(number=1).bindings
        made = change_design(processdesign=made, bindings=kept | bindings, by=SYSTEM)
    return put_into_operation(processdesign=made, by=SYSTEM)


def started(made: ProcessDesign, at: int = 0) -> ProcessInstance:
    instance = start_process(design=made, about=Lead.objects.order_by("pk")[at], by=SYSTEM)
    go_on()
    return instance


def tab_to(page: Page, target, most: int = 60) -> None:
    """Come to it with the Tab key alone; wherever the focus stands then, it is seen."""
    for _each in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("at => at === document.activeElement"):
            assert page.evaluate(SEEN), "the focus is not seen"
            return
    raise AssertionError(f"no way to {target} by the Tab key")


def choose(page: Page, select, value: str) -> None:
    """Choose with the arrow keys in the list that has the focus."""
    for _each in range(select.locator("option").count()):
        if select.input_value() == value:
            return
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_a_task_is_finished_from_my_work_and_the_focus_stays_in_the_list(page, size, scheme, language):
    words = WORDS[language]
    started(design())
    look_as(page, size, scheme, language)
    sign_in(page, "chen")
    page.goto("/")
    awake(page)
    item = page.locator("my-work .item", has_text=words["call"])
    at = page.locator("my-work .item").evaluate_all(
        "(all, words) => all.findIndex(e => e.textContent.includes(words))", words["call"]
    )
    for _each in range(at + 1):
        page.keyboard.press("j")
    expect(item).to_be_focused()
    tab_to(page, item.locator("a", has_text=words["finish"]))
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    result = dialog.locator("select[name=result]")
    expect(result).to_be_focused()
    expect(dialog.locator(".task-ways")).to_contain_text(words["qualify"])
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(item.locator("a", has_text=words["finish"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(result).to_be_focused()
    choose(page, result, "reached")
    expect(result).to_have_value("reached")
    page.keyboard.press("Tab")
    page.keyboard.type("Wants two pumps")
    page.keyboard.press("Enter")
    page.keyboard.type("before summer")
    tab_to(page, dialog.locator("button.main"))
    page.keyboard.press("Enter")
    expect(page.locator("toast-stack")).to_contain_text(words["call"])
    expect(
        page.locator("my-work .item").nth(min(at, page.locator("my-work .item").count() - 1))
    ).to_be_focused()
    done = Activity.objects.get(subject="Call the lead")
    assert (done.result, done.outcome.replace("\r", "")) == ("reached", "Wants two pumps\nbefore summer")
    go_on()
    assert ProcessInstance.objects.get().tokens.filter(node="qualify", state="waits").exists()


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_a_lead_lets_it_go_otherwise_and_is_brought_to_what_is_missing(page, size, scheme, language):
    words = WORDS[language]
    instance = started(design())
    look_as(page, size, scheme, language)
    sign_in(page, "lead")
    page.goto(f"/process-instance/{instance.pk}/")
    awake(page)
    more = page.locator("summary", has_text=words["otherwise"])
    tab_to(page, more)
    page.keyboard.press("Enter")
    target = page.locator("select[name=to]")
    tab_to(page, target)
    expect(target).to_have_value("")
    choose(page, target, "qualify")
    expect(target).to_have_value("qualify")
    tab_to(page, page.locator("form[action$='/move/'] button"))
    page.keyboard.press("Enter")
    reason = page.locator("form[action$='/move/'] input[name=reason]")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description(words["silent"])
    expect(target).to_have_value("qualify")
    assert page.evaluate(SEEN)
    assert_accessible(page)
    page.keyboard.type("Called already")
    page.keyboard.press("Enter")
    expect(page.locator(".standing b").first).to_have_text(words["qualify"])
    expect(page.locator(".tl")).to_contain_text("Called already")
    tab_to(page, more)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("form[action$='/skip/'] input[name=reason]"))
    page.keyboard.type("Known for years")
    page.keyboard.press("Enter")
    expect(page.locator(".tl")).to_contain_text("Known for years")
    instance.refresh_from_db()
    assert not instance.tokens.filter(node="qualify").exists()


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_a_task_of_a_group_is_noted_on_in_place_and_says_what_comes_next(page, size, scheme, language):
    words = WORDS[language]
    unit = Person.objects.get(given_name="宇").unit
    made = design(call={"kind": "task", "assign": f"unit:{unit.pk}"})
    started(made)
    task = Activity.objects.get(subject="Call the lead")
    assert task.owner.unit == unit
    look_as(page, size, scheme, language)
    sign_in(page, "chen" if task.owner.given_name == "宇" else "sun")
    page.goto(f"/activities/{task.pk}/")
    awake(page)
    pencil = page.locator("#fact-notes .pencil")
    tab_to(page, pencil)
    page.keyboard.press("Enter")
    expect(page.locator("#fact-notes textarea")).to_be_focused()
    page.keyboard.type("Ask for the plan")
    page.keyboard.press("Escape")
    expect(pencil).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#fact-notes textarea")).to_be_focused()
    page.keyboard.type("Ask for the plan")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#fact-notes")).to_contain_text("Ask for the plan")
    expect(page.locator(".task-ways")).to_contain_text(words["qualify"])
    page.keyboard.press("f")
    expect(page.locator("#dialog select[name=result]")).to_be_focused()
    assert re.search(words["reached"], page.locator("#dialog .task-ways").inner_text())


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_what_a_task_asks_for_is_filled_in_with_the_form_that_finishes_it(page, size, scheme, language):
    words = WORDS[language]
    asks = {"kind": "call", "assign": "owner", "fields": ["need", "notes"], "required": ["notes"]}
    one = started(design(call=asks))
    about, task = one.about_id, Activity.objects.get(pk=one.tokens.get(node="call").activity_id)
    look_as(page, size, scheme, language)
    sign_in(page, "chen")
    page.goto(f"/activities/{task.pk}/")
    awake(page)
    page.locator(f"a[href='/activities/{task.pk}/do/finish/']").first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    notes = dialog.locator("[name='record.notes']")
    need = dialog.locator("[name='record.need']")
    expect(need).to_be_focused()
    expect(need).to_have_value(Lead.objects.get(pk=about).need)
    assert_accessible(page)
    tab_to(page, dialog.locator("button.main"))
    page.keyboard.press("Enter")
    expect(dialog.locator("[id='in-record.notes-error']")).to_contain_text(words["fill"])
    expect(notes).to_be_focused()
    page.keyboard.type("Stainless, by June")
    tab_to(page, dialog.locator("button.main"))
    page.keyboard.press("Enter")
    expect(page.locator("toast-stack")).to_contain_text(words["call"])
    assert Lead.objects.get(pk=about).notes == "Stainless, by June"
    assert Activity.objects.get(pk=task.pk).status == "done"
