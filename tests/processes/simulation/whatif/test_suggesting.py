"""Moves that findings suggest: offered where moves are chosen, the worst finding's first, each once."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from html import unescape

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.models import Process
from kinflow.processes.diagnosis.actions import dismiss_finding
from kinflow.processes.diagnosis.found import Amount, Size
from kinflow.processes.diagnosis.keeping import state_of
from kinflow.processes.diagnosis.models import Diagnosis
from kinflow.processes.simulation.whatif.kinds import Move
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.suggesting import suggested
from kinflow.processes.simulation.whatif.way_moves import Automate, Eliminate, Empower
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE
from tests.processes.given import traces
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of, words_of

from .given import office
from .test_pages import ADDRESS, calibrate

pytestmark = pytest.mark.django_db
ALWAYS_YES, SLOW = "always_yes:approve", "slow:look"


def finding(key: str, step: str, *practices: str) -> dict[str, object]:
    """A finding as it is kept."""
    none = Amount(1.0, 1.0, 1.0)
    return {
        "key": key,
        "kind": "one_outcome",
        "theme": "bloat",
        "facts": {
            "step": step,
            "cases": 40,
            "rate": 0.1,
            "low": 0.05,
            "high": 0.2,
            "wait": 3.0,
            "work": 60.0,
        },
        "size": asdict(Size(none, none, none)),
        "gain": None,
        "test": {"name": "binomial", "p": 0.001, "effect": "share", "value": 0.9},
        "moves": list(practices),
        "exhibits": [],
        "cases": [],
        "case_count": 0,
    }


@pytest.fixture
def process() -> Iterator[Process]:
    """A calibrated process with two findings, the worse one about an approval."""
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        findings = [
            finding(ALWAYS_YES, "approve", "task_elimination", "empower"),
            finding(SLOW, "answer", "task_automation"),
            finding("again", "approve", "empower"),
        ]
        Diagnosis.objects.create(process=made, state=state_of(made), findings=findings)
        yield made


def moves_of(process: Process) -> list[tuple[Move, str]]:
    return [(each.move, each.finding.key) for each in suggested(process, office(), SYSTEM)]


def test_the_worst_findings_moves_come_first_and_each_once(process: Process) -> None:
    first, automate = Empower("step 1", 90), Automate("step 2")
    assert moves_of(process) == [
        (Eliminate("step 1"), ALWAYS_YES),
        (first, ALWAYS_YES),
        (automate, SLOW),
    ]
    dismiss_finding(process=process, finding=ALWAYS_YES, reason="It is the law.", by=SYSTEM)
    assert moves_of(process) == [(automate, SLOW), (first, "again")]


def test_a_suggestion_is_taken_with_one_click_and_the_what_if_knows_its_finding(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    words = words_of(owner, f"{ADDRESS}new/")
    offers = [unescape(each) for each in re.findall(r'name="take" value="([^"]*)"', words)]
    assert len(offers) == 3
    form = owner.post(f"{ADDRESS}new/", {"take": offers[1], "moves": "[]"}).content.decode()
    assert "90 % of the cases need no “approve”" in form
    carried = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', form)[1]) for name in ("moves", "finding")
    }
    assert carried["finding"] == ALWAYS_YES
    assert offers[1] not in unescape(form)
    owner.post(f"{ADDRESS}new/", {"do": "start", **carried})
    assert WhatIf.objects.get().finding == ALWAYS_YES


@pytest.mark.parametrize(
    "wrong", ["", "[", "[]", "{}", '{"move": "fly"}', '{"move": "empower", "step": "gone"}']
)
def test_what_nobody_suggested_is_told(process: Process, wrong: str) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    answer = owner.post(f"{ADDRESS}new/", {"take": wrong, "moves": "[]"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_search_tries_first_what_findings_suggest(process: Process) -> None:
    words = words_of(client_of("owner", PROCESS_OWNER), "/processes/office/move-searches/")
    boxes = re.findall(r'name="moves" value="([^"]*)"( checked)?', words)
    chosen = [json.loads(unescape(value)) for value, is_checked in boxes if is_checked]
    assert [each["move"] for each in chosen[:3]] == ["eliminate", "empower", "automate"]
    assert len({value for value, _is_checked in boxes}) == len(boxes)


def test_the_api_tells_them_ready_for_a_what_if(process: Process) -> None:
    owner, other = client_of("owner", PROCESS_OWNER), client_of("other", REPRESENTATIVE)
    address = f"/api/v1/processes/{process.pk}/move-suggestions"
    told = owner.get(address).json()
    assert [each["finding"] for each in told] == [ALWAYS_YES, ALWAYS_YES, SLOW]
    assert told[1]["words"] == "Under a policy, 90 % of the cases need no “approve”"
    given = {"moves": [each["move"] for each in told[1:]], "finding": told[1]["finding"]}
    made = owner.post(f"/api/v1/processes/{process.pk}/what-ifs", given, content_type="application/json")
    assert made.status_code == 201
    assert other.get(address).status_code == 403


def test_without_a_calibration_it_says_what_to_do_first() -> None:
    with process_of(traces("abc"), key="office") as made:
        answer = client_of("owner", PROCESS_OWNER).get(f"/api/v1/processes/{made.pk}/move-suggestions")
    assert (answer.status_code, answer.json()["code"]) == (409, "not-calibrated")
