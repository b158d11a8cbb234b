"""Findings on screen, over the API, in the log: kept, told in both languages, dismissed, made anew."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation
from ninja.testing import TestClient

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, NotFound, Refused
from kinflow.processes.columns import EventColumns
from kinflow.processes.definitions.actions import change_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.diagnosis import keeping
from kinflow.processes.diagnosis.actions import dismiss_finding, take_up_finding
from kinflow.processes.diagnosis.api import router
from kinflow.processes.diagnosis.background import diagnose_in_background
from kinflow.processes.diagnosis.models import Diagnosis
from kinflow.processes.diagnosis.telling import ToldFinding, at_a_glance, findings_of, reckoned
from kinflow.records.access import AUDITOR, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests.processes.given import log_of
from tests.processes.studio.given import SINCE, process_of
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db
OWNER = Actor("person", "0", "Ying", roles=frozenset({PROCESS_OWNER}))
LEAD = Actor("person", "0", "Lin", roles=frozenset({TEAM_LEAD}))
KEY = "border:Sales:Store"


def slow_border(count: int = 60) -> EventColumns:
    """Orders that lie thirty hours between Sales and Store, and an hour everywhere else."""
    ways = (("Take", 0, "Li"), ("Check", 1, "Li"), ("Pack", 31, "Wu"), ("Deliver", 32, "Wu"))
    rows: list[tuple[str, str, float, str | None]] = [
        (f"order {number}", step, SINCE + 24.0 * number + hour + (number % 7) / 10 * bool(hour), who)
        for number in range(count)
        for step, hour, who in ways
    ]
    return log_of(rows, units={"Li": "Sales", "Wu": "Store"})


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(slow_border()) as made:
        yield made


def test_findings_are_told_with_their_size_and_their_cases(process: Process) -> None:
    found = next(each for each in findings_of(process, OWNER) if each.key == KEY)
    assert found.title == "Cases wait between Sales and Store"
    assert "60 hand-overs waited 30" in found.seen
    assert found.loss.startswith("≈ 8")
    assert len(found.cases) == found.kept.case_count == 60
    assert [key for key, _name, _text in found.moves][0] == "integration"


def test_findings_are_told_in_chinese_too(process: Process) -> None:
    with translation.override("zh-hans"):
        for found in findings_of(process, OWNER):
            answer = found.answer()
            for words in (answer["title"], answer["seen"], answer["cause"], answer["test"]["words"]):
                assert any("\u4e00" <= letter <= "\u9fff" for letter in words), words


def test_what_was_found_is_kept_until_the_process_changes(process: Process, monkeypatch: Any) -> None:
    findings_of(process, OWNER)
    made_at = Diagnosis.objects.get(process=process).made_at
    findings_of(process, OWNER)
    assert Diagnosis.objects.get(process=process).made_at == made_at
    changed = change_process(process=process, changes={"rates": {"currency": "EUR", "usual": 60}}, by=SYSTEM)
    told = findings_of(changed, OWNER)
    assert Diagnosis.objects.get(process=process).made_at > made_at
    assert "€" in told[0].loss


def test_a_large_log_is_left_to_the_worker(process: Process, monkeypatch: Any) -> None:
    monkeypatch.setattr(keeping, "LARGE", 10)
    asked: list[int] = []
    monkeypatch.setattr(keeping, "defer", lambda _name, process: asked.append(process))
    assert findings_of(process, OWNER) == []
    assert findings_of(process, OWNER) == []
    assert asked == [process.pk]
    diagnose_in_background(process=process.pk)
    assert KEY in [found.key for found in findings_of(process, OWNER)]


def test_a_finding_is_dismissed_with_a_reason_and_taken_up_again(process: Process) -> None:
    dismiss_finding(process=process, finding=KEY, reason=" The truck comes once a day. ", by=OWNER)
    told = next(each for each in findings_of(process, OWNER) if each.key == KEY)
    assert told.dismissal is not None
    assert (told.dismissal.reason, told.dismissal.by_name) == ("The truck comes once a day.", "Ying")
    assert KEY not in [each["key"] for each in at_a_glance(process, slow_border(), OWNER)]
    take_up_finding(process=process, finding=KEY, by=OWNER)
    names = Entry.objects.filter(name__contains=".finding_").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["processes.finding_dismissed", "processes.finding_taken_up"]


def test_a_reason_is_needed_once_and_for_findings_that_are_there(process: Process) -> None:
    with pytest.raises(Invalid):
        dismiss_finding(process=process, finding=KEY, reason="  ", by=OWNER)
    with pytest.raises(NotFound):
        dismiss_finding(process=process, finding="border:A:B", reason="Why not", by=OWNER)
    with pytest.raises(NotFound):
        take_up_finding(process=process, finding=KEY, by=OWNER)
    dismiss_finding(process=process, finding=KEY, reason="Known", by=OWNER)
    with pytest.raises(Conflict):
        dismiss_finding(process=process, finding=KEY, reason="Known", by=OWNER)


@pytest.mark.parametrize("role", [TEAM_LEAD, AUDITOR, REPRESENTATIVE])
def test_only_process_owners_dismiss(process: Process, role: str) -> None:
    with pytest.raises(Refused):
        dismiss_finding(
            process=process,
            finding=KEY,
            reason="Known",
            by=Actor("person", "0", "X", roles=frozenset({role})),
        )


def test_what_single_people_do_is_for_those_who_may_see_it() -> None:
    with process_of(one_expert()) as process:
        for by, seen in ((OWNER, True), (LEAD, False)):
            titles = [e.title for found in findings_of(process, by) for e in found.exhibits]
            assert ("Who does it" in titles) is seen
            assert ("Zhou" in json.dumps([found.answer() for found in findings_of(process, by)])) is seen


def one_expert() -> EventColumns:
    """Sizing is done by one person, and orders lie for days until it is."""
    ways = (
        ("Take", 0, "Li"),
        ("Check", 1, "Wu"),
        ("Size", 60, "Zhou"),
        ("Quote", 61, "Li"),
        ("Send", 62, "Wu"),
    )
    rows: list[tuple[str, str, float, str | None]] = [
        (f"order {number}", step, SINCE + 24.0 * number + hour, who)
        for number in range(60)
        for step, hour, who in ways
    ]
    return log_of(
        rows, begun=[row[2] - 0.2 for row in rows], units=dict.fromkeys(("Li", "Wu", "Zhou"), "Sales")
    )


def test_cases_with_a_step_on_their_way_are_told_from_that_step_on() -> None:
    with process_of(long_after_a_visit()) as process:
        with translation.override("zh-hans"):
            assert "此时已经过“Visit”的 40 个有一半此后历时超过" in seen_after_a_visit(process).seen
        found = seen_after_a_visit(process)
        table = next(each for each in found.exhibits if each.title == "How long cases last from there")
    assert "after 2 steps, half of the 40 that had been through “Visit” by then took more" in found.seen
    assert [column.head for column in table.columns][1:3] == ["A quarter within", "Half within"]
    assert table.rows[0][2].endswith(" d")


def seen_after_a_visit(process: Process) -> ToldFinding:
    """What is told of the orders that were visited."""
    return next(each for each in findings_of(process, OWNER) if each.key == "slow_group::Visit")


def long_after_a_visit() -> EventColumns:
    """Every second order is visited, and those take days longer."""
    rows: list[tuple[str, str, float, str | None]] = []
    for number in range(80):
        begun, visited = SINCE + 24.0 * number, number % 2 == 0
        for place, step in enumerate(("Take", "Visit" if visited else "Call", "Check", "Pack", "Deliver")):
            later = (120 + number) if visited and place > 1 else number % 7
            rows.append((f"order {number}", step, begun + place + later * (place > 0), "Li"))
    return log_of(rows, units={"Li": "Sales"})


def test_what_costs_nothing_is_sorted_by_its_cases(process: Process) -> None:
    told = [each.finding.size for each in findings_of(process, OWNER)]
    free = [size.cases.value for size in told if not size.hours and not size.money]
    assert free == sorted(free, reverse=True)


def test_it_is_said_in_which_hours_and_at_which_rates_findings_reckon(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    for address in ("/processes/orders/findings/", "/processes/orders/findings/border:Sales:Store/"):
        page = words_of(owner, address)
        assert "nights and weekends" in page
        assert "No cost rates are set" in page
    change_process(process=process, changes={"rates": {"usual": 130.0, "currency": "CNY"}}, by=SYSTEM)
    process.refresh_from_db()
    assert reckoned(process)[1].startswith(
        "An hour of work is reckoned at CN¥130, an hour that a case waits at CN¥6.50"
    )


client = TestClient(router)


def ask(method: str, path: str, by: Actor = OWNER, **body: Any) -> Any:
    """The answer as data."""
    return client.request(method, path, json=body or None, by=by, user=SimpleNamespace(is_authenticated=True))


def test_the_api_lists_findings_and_dismisses_them(process: Process) -> None:
    listed = ask("GET", f"/processes/{process.pk}/findings").json()
    assert KEY in [each["key"] for each in listed]
    assert {"title", "seen", "cause", "per_month", "gain", "test", "moves", "evidence", "cases"} <= set(
        listed[0]
    )
    told = ask("GET", f"/processes/{process.pk}/gain").json()
    assert told["gain"]["waiting_hours"]["value"] > 800
    assert [(each["giver"], each["taker"], each["times"]) for each in told["borders"]] == [
        ("Sales", "Store", 60)
    ]
    assert sum(told["borders"][0]["causes"].values()) == pytest.approx(1, abs=0.001)
    answer = ask("POST", f"/processes/{process.pk}/findings/dismiss", finding=KEY, reason="Known")
    assert answer.json()["dismissed"]["reason"] == "Known"
    without = ask("GET", f"/processes/{process.pk}/gain").json()["gain"]
    assert without is None or without["waiting_hours"]["value"] < told["gain"]["waiting_hours"]["value"]
    assert ask("POST", f"/processes/{process.pk}/findings/take-up", finding=KEY).json()["dismissed"] is None


def test_the_list_leads_to_a_finding_its_cases_and_back(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    listed = words_of(owner, "/processes/orders/findings/")
    assert "Together they cost" in listed
    assert "Where cases wait between units, and why" in listed
    address = "/processes/orders/findings/border:Sales:Store/"
    assert f'href="{address}"' in listed
    page = words_of(owner, address)
    assert "Likely cause" in page
    assert "/processes/orders/cases/order%20" in page
    assert "Mann-Whitney" in page
    answer = owner.get(f"{address}cases.csv")
    assert b"order 59" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_finding_is_dismissed_on_its_page(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    address = "/processes/orders/findings/border:Sales:Store/"
    refused = owner.post(address, {"do": "dismiss", "reason": ""})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    owner.post(address, {"do": "dismiss", "reason": "The truck comes once a day."})
    assert "The truck comes once a day." in words_of(owner, "/processes/orders/findings/")
    owner.post(address, {"do": "take_up"})
    assert "The truck comes once a day." not in words_of(owner, "/processes/orders/findings/")


def test_team_leads_see_findings_and_cannot_dismiss_them(process: Process) -> None:
    lead = client_of("lead", TEAM_LEAD)
    page = words_of(lead, "/processes/orders/findings/border:Sales:Store/")
    assert "Dismiss this finding" not in page


def test_others_see_none(process: Process) -> None:
    other = client_of("other", REPRESENTATIVE)
    assert other.get("/processes/orders/findings/").status_code == 403
    assert client_of("owner", PROCESS_OWNER).get("/processes/orders/findings/x/").status_code == 404
