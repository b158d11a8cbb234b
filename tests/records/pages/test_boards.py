"""The board shows columns with true totals, and its cards move by verbs."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE
from kinflow.records.faces import registry
from kinflow.records.pages import boards, totals

from ..small_world import actor, contact, lead, person
from .visits import query_of, text_of, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


def column(text, value):
    return re.search(rf'data-value="{value}".*?</section>', text, re.S)[0]


def test_each_value_is_a_column_with_its_true_number(admin, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 2)
    whom = contact()
    for n in range(5):
        lead(f"need {n}", contact=whom)
    text = column(text_of(visit(admin, "/leads/board/")), "new")
    assert ">5<" in text
    assert text.count("<article") == 2
    further = re.search(r'hx-get="([^"]+)"', text)[1].replace("&amp;", "&")
    more = text_of(visit(admin, further, htmx=True))
    assert more.count("<article") == 2
    assert "need 2" in more


def test_of_a_column_with_more_than_is_counted_it_is_said_that_there_are_more(admin, monkeypatch):
    whom = contact()
    for n in range(3):
        lead(f"need {n}", contact=whom)
    monkeypatch.setattr(totals, "MOST", 3)
    assert ">3<" in column(text_of(visit(admin, "/leads/board/")), "new")
    monkeypatch.setattr(totals, "MOST", 2)
    assert ">2+<" in column(text_of(visit(admin, "/leads/board/")), "new")


def test_sets_without_rows_have_a_total_of_nothing():
    everything = registry["lead"].model._default_manager.all()
    assert totals.totals_of({"none": everything.none(), "all": everything}, "score")["all"] == totals.Total()
    assert totals.totals_of({}) == {}


def test_only_what_the_person_sees_counts():
    me = person()
    lead("mine", owner=me)
    lead("others")
    text = column(text_of(visit(actor(REPRESENTATIVE, me), "/leads/board/")), "new")
    assert "mine" in text
    assert "others" not in text
    assert ">1<" in text


def test_a_move_runs_the_verb_and_can_be_taken_back(admin):
    row = lead("Pumps")
    visit(admin, f"/leads/{row.pk}/do/disqualify/", htmx=True, reason="no_need")
    answer = visit(admin, f"/leads/{row.pk}/move/", htmx=True, to="new")
    row.refresh_from_db()
    assert row.stage == "new"
    assert "Reopen: Pumps" in json.loads(answer["HX-Trigger"])["kinflow:toast"]["text"]


def test_a_move_whose_verb_asks_answers_with_the_dialog(admin):
    row = lead()
    answer = visit(admin, f"/leads/{row.pk}/move/", htmx=True, to="disqualified")
    assert answer["HX-Retarget"] == "#dialog"
    assert f'action="/leads/{row.pk}/do/disqualify/"' in text_of(answer)
    row.refresh_from_db()
    assert row.stage == "new"


def test_a_move_to_nowhere_is_refused(admin):
    row = lead()
    with pytest.raises(Invalid):
        visit(admin, f"/leads/{row.pk}/move/", htmx=True, to="nowhere")
    with pytest.raises(Refused):
        visit(actor(AUDITOR), f"/leads/{row.pk}/move/", htmx=True, to="qualified")


def test_cards_that_wait_long_are_marked(admin, monkeypatch):
    lead()
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr(boards.timezone, "now", lambda: later)
    text = column(text_of(visit(admin, "/leads/board/")), "new")
    assert "old" in text
    assert "30 days without change" in text


def test_every_board_opens(admin):
    for face in registry.values():
        if face.board is not None:
            assert visit(admin, f"/{face.slug}/board/").status_code == 200, face.name


def test_each_chip_of_a_boards_filter_can_be_taken_away_and_leads_back_to_the_board(admin):
    lead("warm", score=50)
    lead("cold", score=5)
    both = {
        "all": [
            {"field": "score", "op": "at_least", "value": 40},
            {"field": "stage", "op": "is", "value": "new"},
        ]
    }
    text = text_of(visit(admin, f"/leads/board/?{query_of(where=json.dumps(both))}"))
    assert "cold" not in text
    offs = [found.replace("&amp;", "&") for found in re.findall(r'class="off" href="([^"]+)"', text)]
    assert len(offs) == 2
    assert all(address.startswith("/leads/board/?") for address in offs)
    text = text_of(visit(admin, offs[0]))
    assert "cold" in text
    assert len(re.findall(r'class="off"', text)) == 1
