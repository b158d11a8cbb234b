"""The page of a benefit shows the figure that is judged, and says plainly what cannot be told as things stand."""

import json
import re
from dataclasses import replace

import pymupdf
import pytest
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import NotFound
from kinflow.processes.benefits.actions import expect_benefit
from kinflow.processes.benefits.api import router
from kinflow.processes.benefits.judging import benefit_of
from kinflow.processes.benefits.states import states_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.deployments.actions import check_guards, give_to_all, return_deployment
from kinflow.processes.deployments.models import Placement
from kinflow.processes.execution.actions import cancel_process, start_process
from kinflow.sales.leads.actions import disqualify_lead, qualify_lead
from tests.automation.given import lead, person, unit
from tests.automation.test_api import ask
from tests.processes.deployments.test_deploying import deployed, two_versions
from tests.processes.execution.given import by_of, owner
from tests.processes.execution.test_pages import get

from .test_benefit import LATER, here, shared

pytestmark = pytest.mark.django_db
PROMISE = [{"figure": "record_hours", "value": -9, "low": -12, "high": -6}]


@pytest.fixture
def me():
    return owner()


@pytest.fixture(scope="module")
def client():
    api = NinjaAPI(urls_namespace="benefit_figures")
    api.add_router("", router)
    return TestClient(api)


def words_of(me, running, query=""):
    return get(me, f"{here(running)}/{query}").content.decode()


def on(page):
    return re.findall(r'href="\?figure=(\w+)#figure" hx-boost="false" class="on" aria-current="true"', page)


def told(running, me, now=None):
    return [one.text for one in states_of(running, benefit_of(running, by_of(me), now or timezone.now()))]


def placed(me, running, new, compared):
    """So many records in each group, whatever the draw says."""
    count = {"new": new, "comparison": compared}
    for _ in range(60):
        groups = list(Placement.objects.values_list("group", flat=True))
        if all(groups.count(group) >= wanted for group, wanted in count.items()):
            break
        start_process(design=running.design, about=lead(owner=me), by=by_of(me))
    return running


def test_the_page_shows_what_has_a_goal_and_what_the_reader_chooses(me):
    add_shipped_processes(by=SYSTEM)
    running, rows, _began = shared(me, 4)
    disqualify_lead(lead=rows[0], reason="no_need", by=by_of(me))
    assert on(words_of(me, running)) == ["record_hours"]
    goals = [{"figure": "late", "by": 5}]
    expect_benefit(deployment=running, horizon_days=14, goals=goals, promise=PROMISE, by=by_of(me))
    assert on(words_of(me, running)) == ["late"]
    page = words_of(me, running, "?figure=record_hours")
    assert on(page) == ["record_hours"]
    assert "Half within" in page
    assert "benefit.pdf?figure=record_hours" in page
    assert "only what is expected stands here" in page
    assert on(words_of(me, running, "?figure=<script>")) == ["late"]
    assert "<script>#" not in words_of(me, running, "?figure=<script>")


def test_curves_are_those_of_the_figure(me):
    add_shipped_processes(by=SYSTEM)
    running, rows, _began = shared(me, 4)
    process = Process.objects.get(key="lead")
    running.milestone = {"process": process.pk, "step": "sales.lead_qualified"}
    qualify_lead(lead=rows[0], by=by_of(me))
    spreads = benefit_of(running, by_of(me), timezone.now() + LATER).spreads
    come = {
        key: sum(curve.share[-1] * curve.records for curve in spreads[key].curves)
        for key in ("step_hours", "record_hours")
    }
    assert come == {"step_hours": pytest.approx(1), "record_hours": 0}


def test_a_cancelled_process_is_not_done_sooner(me):
    add_shipped_processes(by=SYSTEM)
    running, _rows, began = shared(me, 3)
    cancel_process(processinstance=began[0], reason="No use", by=by_of(me))
    curves = benefit_of(running, by_of(me), timezone.now() + LATER).spreads["process_hours"].curves
    assert [curve.share[-1] for curve in curves] == [0, 0]
    assert sum(curve.records for curve in curves) == 3


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Half within", "Promised")), ("zh-hans", ("半数", "承诺"))]
)
def test_the_print_shows_the_same_figure_with_its_numbers(me, language, words):
    add_shipped_processes(by=SYSTEM)
    running, rows, _began = shared(me, 3)
    expect_benefit(deployment=running, horizon_days=14, promise=PROMISE, by=by_of(me))
    disqualify_lead(lead=rows[0], reason="no_need", by=by_of(me))
    with translation.override(language):
        answer = get(me, f"{here(running)}.pdf?figure=record_hours")
    text = "".join(sheet.get_text() for sheet in pymupdf.open("pdf", answer.content))
    for each in words:
        assert each in text


