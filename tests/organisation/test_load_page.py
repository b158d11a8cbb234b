"""The load screen: nobody is left out unsaid, and pages follow each other without gaps."""

import pytest

from kinflow.kit.cursors import BadCursor, encode
from kinflow.organisation.load_figures import Place, page_of, places_of
from kinflow.organisation.people.actions import set_capacity
from kinflow.records.access import TEAM_LEAD
from tests import factories

from .clients import client_of


def walk(places, size):
    """The numbers on each page from the first to the last."""
    pages, cursor = [], ""
    while True:
        page = page_of(places, cursor, size)
        pages.append([place.pk for place in page.places])
        if not page.next:
            return pages
        cursor = page.next


def test_the_fullest_come_first_then_those_with_most_work():
    held = {1: {"lead": 2.0}, 2: {"lead": 9.0}, 3: {"case": 1.0}, 4: {}}
    limits = {(1, "lead"): 4.0, (2, "lead"): 90.0, (3, "case"): 0.0}
    places = places_of([1, 2, 3, 4, 5], held, limits)
    assert [place.pk for place in places] == [3, 1, 2, 4, 5]
    assert [place.pk for place in places if place.is_full] == [3]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_hold_everybody_once_and_in_order(size):
    places = [Place(-share, 0.0, pk) for pk, share in enumerate((0.9, 0.9, 0.5, 0.5, 0.5, 0.1, 0.0))]
    assert [pk for page in walk(sorted(places), size) for pk in page] == list(range(7))


def test_the_way_back_leads_to_the_same_pages():
    places = [Place(0.0, 0.0, pk) for pk in range(7)]
    second = page_of(places, page_of(places, "", 3).next, 3)
    third = page_of(places, second.next, 3)
    assert page_of(places, third.previous, 3) == second
    assert page_of(places, second.previous, 3).places == places[:3]


def test_a_cursor_of_another_list_is_refused():
    with pytest.raises(BadCursor):
        page_of([], encode(["after", 1]), 3)


@pytest.mark.django_db
def test_everybody_is_on_some_page_of_the_screen(monkeypatch):
    monkeypatch.setattr("kinflow.organisation.load_page.PAGE", 5)
    east = factories.unit("East")
    people = [factories.person(f"P{number:02}", "", unit=east) for number in range(12)]
    client = client_of(TEAM_LEAD, east)
    address, seen = "/organisation/load/", ""
    for _page in range(3):
        page = client.get(address).content.decode()
        seen += page
        assert "13 people" in page
        address = "/organisation/load/" + next(
            (part.split('"')[0].replace("&amp;", "&") for part in page.split('rel="next" href="')[1:]), ""
        )
    assert all(person.name in seen for person in people)


@pytest.mark.django_db
def test_only_those_at_a_limit_can_be_shown():
    east = factories.unit("East")
    full, free = factories.person("Full", "", unit=east), factories.person("Free", "", unit=east)
    set_capacity(person=full, kind="lead", limit=1, by=factories.admin())
    factories.lead(owner=full)
    page = client_of(TEAM_LEAD, east).get("/organisation/load/?only=full").content.decode()
    assert full.name in page
    assert f">{free.name}<" not in page
