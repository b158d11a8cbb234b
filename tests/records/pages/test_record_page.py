"""A record's page shows its facts, its story and what it belongs to, to those who may see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, NotFound, Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE
from kinflow.records.faces import registry
from kinflow.records.pages import timelines
from kinflow.sales.leads.actions import change_lead, contact_lead, qualify_lead

from ..small_world import actor, contact, lead, person
from .visits import query_of, text_of, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


def test_facts_stage_and_verbs_are_shown(admin):
    row = lead("Pumps", score=40)
    text = text_of(visit(admin, f"/leads/{row.pk}/"))
    assert "<h1>Pumps</h1>" in text
    assert f"L-{row.pk}" in text
    assert re.search(r'class="now" aria-current="step">New<', text)
    assert f"/leads/{row.pk}/do/qualify/" in text
    assert f"/leads/{row.pk}/do/reopen/" not in text


def test_who_may_only_read_gets_no_buttons():
    row = lead()
    text = text_of(visit(actor(AUDITOR), f"/leads/{row.pk}/"))
    assert "/do/" not in text
    assert "pencil" not in text


def test_the_record_of_somebody_else_is_not_found():
    me = person()
    row = lead(owner=person("李伟"))
    with pytest.raises(NotFound):
        visit(actor(REPRESENTATIVE, me), f"/leads/{row.pk}/")
    with pytest.raises(NotFound):
        visit(actor(REPRESENTATIVE, me), f"/leads/{row.pk}/timeline/")
    with pytest.raises(NotFound):
        visit(actor(ADMINISTRATOR), "/leads/999999999999/")


def test_the_story_is_told_newest_first_by_topic(admin):
    row = lead()
    contact_lead(lead=row, note="Needs six pumps by May.", by=SYSTEM)
    qualify_lead(lead=row, by=SYSTEM)
    text = text_of(visit(admin, f"/leads/{row.pk}/"))
    assert text.index("qualified") < text.index("Needs six pumps by May.") < text.index("captured")
    only = text_of(visit(admin, f"/leads/{row.pk}/timeline/?topic=contact", htmx=True))
    assert "Needs six pumps" in only
    assert "captured" not in only


def test_changes_name_their_fields_with_both_values(admin):
    row = lead(score=40)
    change_lead(lead=row, changes={"score": 60, "source": "fair"}, by=SYSTEM)
    text = text_of(visit(admin, f"/leads/{row.pk}/"))
    assert "40 → 60" in text
    assert "Other → Trade fair" in text


def test_older_entries_follow(admin, monkeypatch):
    monkeypatch.setattr(timelines, "PAGE", 2)
    row = lead()
    for n in range(4):
        change_lead(lead=row, changes={"score": n + 1}, by=SYSTEM)
    text, found = text_of(visit(admin, f"/leads/{row.pk}/")), []
    while True:
        found += re.findall(r'id="e(\d+)"', text)
        older = re.search(r'class="btn quiet small older" href="([^"]+)"', text)
        if older is None:
            break
        text = text_of(visit(admin, older[1].replace("&amp;", "&"), htmx=True))
    assert found == sorted(set(found), key=int, reverse=True)
    assert len(found) == 5


def test_queries_do_not_grow_with_the_story(admin):
    row = lead(owner=person())
    visit(admin, f"/leads/{row.pk}/")
    numbers = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            visit(admin, f"/leads/{row.pk}/")
        numbers.append(len(queries))
        for n in range(10):
            change_lead(lead=row, changes={"score": n + 1}, by=SYSTEM)
    assert numbers[0] == numbers[1]


def test_next_and_previous_keep_to_the_list_one_came_from(admin):
    whom = contact()
    low, high, middle = (lead(score=n, contact=whom) for n in (10, 90, 50))
    told = query_of(**{"in": "sort=-score"})
    text = text_of(visit(admin, f"/leads/{middle.pk}/neighbours/?{told}", htmx=True))
    assert f'href="/leads/{high.pk}/?in=' in text
    assert f'href="/leads/{low.pk}/?in=' in text
    assert "2 / 3" in text
    assert visit(admin, f"/leads/{high.pk}/next/?{told}").url.startswith(f"/leads/{middle.pk}/")
    assert visit(admin, f"/leads/{high.pk}/previous/?{told}").url.startswith(f"/leads/{high.pk}/")


def test_hidden_facts_stay_hidden():
    row = lead()
    change_lead(lead=row, changes={"notes": "private matter"}, by=SYSTEM)
    contact_lead(lead=row, note="spoke of a divorce", by=SYSTEM)
    text = text_of(visit(actor(AUDITOR), f"/leads/{row.pk}/"))
    assert 'id="fact-notes"' not in text
    assert "private matter" not in text
    assert "divorce" not in text
    assert "private matter" in text_of(visit(actor(ADMINISTRATOR), f"/leads/{row.pk}/"))


def test_every_list_opens(admin):
    for face in registry.values():
        assert visit(admin, f"/{face.slug}/").status_code == 200, face.name
        for name in ("filter", "columns"):
            assert visit(admin, f"/{face.slug}/{name}/", htmx=True).status_code == 200, face.name


def test_a_note_becomes_part_of_the_story(admin):
    row = lead("Pumps", owner=person())
    me = actor(ADMINISTRATOR, person("李伟"))
    visit(me, f"/leads/{row.pk}/note/", htmx=True, text="They want six.\nBy May.", kind="note")
    text = text_of(visit(me, f"/leads/{row.pk}/"))
    assert "They want six." in text
    with pytest.raises(Invalid):
        visit(me, f"/leads/{row.pk}/note/", htmx=True, text="  ", kind="note")
    with pytest.raises(Refused):
        visit(actor(AUDITOR), f"/leads/{row.pk}/note/", htmx=True, text="x", kind="note")


def test_empty_facts_are_shown_only_to_who_can_fill_them(admin):
    whom = contact(email="wang@haitian.example")
    text = text_of(visit(admin, f"/contacts/{whom.pk}/"))
    assert 'id="fact-erased_at"' not in text
    assert 'id="fact-department"' in text
    text = text_of(visit(actor(AUDITOR), f"/contacts/{whom.pk}/"))
    assert 'id="fact-department"' not in text
    assert 'id="fact-created_at"' in text


def test_phone_numbers_are_read_in_groups_and_dialled_whole(admin):
    whom = contact(phone="13800138000")
    text = text_of(visit(admin, f"/contacts/{whom.pk}/"))
    assert '<a class="link" href="tel:+8613800138000">+86 138 0013 8000</a>' in text


def test_the_main_thing_to_do_with_a_contact_is_to_log_a_call(admin):
    whom = contact()
    me = actor(ADMINISTRATOR, person("李伟"))
    text = text_of(visit(me, f"/contacts/{whom.pk}/"))
    assert re.search(rf'class="btn main"[^>]*href="/contacts/{whom.pk}/do/call/"', text)
    visit(me, f"/contacts/{whom.pk}/do/call/", htmx=True, subject="Asked for the manual", result="reached")
    assert "Asked for the manual" in text_of(visit(me, f"/contacts/{whom.pk}/"))