def test_the_api_tells_how_a_figure_is_spread(me, client):
    add_shipped_processes(by=SYSTEM)
    running, _rows, _began = shared(me, 3)
    root = f"/deployment/{running.pk}/benefit"
    whole = ask(client, "GET", root, by_of(me))
    assert (len(whole["states"]), bool(whole["next_counted_at"])) == (1, True)
    hours = ask(client, "GET", f"{root}/record_hours", by_of(me))
    assert sum(curve["records"] for curve in hours["curves"]) == 3
    assert hours["bars"] == []
    late = ask(client, "GET", f"{root}/late", by_of(me))
    assert (late["curves"], late["unit"], late["bars"]) == ([], "share", [[], []])
    assert json.dumps(hours)
    with pytest.raises(NotFound):
        ask(client, "GET", f"{root}/joy", by_of(me))


def test_without_any_record_nothing_can_be_told(me):
    running = deployed(me, two_versions(me), way="share", share=50)
    assert ["No record has come to either group yet" in each for each in told(running, me)] == [True]
    assert "nothing can be told" in words_of(me, running)
    assert get(me, f"{here(running)}.pdf").status_code == 200


def test_for_all_records_there_is_nothing_before_the_first_asks_for_the_process(me):
    made = two_versions(me)
    running = deployed(me, made)
    assert "No record has come to either group yet" in told(running, me)[0]
    start_process(design=made, about=lead(owner=me), by=by_of(me))
    [words] = told(running, me)
    assert "no record to compare with yet" in words
    assert "no record to compare with yet" in words_of(me, running)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((0, 5), "No record goes by the new version yet"),
        ((5, 0), "no record to compare with yet"),
        ((1, 5), "Only one record goes by the new version"),
        ((1, 5), "20 followed to the end"),
    ],
)
def test_too_few_records_are_no_evidence(me, sizes, words):
    running = deployed(me, two_versions(me), way="share", share=50)
    found = replace(benefit_of(running, by_of(me), timezone.now()), sizes=sizes, following=0)
    [state] = states_of(running, found)
    assert words in state.text


def test_who_sees_no_record_is_told_so(me):
    running = placed(me, deployed(me, two_versions(me), way="share", share=50), 1, 1)
    other = person("Zhou", unit("South"), roles=("team_lead",))
    assert "no record of either group that you may see" in words_of(other, running)


def test_while_all_are_followed_the_page_says_from_when_on_they_count(me):
    running = placed(me, deployed(me, two_versions(me), way="share", share=50), 2, 2)
    [words] = told(running, me)
    assert re.search(r"All \d+ records are still being followed. The first is counted from ", words)
    assert told(running, me, timezone.now() + LATER) == []
    assert "still being followed. The first" in words_of(me, running)


def test_a_guard_that_stopped_the_deployment_is_told_with_its_figure(me):
    guards = [{"figure": "cancelled", "limit": 0, "least": 5}]
    running = deployed(me, two_versions(me), guards=guards)
    for _ in range(5):
        began = start_process(design=running.design, about=lead(owner=me), by=by_of(me))
        cancel_process(processinstance=began, reason="No use", by=by_of(me))
    assert check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)
    running.refresh_from_db()
    first = told(running, me)[0]
    assert "A guard took deployment" in first
    assert "no further record comes" in first
    assert "A guard took deployment" in words_of(me, running)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_version_that_was_withdrawn_says_why(me, language):
    running = placed(me, deployed(me, two_versions(me), way="share", share=50), 1, 1)
    running = return_deployment(deployment=running, reason="Too slow <b>.", by=by_of(me))
    with translation.override(language):
        page = words_of(me, running)
    assert "Too slow &lt;b&gt;" in page
    assert "&gt;.." not in page
    assert "&gt;.。" not in page
    assert "Too slow <b>" not in page


def test_what_was_given_to_all_tells_that_its_comparison_is_over(me):
    running = deployed(me, two_versions(me), way="share", share=50)
    give_to_all(deployment=running, by=by_of(me))
    running.refresh_from_db()
    first = told(running, me)[0]
    assert "ended deployment" in first
