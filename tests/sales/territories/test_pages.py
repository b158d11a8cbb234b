"""The map, the rule, plans and the cards of territories, as people of different roles see them; and the API."""

import json
import re
from types import SimpleNamespace

import pytest
from django.utils import translation
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.kit.place_words import place_words, provinces
from kinflow.kit.problem import Refused
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE
from kinflow.sales.models import TerritoryPlan
from kinflow.sales.territories.api import router
from kinflow.sales.territories.figures import covering, places_for
from kinflow.sales.territories.layout import china, tile_of, world
from kinflow.sales.territories.rules import Rule
from kinflow.sales.territories.tiles import Drawer

from ... import factories
from ...records.pages import visits
from ...records.pages.visits import text_of, visit
from ...records.small_world import actor
from .given import ADMIN, WATER, account, placed, planned, ruled, territory, worked_out


@pytest.fixture(autouse=True)
def everywhere(monkeypatch):
    """Pages of territories and of records."""
    monkeypatch.setattr(visits, "URLS", f"{__package__}.urls")


@pytest.fixture
def world_given():
    """Two territories that claim the same, a gap, and a place without accounts."""
    east, twin = territory("East", "CN-ZJ", "CN-JS"), territory("Twin", "CN-ZJ")
    account("Works", industry="water"), account("Food"), account("Gap", "", "FR"), account("Where", "", "")
    worked_out()
    return east, twin


def test_every_province_has_one_tile_and_every_row_is_as_long_as_the_others():
    codes = [code for row in china() for code in row if code]
    assert sorted(codes) == sorted(f"CN-{code}" for code in provinces())
    for rows in (china(), world()):
        assert len({len(row) for row in rows}) == 1
    countries = [code for row in world() for code in row if code]
    assert len(countries) == len(set(countries))
    with translation.override("en"):
        assert all(place_words(code) != code for code in countries)


def test_places_have_their_tile_whatever_addresses_call_them():
    assert [tile_of(places) for places in [("HK",), ("CN-HK", "CN"), ("CN",), ("DE-BY", "DE"), ()]] == [
        "CN-HK",
        "CN-HK",
        "CN",
        "DE",
        "",
    ]


def test_a_place_without_accounts_shows_who_would_get_one_there():
    rules = [
        Rule(1, places=("CN",)),
        Rule(2, places=("CN-ZJ",)),
        Rule(3),
        Rule(4, places=("DE",), fault="gone"),
    ]
    assert [covering(code, rules) for code in ("CN-ZJ", "CN-JS", "DE")] == [2, 1, None]


@pytest.mark.django_db
def test_the_map_tells_tiles_overlaps_and_gaps_of_what_the_reader_sees(world_given):
    page = text_of(visit(ADMIN, "/territories/map/"))
    assert "Zhejiang: 2 accounts · East · 2 undecided" in page
    assert "Jiangsu: 0 accounts · East" in page
    assert "France: 1 account · no territory" in page
    assert "Place not known: 1 account · no territory" in page
    assert re.search(r"East</td><td>Twin</td><td class=\"num\"><a [^>]*>2</a>", page)
    mine = actor(REPRESENTATIVE, factories.person("李", "伟"))
    assert "Zhejiang: 0 accounts · East" in text_of(visit(mine, "/territories/map/"))


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["CN-ZJ", "FR", "", "CN-JS"])
def test_a_tile_leads_to_the_list_of_its_accounts(world_given, code):
    places = places_for(ADMIN)
    tile = Drawer(places, [], {}).tile(code)
    listed = text_of(visit(ADMIN, tile.url))
    names = {"CN-ZJ": ["Works", "Food"], "FR": ["Gap"], "": ["Where"], "CN-JS": []}[code]
    assert [name for name in ("Works", "Food", "Gap", "Where") if f">{name}<" in listed] == names


