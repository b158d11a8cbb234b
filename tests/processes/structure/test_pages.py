"""The pages and the API of the organisation as it is, over a small history of our own."""

import csv
import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone
from ninja.testing import TestClient

from kinflow.customers.activities.actions import finish_activity, plan_activity, start_activity
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.readers import catch_up_all
from kinflow.organisation.models import Person
from kinflow.organisation.units.actions import change_unit
from kinflow.organisation.users.actions import create_user
from kinflow.processes.structure.api import router
from kinflow.processes.structure.functions.pages import asked_by
from kinflow.processes.structure.network.keeping import forget
from kinflow.records.access import AUDITOR, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests import factories
from tests.processes.definitions.given import OWNER, kept_apart, shipped
from tests.processes.studio.given import orders, process_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]
PASSWORD = "pumps-and-valves-7"
LEAD = Actor("person", "0", "Lead", roles=frozenset({TEAM_LEAD}))
api = TestClient(router)


def client_of(login: str, role: str) -> Client:
    user = create_user(login=login, password=PASSWORD, person=factories.person(roles=(role,)), by=SYSTEM)
    client = Client()
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return client


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text)))


def ask(path: str, by: Actor = OWNER) -> Any:
    answer = api.get(path, by=by, user=SimpleNamespace(is_authenticated=True))
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.fixture
def history() -> None:
    """A representative in the east asks the head of sales for a discount, three times, and calls somebody of the desk."""
    forget()
    shipped()
    sales = factories.unit("Sales", "division")
    head = factories.person("周", "敏", unit=sales, roles=(TEAM_LEAD,))
    change_unit(unit=sales, changes={"lead": head}, by=SYSTEM)
    seller = factories.person(unit=factories.unit("East", parent=sales), roles=(REPRESENTATIVE,))
    desk = factories.unit("Desk", parent=sales)
    factories.person("李", "静", unit=desk, roles=(AUDITOR,))
    catch_up_all(timezone.now())
    for _each in range(3):
        approved(factories.opportunity(owner=seller), seller, head)
    catch_up_all(timezone.now())


def approved(opportunity: Any, seller: Person, head: Person) -> None:
    """The head approves what the seller asks for."""
    asked = {"subject": "Discount", "kind": "approval", "topic": "discount_approval", "about": opportunity}
    activity = plan_activity(notes="@李静, look", owner=head, by=factories.actor_for(seller), **asked)
    start_activity(activity=activity, by=factories.actor_for(head))
    finish_activity(activity=activity, result="approved", by=factories.actor_for(head))


@pytest.mark.usefixtures("history")
def test_the_function_table_says_who_asks_and_who_decides_and_leads_to_the_cases() -> None:
    owner = client_of("owner", PROCESS_OWNER)
    words = words_of(owner, "/processes/structure/functions/?process=opportunity")
    assert 'title="Sales: decides 100 %"' in words
    assert 'title="Sales: is asked 100 %"' in words
    link = words.split('title="Sales: decides')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert link == (
        "/processes/opportunity/cases/?through=customers.activity_finished%3Adiscount_approval&unit=Sales"
    )
    rows = rows_of(owner, "/processes/structure/functions.csv?process=opportunity&rows=unit")
    asking = next(
        row for row in rows if row["function"] == "Discount approval: asked for" and row["group"] == "Sales"
    )
    assert (asking["does"], asking["asked"], asking["times"]) == ("0", "3", "3")
    called = next(
        row for row in rows if row["function"] == "Discount approval: asked for" and row["group"] == "Desk"
    )
    assert (called["does"], called["asked"]) == ("0", "3")
    assert "Understanding the need" in words_of(owner, "/processes/structure/functions/?by=phases")


@pytest.mark.usefixtures("history")
def test_single_people_are_shown_only_to_who_may_see_them() -> None:
    owner, lead = client_of("owner", PROCESS_OWNER), client_of("lead", TEAM_LEAD)
    place = "/processes/structure/network/"
    assert "Strong ties between people" in words_of(owner, place)
    assert "Strong ties between people" not in words_of(lead, place)
    assert ask("/structure/network", LEAD)["people_ties"] is None
    assert ask("/structure/functions?rows=position", LEAD)["rows"] == "unit"
    request = RequestFactory().get("/")
    request.GET = QueryDict("rows=position&least=25&level=2&by=phases")
    assert asked_by(request, OWNER).by_position
    assert not asked_by(request, LEAD).by_position
    stranger = client_of("seller", REPRESENTATIVE)
    assert stranger.get("/processes/structure/").status_code == 403


@pytest.mark.usefixtures("history")
def test_decisions_hand_overs_and_the_chart_stand_on_pages_in_files_and_in_the_api() -> None:
    owner = client_of("owner", PROCESS_OWNER)
    words = words_of(owner, "/processes/structure/decisions/?process=opportunity")
    assert "Discount approval" in words
    assert "1 line away" in words
    assert 'class="structure-picture"' in words_of(owner, "/processes/structure/")
    for name in ("chart", "functions", "network", "decisions"):
        answer = owner.get(f"/processes/structure/{name}.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        assert b"var(--" not in answer.content
    assert [row["unit"] for row in rows_of(owner, "/processes/structure/chart.csv")][-3:] == [
        "Sales",
        "Desk",
        "East",
    ]
    assert rows_of(owner, "/processes/structure/network.csv")[0]["handovers"] == "3"
    assert {row["measure"] for row in rows_of(owner, "/processes/structure/decisions.csv")} == {
        "layer",
        "lines",
        "unit",
    }

    chart = ask("/structure/chart")
    assert [unit["name"] for unit in chart["units"]][-3:] == ["Sales", "Desk", "East"]
    table = ask("/structure/functions?process=opportunity&least=0")
    decided = next(each for each in table["functions"] if each["is_decision"])
    assert [cell["decides"] for cell in decided["cells"]] == [3]
    network = ask("/structure/network?process=opportunity")
    assert (network["handovers"], network["ties"][0]["has_line"]) == (3, True)
    assert network["people_ties"][0]["times"] == 3
    (decision,) = ask("/structure/decisions")["decisions"]
    assert (decision["by_distance"], decision["refused"]) == ({"1": 3}, 0.0)
    assert api.get("/structure/functions?process=none", by=OWNER).status_code == 404


def test_the_log_of_another_system_has_the_table_by_the_units_it_names() -> None:
    with process_of(orders()):
        owner = client_of("owner", PROCESS_OWNER)
        words = words_of(owner, "/processes/structure/functions/?process=orders&by=phases&level=2")
        assert 'title="Store: does 100 %"' in words
        assert "/processes/orders/cases/?depth=phases&amp;through=Pack&amp;unit=Store" in words
        rows = rows_of(owner, "/processes/structure/functions.csv?process=orders")
        assert [row["group"] for row in rows if row["function"] == "Deliver"] == ["Sales"]
        assert "Nothing has happened yet" in words_of(owner, "/processes/structure/functions/")
        assert "Nobody has handed anything over yet" in words_of(
            owner, "/processes/structure/network/?process=orders"
        )
        assert "Nothing has been decided yet" in words_of(owner, "/processes/structure/decisions/")
    assert ask("/structure/network")["handovers"] == 0
