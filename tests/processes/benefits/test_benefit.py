"""What a deployment brought, from its placements to the page, its files and the API; who may read and say what."""

from datetime import timedelta
from types import SimpleNamespace

import pymupdf
import pytest
from django.db import connection
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.customers.activities.actions import plan_activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, NotFound, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.benefits import estimating, judging
from kinflow.processes.benefits.actions import expect_benefit
from kinflow.processes.benefits.api import router
from kinflow.processes.benefits.judging import benefit_of
from kinflow.processes.benefits.milestones import called, figures_of
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.processes.execution.actions import cancel_process, start_process
from kinflow.sales.leads.actions import disqualify_lead, qualify_lead
from kinflow.service.cases.actions import open_case, rate_case, solve_case
from tests.automation.given import lead, person, unit
from tests.automation.test_api import ask
from tests.processes.deployments.test_deploying import deployed, two_versions
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import by_of, owner
from tests.processes.execution.test_pages import get, post

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(days=2), timedelta(days=15)


@pytest.fixture
def me():
    return owner()


@pytest.fixture(scope="module")
def client():
    api = NinjaAPI(urls_namespace="benefits")
    api.add_router("", router)
    return TestClient(api)


def shared(me, records=6, **how):
    """A deployment to half of the records, with so many of them placed."""
    made = two_versions(me)
    running = deployed(me, made, **{"way": "share", "share": 50, **how})
    rows = [lead(owner=me) for _ in range(records)]
    began = [start_process(design=made, about=row, by=by_of(me)) for row in rows]
    return running, rows, began


def figure(found, key):
    return next(one for one in found.results if one.figure == key)


def here(running):
    return f"/process-design/{running.design_id}/live/{running.pk}/benefit"


def test_records_count_in_the_group_they_were_placed_in_when_their_days_are_over(me):
    add_shipped_processes(by=SYSTEM)
    running, rows, began = shared(me)
    cancel_process(processinstance=began[0], reason="No use", by=by_of(me))
    disqualify_lead(lead=rows[1], reason="no_need", by=by_of(me))
    groups = dict(running.placements.values_list("about_id", "group"))
    soon = benefit_of(running, by_of(me), timezone.now() + SOON)
    assert (soon.way, soon.records, soon.following) == ("chance", 6, 6)
    found = benefit_of(running, by_of(me), timezone.now() + LATER)
    assert found.following == 0
    new = sum(group == "new" for group in groups.values())
    cancelled = figure(found, "cancelled").difference
    assert (cancelled.new, cancelled.compared) == (new, 6 - new)
    side = cancelled.mean_new if groups[rows[0].pk] == "new" else cancelled.mean_compared
    assert side == pytest.approx(100 / (new if groups[rows[0].pk] == "new" else 6 - new))
    hours = figure(found, "record_hours").difference
    ended = hours.mean_new if groups[rows[1].pk] == "new" else hours.mean_compared
    count = new if groups[rows[1].pk] == "new" else 6 - new
    assert ended == pytest.approx(14 * 24 * (count - 1) / count, abs=1)
    assert (cancelled.refused, figure(found, "cancelled").verdict) == ("few", "open")
    assert figure(found, "cancelled").needed == 34


def test_hours_are_counted_until_the_milestone_or_the_end_of_a_record_whichever_comes_first(me):
    add_shipped_processes(by=SYSTEM)
    running, rows, _began = shared(me, 3)
    process = Process.objects.get(key="lead")
    running.milestone = {"process": process.pk, "step": "sales.lead_qualified"}
    qualify_lead(lead=rows[0], by=by_of(me))
    disqualify_lead(lead=rows[1], reason="no_need", by=by_of(me))
    found = figure(benefit_of(running, by_of(me), timezone.now() + LATER), "step_hours").difference
    groups = dict(running.placements.values_list("about_id", "group"))
    for group, mean in (("new", found.mean_new), ("comparison", found.mean_compared)):
        theirs = [row.pk == rows[2].pk for row in rows if groups[row.pk] == group]
        assert mean == (pytest.approx(14 * 24 * sum(theirs) / len(theirs), abs=1) if theirs else None)
    assert called(running, "step_hours") == "Hours until “Qualified”"
    running.milestone = {"process": 0, "step": "sales.lead_qualified"}
    assert "step_hours" not in [one.figure for one in benefit_of(running, by_of(me), timezone.now()).results]


def test_a_record_with_an_overdue_task_counts_whoever_gave_it(me):
    running, rows, _began = shared(me, 2)
    due = timezone.now() + timedelta(days=1)
    plan_activity(subject="Else", kind="task", about=rows[0], due_at=due, by=by_of(me))
    groups = dict(running.placements.values_list("about_id", "group"))
    found = figure(benefit_of(running, by_of(me), timezone.now() + LATER), "late").difference
    size = sum(group == groups[rows[0].pk] for group in groups.values())
    theirs = found.mean_new if groups[rows[0].pk] == "new" else found.mean_compared
    assert theirs == 100 / size


