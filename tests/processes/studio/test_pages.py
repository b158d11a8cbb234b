"""The studio's pages."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.processes.definitions.models import Process
from kinflow.records.access import AUDITOR, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests import factories

from .given import orders, process_of

pytestmark = pytest.mark.django_db
PASSWORD = "pumps-and-valves-7"


def client_of(login: str, *roles: str) -> Client:
    user = create_user(login=login, password=PASSWORD, person=factories.person(roles=roles), by=SYSTEM)
    client = Client()
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return client


@pytest.fixture
def owner() -> Client:
    return client_of("owner", PROCESS_OWNER)


@pytest.fixture(autouse=True)
def process() -> Iterator[Process]:
    with process_of(orders()) as made:
        yield made


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_portfolio_shows_every_process_with_its_figures(owner: Client) -> None:
    words = words_of(owner, "/processes/")
    assert 'href="/processes/orders/"' in words
    assert ">12<" in words


def test_work_that_was_not_measured_is_neither_done_at_once_nor_free(owner: Client) -> None:
    words = words_of(owner, "/processes/")
    assert 'data-label="Work on a case">–<' in words
    assert 'data-label="Cost a month">–<' in words
    assert "an hour of it at a twentieth of an hour of work" in words


def test_the_map_carries_its_numbers_as_tables_too(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/")
    assert "<process-map" in words
    assert "Where the time goes" in words
    assert "/processes/orders/cases/?directly=Order+arrives%3EPack" in words


def test_the_address_says_what_the_map_shows(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/?show=total&level=0&through=Check+credit")
    assert 'data-overlay="total"' in words
    assert 'data-level="0"' in words
    assert "4 of 12 cases" in words


def test_the_filter_form_leads_to_the_one_address_of_what_it_asks(owner: Client) -> None:
    answer = owner.get(
        "/processes/orders/?is=&is=region:North&relation=repeated&step=Pack&next=&from=&longer="
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/processes/orders/?is=region%3ANorth&repeated=Pack"


def test_variants_are_told_with_their_steps_and_lead_to_their_cases(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/variants/")
    assert "4 variants; the 3 most frequent explain 80 % of the cases." in words
    assert "Pack <b>×2</b>" in words  # noqa: RUF001
    link = words.split('class="variant-list"')[1].split('href="')[1].split('"')[0]
    assert "6 of 12 cases" in words_of(owner, link)


def test_cases_are_listed_and_read_on(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/cases/?sort=-duration&directly=Pack>Pack")
    assert "2 of 12 cases" in words
    assert "order 10" in words
    assert "order 1<" not in words


def test_a_case_shows_its_steps_and_the_waits_between(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/cases/order%204/").partition("<main")[2]
    assert words.index("Order arrives") < words.index("Check credit") < words.index("Deliver")
    assert "5.0 h" in words
    assert owner.get("/processes/orders/cases/order%2099/").status_code == 404


def test_times_are_charts_and_tables(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/times/")
    assert words.count("<flow-chart") == 4
    assert "Cases begun and finished each day, and cases open at its end" in words


def test_groups_are_compared_and_differences_marked(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/compare/?by=is:region&one=North&other=South")
    assert "No difference is more than chance." in words
    assert words.count('scope="col" class="num">North<') == 2


@pytest.mark.parametrize("tab", ["", "variants/", "cases/", "times/", "compare/"])
def test_where_no_case_fits_the_page_says_so(owner: Client, tab: str) -> None:
    assert "No case fulfils these conditions" in words_of(owner, f"/processes/orders/{tab}?through=Nothing")


@pytest.mark.parametrize(("name", "rows"), [("map.csv", 6), ("variants.csv", 4), ("cases.csv", 12)])
def test_numbers_go_out_as_csv(owner: Client, name: str, rows: int) -> None:
    answer = owner.get(f"/processes/orders/{name}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert len(list(csv.reader(io.StringIO(text)))) == rows + 1


def test_single_people_are_shown_only_to_who_may_see_them(owner: Client) -> None:
    address = "/processes/orders/cases/order%204/"
    assert "· Li" in words_of(owner, address)
    assert "· Li" in words_of(client_of("auditor", AUDITOR), address)
    lead = words_of(client_of("lead", TEAM_LEAD), address)
    assert "· Li" not in lead
    assert "· Sales" in lead


@pytest.mark.parametrize(
    "address", ["", "orders/", "orders/cases/", "orders/map.csv", "orders/cases/order%204/"]
)
def test_processes_are_closed_to_others(address: str) -> None:
    assert client_of("rep", REPRESENTATIVE).get(f"/processes/{address}").status_code == 403


def test_an_unknown_process_is_not_found(owner: Client) -> None:
    assert owner.get("/processes/nothing/").status_code == 404


def test_each_view_of_a_process_has_a_title_of_its_own(owner: Client) -> None:
    assert "<title>Findings · Orders · Kinflow</title>" in words_of(owner, "/processes/orders/findings/")
    assert "<title>Variants · Orders · Kinflow</title>" in words_of(owner, "/processes/orders/variants/")
