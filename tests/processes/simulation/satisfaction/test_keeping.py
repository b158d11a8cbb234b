"""The satisfaction model that a process keeps: who keeps it, what it changes, what the API and the what-if say."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.satisfaction.actions import keep_satisfaction_model
from kinflow.processes.simulation.satisfaction.keeping import kept_of
from kinflow.processes.simulation.satisfaction.models import SatisfactionModel
from kinflow.processes.simulation.satisfaction.reckoning import STATED, Satisfaction
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.records.access import PROCESS_OWNER
from tests import factories
from tests.automation.test_concurrency import at_once
from tests.processes.given import traces
from tests.processes.simulation.whatif.test_pages import ADDRESS, calibrate, done
from tests.processes.studio.given import process_of
from tests.processes.studio.test_pages import client_of

pytestmark = pytest.mark.django_db
SURE = {"base": 10, "doubling": 0, "handover": 0, "again": 0}
KEPT = "processes.satisfaction_model_kept"


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        yield made


@pytest.fixture
def whatif(process: Process) -> WhatIf:
    calibrate(process)
    return done(process)


def api(process: Process) -> str:
    return f"/api/v1/processes/{process.pk}/satisfaction-model"


def put(client: Client, process: Process, body: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.put(api(process), text, content_type="application/json")


def reckoned(client: Client, row: WhatIf, asked: str = "") -> Any:
    [told] = client.get(f"/api/v1/processes/{row.process_id}/what-ifs/{row.pk}/satisfaction{asked}").json()
    return told


def told_numbers() -> list[tuple[float, float]]:
    """The base before and after of each change, oldest first."""
    rows = Entry.objects.filter(name=KEPT).order_by("pk").values_list("data", flat=True)
    return [(data["before"]["base"], data["after"]["base"]) for data in rows]


def test_a_process_keeps_its_numbers_and_the_log_tells_what_they_were(process: Process) -> None:
    assert kept_of(process).model == STATED
    keep_satisfaction_model(process=process, numbers={"base": 2, "again": 0.25}, by=SYSTEM)
    assert kept_of(process).model == Satisfaction(base=2, again=0.25)
    keep_satisfaction_model(process=process, numbers={"base": "3"}, by=SYSTEM)
    assert kept_of(process).model == Satisfaction(base=3)
    assert told_numbers() == [(1.5, 2.0), (2.0, 3.0)]


def test_numbers_that_are_kept_already_change_nothing(process: Process) -> None:
    keep_satisfaction_model(process=process, numbers={}, by=SYSTEM)
    assert not SatisfactionModel.objects.exists()
    for _ in range(2):
        keep_satisfaction_model(process=process, numbers={"base": 2}, by=SYSTEM)
    assert told_numbers() == [(1.5, 2.0)]


def test_a_process_goes_back_to_the_stated_numbers(process: Process) -> None:
    keep_satisfaction_model(process=process, numbers={"base": 2}, by=SYSTEM)
    keep_satisfaction_model(process=process, numbers={}, by=SYSTEM)
    assert (kept_of(process).is_stated, SatisfactionModel.objects.get().numbers) == (True, {})
    assert told_numbers() == [(1.5, 2.0), (2.0, 1.5)]


def test_other_processes_keep_their_own(process: Process) -> None:
    with process_of(traces("ab"), key="other") as other:
        keep_satisfaction_model(process=process, numbers={"base": 2}, by=SYSTEM)
        assert kept_of(other).model == STATED


@pytest.mark.parametrize(
    ("name", "value"),
    [("base", "x"), ("base", math.nan), ("base", True), ("base", None), ("base", 10.5), ("base", [])]
    + [("doubling", -0.1), ("handover", math.inf), ("again", ""), ("expected", 1e9), ("expected", 10**400)]
    + [("joy", 1)],
)
def test_what_is_no_number_within_its_limits_is_refused_by_name(
    process: Process, name: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        keep_satisfaction_model(process=process, numbers={"again": 0.2, name: value}, by=SYSTEM)
    assert [error.pointer for error in refused.value.errors] == [f"/{name}"]
    assert refused.value.remedy
    assert kept_of(process).model == STATED


def test_a_kept_number_outside_its_limits_by_now_is_the_stated_one(process: Process) -> None:
    keep_satisfaction_model(process=process, numbers={"base": 2, "again": 0.25}, by=SYSTEM)
    with connection.cursor() as sql:  # limits may become narrower from one version of the program to the next
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("""UPDATE processes_satisfactionmodel SET numbers = '{"base": 2, "again": 77}'""")
        sql.execute("SET LOCAL session_replication_role = origin")
    assert kept_of(process).model == Satisfaction(base=2)


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
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
def test_each_role_may_what_the_guide_says(whatif: WhatIf, role: str, reads: bool, keeps: bool) -> None:
    process, client = whatif.process, client_of("somebody", role)
    assert client.get(api(process)).status_code == (200 if reads else 403)
    assert put(client, process, {"base": 2}).status_code == (200 if keeps else 403)
    page = f"{ADDRESS}{whatif.pk}/"
    answer = client.get(page)
    assert answer.status_code == (200 if reads else 403)
    assert ("Keep these for this process" in answer.content.decode()) == keeps
    numbers = {"base": "3", "doubling": "0", "handover": "0", "again": "0", "expected": "0"}
    for address, sent in (("satisfaction-model/", numbers), ("satisfaction-model/stated/", {})):
        assert client.post(page + address, sent).status_code == (302 if keeps else 403)
    assert Entry.objects.filter(name=KEPT).count() == (3 if keeps else 0)


def test_the_action_itself_refuses_who_is_no_process_owner(process: Process) -> None:
    lead = factories.person(roles=("team_lead",))
    with pytest.raises(Refused):
        keep_satisfaction_model(process=process, numbers={"base": 2}, by=actor_of_person(lead))


def test_the_api_tells_the_numbers_and_who_kept_them(process: Process) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    told = owner.get(api(process)).json()
    assert (told["is_stated"], told["kept_by"], told["kept_at"]) == (True, "", None)
    told = put(owner, process, {"base": 2}).json()
    assert (told["numbers"]["base"], told["stated"]["base"], told["is_stated"]) == (2, 1.5, False)
    assert told["kept_by"]
    assert told["kept_at"]
    assert put(owner, process, {}).json()["numbers"] == told["stated"]
    assert owner.get("/api/v1/processes/999999/satisfaction-model").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"base": -1e400}', "base"),
        ('{"again": true}', "again"),
        ('{"expected": -1}', "expected"),
        ('{"handover": "much"}', "handover"),
    ],
)
def test_the_api_names_the_number_that_is_wrong_and_what_to_do(
    process: Process, body: str, field: str
) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    answer = put(owner, process, body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["remedy"]
    assert put(owner, process, '{"base": NaN}').status_code == 400
    assert [error["field"] for error in put(owner, process, {"joy": 1}).json()["errors"]] == ["joy"]
    assert kept_of(process).model == STATED


def test_what_ifs_are_reckoned_with_what_the_process_keeps(whatif: WhatIf) -> None:
    owner = client_of("owner", PROCESS_OWNER)
    assert reckoned(owner, whatif)["model"]["base"] == 1.5
    keep_satisfaction_model(process=whatif.process, numbers=SURE | {"base": 0}, by=SYSTEM)
    told = reckoned(owner, whatif)
    assert (told["before"], told["model"]["doubling"]) == ([0.5, 0.5, 0.5], 0)
    once = reckoned(owner, whatif, "?base=10")
    assert (once["model"]["base"], once["model"]["doubling"]) == (10, 0)
    assert once["before"][0] > 0.999
    page = owner.get(f"{ADDRESS}{whatif.pk}/").content.decode()
    assert "content in 50.0 % of the cases before" in " ".join(page.split())


def test_the_page_keeps_what_stands_in_it_and_goes_back(whatif: WhatIf) -> None:
    owner, page = client_of("owner", PROCESS_OWNER), f"{ADDRESS}{whatif.pk}/"
    shown = owner.get(page).content.decode()
    assert "reckons with the stated ones" in shown
    assert "Back to the stated ones" not in shown
    sent = {name: str(value) for name, value in SURE.items()} | {"expected": "12.5"}
    assert owner.post(f"{page}satisfaction-model/", sent).url == f"{page}#satisfaction"
    assert kept_of(whatif.process).model == Satisfaction(10, 0, 0, 0, 12.5)
    shown = owner.get(page).content.decode()
    assert 'value="12.5"' in shown
    assert "kept numbers for this process on" in shown
    assert "are not kept" not in shown
    assert "are not kept" in owner.get(f"{page}?base=1").content.decode()
    owner.post(f"{page}satisfaction-model/stated/")
    assert kept_of(whatif.process).is_stated
    assert "went back to the stated numbers on" in owner.get(page).content.decode()
    assert owner.get(f"{page}satisfaction-model/").status_code == 405


def test_the_page_says_which_number_cannot_be_kept(whatif: WhatIf) -> None:
    owner, page = client_of("owner", PROCESS_OWNER), f"{ADDRESS}{whatif.pk}/"
    sent = {"base": "99", "doubling": "<b>", "handover": "0.3", "again": "", "expected": "0"}
    answer = owner.post(f"{page}satisfaction-model/", sent)
    words = answer.content.decode()
    assert (answer.status_code, words.count('aria-invalid="true"')) == (422, 3)
    assert "Give a number from -10 to 10." in words
    assert "Correct these numbers" in words
    assert 'value="0.3"' in words
    assert 'value="&lt;b&gt;"' in words
    assert not SatisfactionModel.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_each_begins_with_what_the_other_kept(process: Process) -> None:
    bases = (2, 3, 4)
    at_once(
        *[
            lambda base=base: keep_satisfaction_model(process=process, numbers={"base": base}, by=SYSTEM)
            for base in bases
        ]
    )
    steps = told_numbers()
    assert {after for _before, after in steps} == set(bases)
    assert [before for before, _after in steps] == [1.5, *[after for _before, after in steps][:-1]]
    assert kept_of(process).model.base == steps[-1][1]