def rated_cases(me, ratings):
    """A deployment to half of the service requests, each solved and rated so (None: not rated)."""
    one = bpmn("s start; a task; e end", "s a; a e")
    made = put_into_operation(
        processdesign=add_design(file=one, kind="case", name="Service", by=by_of(me)), by=by_of(me)
    )
    two = bpmn("s start; a task; b task; e end", "s a; a b; b e")
    made = change_design(processdesign=made, file=two, by=by_of(me))
    running = deployed(me, made, way="share", share=50)
    cases = []
    for rating in ratings:
        case = open_case(subject="Leaks", owner=me, by=SYSTEM)
        start_process(design=made, about=case, by=by_of(me))
        case = solve_case(case=case, solution="Sealed", by=SYSTEM)
        cases.append(rate_case(case=case, rating=rating, by=SYSTEM) if rating else case)
    return running, cases


def test_customers_are_content_or_not_among_those_who_rated_and_by_their_last_rating(me):
    running, cases = rated_cases(me, [5, 2, None, 4, 3, None, 1, 5])
    rate_case(case=cases[1], rating=4, by=SYSTEM)
    found = figure(benefit_of(running, by_of(me), timezone.now() + LATER), "content").difference
    groups = dict(running.placements.values_list("about_id", "group"))
    content = {cases[n].pk: n in (0, 1, 3, 7) for n in (0, 1, 3, 4, 6, 7)}
    for group, size, mean in (
        ("new", found.new, found.mean_new), ("comparison", found.compared, found.mean_compared)
    ):  # fmt: skip
        theirs = [is_content for pk, is_content in content.items() if groups[pk] == group]
        assert size == len(theirs)
        assert mean == (pytest.approx(100 * sum(theirs) / len(theirs)) if theirs else None)
    assert "Share of content customers" in get(me, f"{here(running)}/").content.decode()


def test_where_nobody_rated_and_of_other_records_than_cases_nothing_is_said_of_it(me):
    running, _cases = rated_cases(me, [None, None])
    assert "content" not in [one.figure for one in benefit_of(running, by_of(me), timezone.now()).results]
    assert "content" in figures_of(running)
    of_leads, _rows, _began = shared(me, 2)
    assert "content" not in figures_of(of_leads)


def test_for_all_records_before_and_after_are_compared_and_called_weak(me):
    lead(owner=me)
    made = two_versions(me)
    running = deployed(me, made)
    for _ in range(2):
        start_process(design=made, about=lead(owner=me), by=by_of(me))
    found = benefit_of(running, by_of(me), timezone.now() + LATER)
    assert (found.way, found.records) == ("before_after", 2)
    running.created_at += timedelta(days=15)
    found = benefit_of(running, by_of(me), timezone.now() + LATER + LATER)
    assert (found.way, found.records) == ("before_after", 3)
    assert "weakest" in get(me, f"{here(running)}/").content.decode()


@pytest.mark.parametrize("ran_before", [True, False])
def test_where_no_process_ran_before_it_was_neither_done_nor_stuck_then(me, ran_before):
    made, old = two_versions(me), lead(owner=me)
    if ran_before:
        start_process(design=made, about=old, by=by_of(me))
    running = deployed(me, made)
    running.created_at += timedelta(days=15)
    asked = {one.figure for one in benefit_of(running, by_of(me), timezone.now() + LATER + LATER).results}
    assert "late" in asked
    assert ({"process_hours", "stuck", "cancelled"} <= asked) is ran_before


def test_nothing_is_expected_of_a_process_that_one_side_does_not_have(me):
    running = deployed(me, two_versions(me), way="share", share=50, comparison="none")
    assert "process_hours" not in figures_of(running)
    assert "by:process_hours" not in get(me, f"{here(running)}/").content.decode()


def test_units_without_the_process_stand_beside_those_with_it(me, monkeypatch):
    for module in (judging, estimating):
        monkeypatch.setattr(module, "LEAST", 3)
    monkeypatch.setattr(estimating, "LEAST_HITS", 1)
    add_shipped_processes(by=SYSTEM)
    made = two_versions(me)
    other = person("Qian", unit("South"), roles=("representative",))
    for who in (me, other) * 3:
        lead(owner=who)
    with connection.cursor() as cursor:  # the clock of the database went on meanwhile
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE sales_lead SET created_at = created_at - interval '6 weeks'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    running = deployed(me, made)
    after = {who.pk: [lead(owner=who) for _ in range(3)] for who in (me, other)}
    for row in after[me.pk]:
        start_process(design=made, about=row, by=by_of(me))
    for row in (*after[me.pk], after[other.pk][0]):
        disqualify_lead(lead=row, reason="no_need", by=SYSTEM)
    found = benefit_of(running, SYSTEM, timezone.now() + LATER)
    assert found.way == "others"
    hours = figure(found, "record_hours").difference
    assert hours.value == pytest.approx(-14 * 24 * (1 - 1 / 3), abs=1)


