"""The condition editor in a real browser: what is clicked and typed becomes the condition, and back."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context as Values
from django.template import Template
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page, Route, sync_playwright

from kinflow.conditions import parse
from kinflow.conditions.editing import described

from .random_conditions import raw_conditions
from .world.vocabulary import VOCABULARY

pytestmark = pytest.mark.browser
ASSETS = Path(__file__).resolve().parents[2] / "src/kinflow/web/assets"
SITE = "http://kinflow.test/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Leads</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="/components/condition-editor.css">
<script type="module" src="/elements/condition-editor.js"></script>
<main><h1>Leads</h1><form>{% load conditions %}{% condition_editor vocabulary 'lead' value name='filter' label='Filter' sentence_url='/sentence' search_url='/search' names=names %}
<button>Save</button></form></main></html>"""  # noqa: E501
PEOPLE = [{"id": 7, "label": "Chen Yu"}, {"id": 9, "label": "Chen Yu"}, {"id": 12, "label": "Li Wei"}]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a headless Chromium that gets its files from the source folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 700})
        page.set_default_timeout(5000)
        page.route(f"{SITE}**", serve)
        yield page
        browser.close()


def serve(route: Route) -> None:
    """Answer as the product would: files, the sentence, the search."""
    address = urlsplit(route.request.url)
    query = {key: values[0] for key, values in parse_qs(address.query).items()}
    if address.path == "/sentence":
        route.fulfill(json=described(query["condition"], VOCABULARY, query["type"]))
    elif address.path == "/search":
        route.fulfill(json=[p for p in PEOPLE if query["q"].lower() in str(p["label"]).lower()])
    else:
        route.fulfill(path=ASSETS / address.path.lstrip("/"))