@pytest.mark.django_db
def test_a_rule_is_planned_in_the_form_widened_by_another_applied_and_taken_back(world_given):
    east, twin = world_given
    form = text_of(visit(ADMIN, f"/territories/{twin.pk}/rule/"))
    assert re.search(r'value="CN-ZJ" checked', form)
    sent = {"place": ["CN-HA"], "more": "江苏, de", "condition": json.dumps(WATER), "rank": "3"}
    visit(ADMIN, f"/territories/{twin.pk}/rule/", **sent)
    plan = TerritoryPlan.objects.get()
    assert plan.changes[str(twin.pk)]["places"] == ["CN-HA", "CN-JS", "DE"]
    visit(ADMIN, f"/territories/{east.pk}/rule/?plan={plan.pk}", place=["CN-JS"], rank="5", condition="{}")
    page = text_of(visit(ADMIN, f"/territories/plans/{plan.pk}/"))
    assert "Industry is Water and sewage" in page
    assert "Works" in page
    assert plan.pk == TerritoryPlan.objects.get().pk
    assert "Works" in text_of(visit(ADMIN, f"/territories/plans/{plan.pk}/?from={east.pk}&to=0"))
    assert "Works" not in text_of(visit(ADMIN, f"/territories/plans/{plan.pk}/?from={twin.pk}&to=x"))
    visit(ADMIN, f"/territories/plans/{plan.pk}/apply/", _post=True)
    assert placed() == {}
    visit(ADMIN, f"/territories/plans/{plan.pk}/undo/", _post=True)
    assert placed() == {"Works": "East", "Food": "East"}
    assert "East · Twin" in text_of(visit(ADMIN, "/territories/plans/")) or "Twin · East" in text_of(
        visit(ADMIN, "/territories/plans/")
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"rank": "0"}, {"more": "Atlantis"}, {"condition": "{"}, {"condition": '{"field":"nothing"}'}]
)
def test_what_makes_no_sense_stays_in_the_form_with_the_reason(world_given, wrong):
    sent = {"rank": "5", "condition": "{}"} | wrong
    answer = visit(ADMIN, f"/territories/{world_given[0].pk}/rule/", **sent)
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert not TerritoryPlan.objects.exists()


@pytest.mark.django_db
def test_the_pages_of_accounts_and_territories_tell_who_has_whom(world_given):
    east, twin = world_given
    named = account("Named", "", "US")
    ruled({twin: {"named": [named.pk]}})
    card = text_of(visit(ADMIN, f"/territories/{twin.pk}/"))
    assert "Also: Named" in card
    assert "Change the rule" in card
    other = text_of(visit(actor(REPRESENTATIVE, factories.person("李", "伟")), f"/territories/{twin.pk}/"))
    assert "Also: 1 account" in other
    assert "Named" not in other
    page = text_of(visit(ADMIN, f"/accounts/{named.pk}/"))
    assert f'<a href="/territories/{twin.pk}/">Twin</a>' in page


@pytest.mark.django_db
def test_plans_are_for_administrators_and_process_owners(world_given):
    plan = planned({world_given[0]: {"rank": 2}})
    other = actor(REPRESENTATIVE, factories.person("李", "伟"))
    for address in (
        "/territories/plans/",
        f"/territories/plans/{plan.pk}/",
        f"/territories/{world_given[0].pk}/rule/",
    ):
        with pytest.raises(Refused):
            visit(other, address)
        assert visit(actor(PROCESS_OWNER), address).status_code == 200


@pytest.mark.django_db
def test_the_api_plans_applies_and_takes_back(world_given):
    east, twin = world_given
    api = NinjaAPI(urls_namespace="territories-alone")
    api.add_router("", router)
    client = TestClient(router)

    def ask(method, path, **body):
        answer = client.request(
            method, path, json=body or None, by=ADMIN, user=SimpleNamespace(is_authenticated=True)
        )
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content)

    told = ask("GET", "/territory-map")
    assert {place["place"]: place["undecided"] for place in told["places"]} == {"CN-ZJ": 2, "FR": 0, "": 0}
    assert told["overlaps"] == [{"one": east.pk, "other": twin.pk, "tied": True, "accounts": 2}]
    plan = ask("POST", "/territory-plans", changes=[{"territory": twin.pk, "rank": 1}])
    assert plan["figures"]["moved"] == 2
    assert len(ask("GET", f"/territory-plans/{plan['id']}/moves")) == 2
    assert ask("POST", f"/territory-plans/{plan['id']}/apply")["state"] == "applied"
    rules = {rule["territory"]: rule["rank"] for rule in ask("GET", "/territory-rules")}
    assert rules == {east.pk: 5, twin.pk: 1}
    assert ask("POST", f"/territory-plans/{plan['id']}/undo")["state"] == "undone"
    assert [row["id"] for row in ask("GET", "/territory-plans")] == [plan["id"]]