def test_in_shadow_there_is_nothing_to_measure(me):
    running = deployed(me, two_versions(me), way="shadow")
    assert benefit_of(running, by_of(me), timezone.now()).results == []
    assert "no benefit to measure" in get(me, f"{here(running)}/").content.decode()


def test_what_is_expected_is_said_by_a_form_and_shown(me):
    running, _rows, _began = shared(me, 1)
    form = {"horizon_days": "7", "found": "Approval never refuses", "by:record_hours": "8", "seen": "1"}
    promise = {"low:record_hours": "-12", "value:record_hours": "-9", "high:record_hours": "-6"}
    assert post(me, f"{here(running)}/", **form, **promise).status_code == 302
    running.refresh_from_db()
    assert (running.horizon_days, running.goals) == (7, [{"figure": "record_hours", "by": 8.0}])
    assert running.promise == [{"figure": "record_hours", "value": -9.0, "low": -12.0, "high": -6.0}]
    page = get(me, f"{here(running)}/").content.decode()
    assert "Approval never refuses" in page
    assert 'value="-9.0"' in page
    assert post(me, f"{here(running)}/", **form).status_code == 409
    refused = post(me, f"{here(running)}/", **form | {"seen": "2", "by:late": "x", "found": "too slow"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="x" aria-invalid="true" aria-describedby="in-by-late-error"' in page
    assert "too slow</textarea>" in page
    assert Entry.objects.filter(name="processes.benefit_expected").count() == 1


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"horizon_days": 0}, "/horizon_days"),
        ({"goals": [{"figure": "joy", "by": 1}]}, "/goals/0/figure"),
        ({"goals": [{"figure": "late", "by": -1}]}, "/goals/0/by"),
        ({"goals": [{"figure": "late", "by": 1}] * 2}, "/goals"),
        ({"promise": [{"figure": "late", "value": 5, "low": 6, "high": 7}]}, "/promise/0/value"),
        ({"promise": [{"figure": "late", "value": float("nan"), "low": 0, "high": 1}]}, "/promise/0/value"),
    ],
)
def test_what_cannot_be_expected_is_refused_with_its_place(me, wrong, pointer):
    running = deployed(me, two_versions(me))
    with pytest.raises(Invalid) as refused:
        expect_benefit(deployment=running, by=by_of(me), **{"horizon_days": 14, **wrong})
    assert pointer in [error.pointer for error in refused.value.errors]


@pytest.mark.parametrize(("language", "word"), [("en", "What was found"), ("zh-hans", "发现")])
def test_the_story_is_a_pdf_in_the_readers_language(me, language, word):
    add_shipped_processes(by=SYSTEM)
    running, rows, _began = shared(me, 2)
    disqualify_lead(lead=rows[0], reason="no_need", by=by_of(me))
    with translation.override(language):
        answer = get(me, f"{here(running)}.pdf")
    text = "".join(sheet.get_text() for sheet in pymupdf.open("pdf", answer.content))
    assert word in text
    assert b"".join(get(me, f"{here(running)}.csv").streaming_content).count(b"\n") >= 6


@pytest.mark.parametrize(
    ("role", "reads", "expects"),
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
def test_each_role_may_what_the_guide_says(me, client, role, reads, expects):
    running, _rows, _began = shared(me, 1)
    who = person("Wu", unit("South"), roles=(role,))
    by = actor_of_person(who)
    for address in (f"{here(running)}/", f"{here(running)}.pdf", f"{here(running)}.csv"):
        if reads:
            assert get(who, address).status_code == 200
        else:
            with pytest.raises((Refused, NotFound)):
                get(who, address)
    for method, body, allowed in (("GET", None, reads), ("PUT", '{"horizon_days": 9}', expects)):
        try:
            answer = client.request(
                method,
                f"/deployment/{running.pk}/benefit",
                data=body,
                by=by,
                user=SimpleNamespace(is_authenticated=True),
            )
            assert allowed
            assert answer.status_code == 200, answer.content
        except (Refused, NotFound):
            assert not allowed


def test_a_lead_reads_figures_over_the_records_of_the_own_units_only(me):
    running, _rows, _began = shared(me, 3)
    lead_of_others = actor_of_person(person("Zhou", unit("South"), roles=("team_lead",)))
    found = benefit_of(running, lead_of_others, timezone.now() + LATER)
    assert (found.records, found.is_part) == (0, True)
    assert benefit_of(running, by_of(me), timezone.now()).records == 3


def test_the_api_tells_the_benefit_and_takes_what_is_expected(me, client):
    running, _rows, _began = shared(me, 2)
    address = f"/deployment/{running.pk}/benefit"
    goals = [{"figure": "late", "by": 5}]
    told = ask(client, "PUT", address, by_of(me), horizon_days=3, goals=goals, seen=1)
    assert (told["horizon_days"], told["way"]) == (3, "chance")
    with pytest.raises(Conflict):
        ask(client, "PUT", address, by_of(me), horizon_days=3, seen=1)
    told = ask(client, "GET", address, by_of(me))
    assert {one["figure"]: one["goal"] for one in told["figures"]}["late"] == 5