@pytest.fixture
def edit(page: Page) -> Callable[..., Page]:
    """Open the editor with a condition."""

    def open_editor(value: Any = None, names: Any = None) -> Page:
        html = Template(PAGE).render(Values({"vocabulary": VOCABULARY, "value": value, "names": names}))
        page.route(SITE, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(SITE)
        page.wait_for_selector("condition-editor .group", state="attached")
        return page

    return open_editor


def condition_of(page: Page) -> Any:
    return json.loads(page.locator("input[name=filter]").input_value())


def test_a_condition_is_made_with_the_keyboard_alone(edit):
    page = edit()
    page.get_by_role("button", name="+ Add condition").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Score")  # the field has the focus; native lists find what is typed
    page.keyboard.press("Tab")
    page.keyboard.type("at least")
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    assert condition_of(page) == {"all": [{"field": "score", "op": "at_least", "value": 40}]}


def test_the_sentence_follows(edit):
    page = edit({"field": "score", "op": "at_least", "value": 40})
    page.get_by_label("Value").fill("55")
    page.get_by_text("Score is at least 55").wait_for()


def test_groups_are_nested(edit):
    page = edit({"field": "is_hot", "op": "is", "value": True})
    page.get_by_role("button", name="+ Add group").click()
    inner = page.locator(".group .group")
    inner.get_by_label("Field").select_option("contact.account.industry")
    inner.get_by_label("Comparison").select_option("any_of")
    inner.get_by_label("Water").check()
    inner.get_by_label("Food").check()
    inner.get_by_role("button", name="+ Add condition").click()
    inner.get_by_label("Field").last.select_option("made_at")
    inner.get_by_label("Length of time").fill("7")
    inner.get_by_label("How the parts work together").select_option("none")
    assert condition_of(page) == {
        "all": [
            {"field": "is_hot", "op": "is", "value": True},
            {
                "not": {
                    "any": [
                        {"field": "contact.account.industry", "op": "any_of", "value": ["water", "food"]},
                        {"field": "made_at", "op": "within_last", "value": {"days": 7}},
                    ]
                }
            },
        ]
    }


def test_related_records_are_asked_about(edit):
    page = edit()
    page.get_by_role("button", name="+ Add condition").click()
    page.get_by_label("Field").select_option("activities")
    page.get_by_label("Number").fill("3")
    where = page.locator(".inside .group")
    where.get_by_role("button", name="+ Add condition").click()
    where.get_by_label("Field").select_option("kind")
    where.get_by_label("Value").select_option("Call")
    asked = {"field": "kind", "op": "is", "value": "call"}
    assert condition_of(page) == {"all": [{"has": "activities", "where": {"all": [asked]}, "at_least": 3}]}
    page.get_by_label("Comparison").first.select_option("less")
    page.get_by_label("Number").fill("1")
    assert condition_of(page) == {"all": [{"has_no": "activities", "where": {"all": [asked]}}]}


def test_a_record_is_found_by_its_name(edit):
    page = edit({"field": "contact.account.owner", "op": "is", "value": 3}, names={("person", 3): "Sun Qian"})
    entry = page.get_by_role("combobox", name="Value").last
    assert entry.input_value() == "Sun Qian"
    entry.fill("chen")
    page.wait_for_selector("datalist option", state="attached")
    assert page.locator("datalist option").evaluate_all("all => all.map(o => o.value)") == [
        "Chen Yu",
        "Chen Yu #9",
    ]
    entry.fill("Chen Yu #9")
    assert condition_of(page)["all"][0]["value"] == 9
    entry.fill("nobody")
    assert condition_of(page) == {}


def test_me_is_one_of_the_people(edit):
    page = edit({"field": "owner", "op": "is", "value": 3})
    page.get_by_label("Comparison").select_option("any_of")
    assert condition_of(page)["all"][0] == {"field": "owner", "op": "any_of", "value": [3]}
    page.locator(".tokens select").select_option("asker")
    assert condition_of(page)["all"][0]["value"] == [3, {"me": True}]
    page.get_by_role("button", name="Remove #3").click()
    assert condition_of(page)["all"][0]["value"] == [{"me": True}]


def test_days_are_given_on_the_calendar_or_from_today(edit):
    page = edit({"field": "due_on", "op": "between", "value": ["2026-03-01", {"today": 0}]})
    page.get_by_label("To", exact=True).fill("14")
    assert condition_of(page)["all"][0]["value"] == ["2026-03-01", {"today": 14}]
    page.get_by_label("Kind of date").last.select_option("date")
    assert condition_of(page) == {}
    page.get_by_label("To", exact=True).fill("2026-04-01")
    assert condition_of(page)["all"][0]["value"] == ["2026-03-01", "2026-04-01"]


def test_several_texts_are_entered_one_by_one(edit):
    page = edit({"field": "topics", "op": "all_of", "value": ["pump"]})
    page.get_by_label("Type, then Enter").fill("seal")
    page.keyboard.press("Enter")
    page.keyboard.type("a, b")
    page.keyboard.press("Enter")
    assert condition_of(page)["all"][0]["value"] == ["pump", "seal", "a, b"]


def test_what_is_unfinished_keeps_the_form_from_being_sent(edit):
    page = edit({"field": "score", "op": "is", "value": 1})
    page.get_by_role("button", name="+ Add condition").click()
    assert not page.evaluate("document.forms[0].checkValidity()")
    page.get_by_role("button", name="Remove this condition").last.click()
    assert page.evaluate("document.forms[0].checkValidity()")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Field"


def test_what_the_server_refuses_is_marked_at_its_place(edit):
    page = edit({"all": [{"field": "score", "op": "is", "value": 1}, {"field": "gone", "op": "is_empty"}]})
    page.wait_for_selector("output.bad")
    assert "gone" in page.locator("output").inner_text()
    assert page.locator(".line").nth(1).get_attribute("class") == "line wrong"


def test_a_text_that_is_no_json_stays_to_be_corrected(page, edit):
    edit()
    page.evaluate(
        """() => {
            const editor = document.querySelector("condition-editor").cloneNode();
            editor.innerHTML = '<textarea name="filter">{"all": [</textarea>';
            document.querySelector("form").replaceChildren(editor);
        }"""
    )
    assert page.locator("textarea").input_value() == '{"all": ['


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=raw_conditions())
def test_what_is_only_opened_keeps_its_meaning(edit, raw):
    page = edit(raw)
    again = condition_of(page)
    assert meaning(parse(again, "lead", VOCABULARY)) == meaning(parse(raw, "lead", VOCABULARY))


def meaning(condition: Any) -> Any:
    """A condition in a form in which those that plainly mean the same are equal."""
    from kinflow.conditions.operators import OPPOSITES
    from kinflow.conditions.tree import All, Has, Not, Some, Test

    match condition:
        case Test(path, op, value):
            return ("not", (path, OPPOSITES[op], value)) if op in OPPOSITES else (path, op, value)
        case Has(path, where, least):
            return ("has", path, meaning(where), least)
        case Not(part):
            inner = meaning(part)
            return inner[1] if inner[0] == "not" else ("not", inner)
        case All((only,)) | Some((only,)):
            return meaning(only)
        case All(parts):
            return ("all", *map(meaning, parts))
        case Some(parts):
            return ("any", *map(meaning, parts))


@pytest.mark.parametrize("width", [360, 900])
def test_the_editor_is_accessible_and_fits(edit, width):
    from axe_playwright_python.sync_playwright import Axe

    everything = [
        {"field": "title", "op": "contains", "value": "泵"},
        {"field": "stage", "op": "any_of", "value": [1, 2]},
        {"field": "owner", "op": "any_of", "value": [{"me": True}, 3]},
        {"field": "made_at", "op": "between", "value": ["2026-03-01T10:00", {"today": 0}]},
        {"field": "made_at", "op": "within_last", "value": {"days": 7}},
        {"any": [{"field": "is_hot", "op": "is", "value": True}, {"has": "activities", "at_least": 2}]},
    ]
    page = edit({"all": everything})
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
