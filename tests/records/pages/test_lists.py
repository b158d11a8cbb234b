"""The list shows what the address asks for and the person may see, in pages that cost the same however deep."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.records.access import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
)
from kinflow.records.faces import registry
from kinflow.records.pages.rows import page_of
from kinflow.records.pages.wanted import tabs_of, wanted_from
from kinflow.records.search.indexing import rebuild
from kinflow.sales.leads.actions import disqualify_lead

from ... import factories
from ..small_world import actor, contact, lead, person, unit
from .visits import query_of, text_of, visit

pytestmark = pytest.mark.django_db
LEAD = registry["lead"]


def ids_in(text):
    return [int(found) for found in re.findall(r'<tr id="row-(\d+)"', text)]


def where(*parts):
    return json.dumps({"all": list(parts)})


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


@pytest.fixture
def leads():
    owner, whom = person(), contact()
    return [lead(f"need {n}", owner=owner, contact=whom, score=n % 7 * 10) for n in range(12)]


def test_it_shows_the_newest_first_with_links_to_their_pages(admin, leads):
    text = text_of(visit(admin, "/leads/"))
    assert ids_in(text) == sorted((each.pk for each in leads), reverse=True)
    assert f'href="/leads/{leads[0].pk}/"' in text
    assert "王建国" in text


def test_the_filter_in_the_address_holds(admin, leads):
    text = text_of(
        visit(admin, "/leads/?" + query_of(where=where({"field": "score", "op": "at_least", "value": 50})))
    )
    assert ids_in(text) == [each.pk for each in reversed(leads) if each.score >= 50]
    assert "at least" in text


@pytest.mark.parametrize("sort", ["score", "-score", "id", "-created_at"])
def test_pages_follow_each_other_without_gap_or_double(admin, leads, sort):
    seen, given = [], {"sort": sort}
    for _page in range(10):
        wanted = wanted_from(LEAD, given, admin, tabs_of(LEAD, admin))
        found = page_of(wanted, admin, LEAD.fields[:3], size=5)
        seen += [row.pk for row in found.rows]
        if not found.after:
            break
        given = {"sort": sort, "after": found.after}
    assert sorted(seen) == sorted(each.pk for each in leads)
    assert len(seen) == 12
    back = page_of(
        wanted_from(LEAD, {"sort": sort, "before": found.before}, admin, tabs_of(LEAD, admin)),
        admin,
        LEAD.fields[:3],
        size=5,
    )
    assert [row.pk for row in back.rows] == seen[5:10]


def test_further_rows_come_alone(admin, leads, monkeypatch):
    monkeypatch.setattr("kinflow.records.pages.rows.page_of.__kwdefaults__", {"size": 5})
    first = text_of(visit(admin, "/leads/"))
    further = re.search(r'hx-get="([^"]+part=rows)"', first)[1].replace("&amp;", "&")
    second = text_of(visit(admin, further, htmx=True))
    assert "<table" not in second
    assert ids_in(first) + ids_in(second) == sorted((each.pk for each in leads), reverse=True)[:10]


@pytest.mark.parametrize(
    "hostile",
    [
        {"where": "{"},
        {"where": '{"field": "password", "op": "is", "value": 1}'},
        {"where": '{"field": "need", "op": "is", "value": "x\'; DROP TABLE sales_lead; --"}'},
        {"where": "[" * 5000},
        {"where": '{"all": [' + '{"field":"score","op":"is","value":1},' * 400 + "]}"},
        {"sort": "password"},
        {"sort": "score; DROP TABLE sales_lead"},
        {"columns": "id,owner__user__password,notes"},
        {"after": "!!!!"},
        {"after": "WzEsMl0"},
        {"after": "W251bGwsOTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0"},
        {"before": "eyJhIjoxfQ"},
        {"view": "v999999999999999999999"},
        {"q": "'; DROP TABLE records_searchdocument; --"},
        {"q": "\x00"},
        {"q": "!&|():*<->" * 30},
        {"q": "x" * 100_000},
    ],
)
def test_hostile_addresses_are_answered_calmly(admin, leads, hostile):
    assert visit(admin, "/leads/?" + query_of(**hostile)).status_code == 200


def test_a_wrong_filter_is_told_and_left_out(admin, leads):
    text = text_of(visit(admin, "/leads/?" + query_of(where='{"field": "nonsense", "op": "is", "value": 1}')))
    assert "The filter is left out." in text
    assert len(ids_in(text)) == 12


def test_each_role_sees_its_part_of_the_leads():
    east, west = unit("East"), unit("West")
    me, mate, stranger = person("陈宇", east), person("李伟", east), person("孙倩", west)
    mine, theirs, far, nobodys = (lead(owner=who) for who in (me, mate, stranger, None))
    every = {mine.pk, theirs.pk, far.pk, nobodys.pk}
    expected = {
        REPRESENTATIVE: {mine.pk},
        TEAM_LEAD: {mine.pk, theirs.pk, nobodys.pk},
        AGENT: every,
        MARKETER: every,
        PROCESS_OWNER: every,
        ADMINISTRATOR: every,
        AUDITOR: every,
    }
    for role, ids in expected.items():
        assert set(ids_in(text_of(visit(actor(role, me), "/leads/")))) == ids, role


def test_fields_that_may_not_be_read_are_neither_shown_nor_asked_about(leads):
    auditor = actor(AUDITOR)
    text = text_of(visit(auditor, "/leads/?" + query_of(columns="id,need,notes")))
    assert "Notes" not in re.search(r"<thead>.*</thead>", text)[0]
    asked = where({"field": "notes", "op": "contains", "value": "secret"})
    assert "The filter is left out." in text_of(visit(auditor, "/leads/?" + query_of(where=asked)))


def test_the_number_of_queries_does_not_grow_with_the_rows(admin):
    with_one, with_many = [], []
    lead(owner=person())
    visit(admin, "/leads/")
    for found in (with_one, with_many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            visit(admin, "/leads/")
        found.append(len(queries))
        for _more in range(15):
            lead(owner=person("李伟"), contact=contact("赵敏"))
    assert with_one == with_many
    assert with_one[0] <= 3


def test_the_count_is_told_where_the_page_does_not_show_all(admin, leads, monkeypatch):
    assert 'id="count">12<' in text_of(visit(admin, "/leads/"))
    monkeypatch.setattr("kinflow.records.pages.lists.CAP", 10)
    assert "10+" in text_of(visit(admin, "/leads/count/", htmx=True))
    assert "12" in text_of(visit(admin, "/leads/count/?exact=1", htmx=True))


def test_a_declared_view_is_a_tab_with_its_filter(admin, leads):
    disqualify_lead(lead=leads[0], reason="no_need", by=SYSTEM)
    text = text_of(visit(admin, "/leads/?view=open"))
    assert leads[0].pk not in ids_in(text)
    assert re.search(r'href="/leads/\?view=open" class="on"', text)


def test_words_search_within_the_list(admin, leads):
    rebuild()
    assert ids_in(text_of(visit(admin, "/leads/?q=need+7"))) == [leads[7].pk]
    assert len(ids_in(text_of(visit(admin, "/leads/?q=wjg")))) == 12


def test_an_empty_list_teaches(admin):
    assert "web form, import, e-mail" in text_of(visit(admin, "/leads/"))


def test_names_cannot_smuggle_markup_in(admin):
    lead("<script>alert(1)</script>", contact=contact("<b>x</b>"))
    text = text_of(visit(admin, "/leads/"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("sort", ["due_at", "-due_at"])
def test_rows_without_a_value_have_their_place_too(admin, sort):
    face = registry["activity"]
    now = timezone.now()
    dues = [None, now, now + timedelta(hours=1), None, now, None, now - timedelta(days=1)]
    made = [factories.activity(subject=f"a{n}", due_at=due) for n, due in enumerate(dues)]
    seen, pages, given = [], [], {"sort": sort}
    tabs = tabs_of(face, admin)
    while True:
        found = page_of(wanted_from(face, given, admin, tabs), admin, face.fields[:3], size=2)
        pages.append([row.pk for row in found.rows])
        seen += pages[-1]
        if not found.after:
            break
        given = {"sort": sort, "after": found.after}
    assert sorted(seen) == sorted(each.pk for each in made)
    while found.before:
        pages.pop()
        found = page_of(
            wanted_from(face, {"sort": sort, "before": found.before}, admin, tabs),
            admin,
            face.fields[:3],
            size=2,
        )
        assert [row.pk for row in found.rows] == pages[-1]


def test_on_a_phone_people_stand_with_their_whole_names(admin):
    who = contact("王建国")
    other = factories.contact("Smith", "John")
    text = text_of(visit(admin, "/contacts/"))
    assert '<span class="hide-s">王</span><span class="only-s">王建国</span>' in text
    assert '<span class="only-s">John Smith</span>' in text
    assert f'<a href="/contacts/{who.pk}/">' in text
    assert f'<a href="/contacts/{other.pk}/">' in text
    assert re.search(r'<td class="hide-s[^"]*"[^>]*>建国</td>', text)
