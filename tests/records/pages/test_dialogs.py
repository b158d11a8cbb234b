"""Every verb and every way to make a record has a dialog that shows what it asks, and refuses what makes no sense."""

import html
import json
import re

import pytest
from django.urls import resolve

from kinflow.kit.problem import Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR
from kinflow.records.asking import inputs_of
from kinflow.records.faces import registry
from kinflow.records.pages.fields import editable_fields
from kinflow.records.pages.forms import as_text
from kinflow.records.pages.shown import value_reader
from kinflow.records.pages.verbs import asked_of, may_run, verbs_of

from ... import factories
from ..small_world import actor, contact, lead, person
from .visits import text_of, visit

pytestmark = pytest.mark.django_db
NONSENSE = {
    "integer": "many",
    "decimal": "much",
    "date": "soon",
    "moment": "later",
    "choice": "no such choice",
    "record": "nobody",
    "any_record": "nothing:1",
    "flag": "perhaps",
}


def every_create():
    """All faces whose records are made in a dialog; a few have an editor of their own."""
    creatable = [face for face in registry.values() if face.create is not None]
    return [face for face in creatable if resolve(f"/{face.slug}/new/").url_name == "new"]


def every_action():
    """All actions that people are asked for, with their faces."""
    return [
        (face, action)
        for face in registry.values()
        for action in [*(verb.action for verb in verbs_of(face)), *([face.create] if face.create else [])]
    ]


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


def test_every_input_of_every_verb_has_words_and_a_known_kind():
    kinds = {"text", "long", "file", "json", *NONSENSE}
    for face, action in every_action():
        for each in inputs_of(action, face):
            assert each.kind in kinds, (face.name, each.name)
            assert not each.asked or str(each.label), (face.name, each.name)


def test_every_new_dialog_shows_all_it_asks(admin):
    for face in every_create():
        text = text_of(visit(admin, f"/{face.slug}/new/", htmx=True))
        for each in asked_of(face, face.create):
            assert f'name="{each.name}"' in text, (face.name, each.name)


def test_every_new_dialog_refuses_nonsense_at_each_field(admin):
    for face in every_create():
        asked = asked_of(face, face.create)
        given = {each.name: NONSENSE[each.kind] for each in asked if each.kind in NONSENSE}
        if not given:
            continue
        answer = visit(admin, f"/{face.slug}/new/", htmx=True, **given)
        assert answer.status_code == 422, face.name
        for name in given:
            assert f'id="in-{name}-error"' in text_of(answer), (face.name, name)


def test_every_new_dialog_asks_for_what_is_missing(admin):
    for face in every_create():
        required = [each for each in asked_of(face, face.create) if each.required]
        if required:
            answer = visit(admin, f"/{face.slug}/new/", htmx=True, _post=True)
            assert answer.status_code == 422, face.name
            assert text_of(answer).count('class="error"') >= len(required), face.name


CAST = {
    name: getattr(factories, name)
    for name in (
        "account",
        "activity",
        "case",
        "contact",
        "email",
        "lead",
        "opportunity",
        "person",
        "product",
        "unit",
    )
}


@pytest.mark.parametrize("kind", sorted(CAST))
def test_every_verb_of_a_record_shows_its_dialog_and_refuses_nonsense(admin, kind):
    face, row = registry[kind], CAST[kind]()
    assert str(face.title(row)) in html.unescape(text_of(visit(admin, face.url(row.pk))))
    for verb in verbs_of(face):
        address = f"{face.url(row.pk)}do/{verb.name}/"
        asked = asked_of(face, verb.action)
        text = text_of(visit(admin, address, htmx=True))
        assert [each.name for each in asked if f'name="{each.name}"' not in text] == [], verb.name
        given = {each.name: NONSENSE[each.kind] for each in asked if each.kind in NONSENSE}
        if given:
            assert visit(admin, address, htmx=True, **given).status_code == 422, verb.name


@pytest.mark.parametrize("kind", sorted(CAST))
def test_every_field_that_can_be_changed_has_a_form(admin, kind):
    face, row = registry[kind], CAST[kind]()
    if not may_run(admin, face, face.change, row):
        return
    for field in editable_fields(face):
        text = text_of(visit(admin, f"{face.url(row.pk)}edit/{field.name}/", htmx=True))
        assert 'name="value"' in text, field.name
        seen = html.unescape(re.search(r'name="seen" value="([^"]*)"', text)[1])
        old = value_reader(field)(row)
        given = [str(v) for v in old] if isinstance(old, list) else as_text(old)
        answer = visit(admin, f"{face.url(row.pk)}edit/{field.name}/", htmx=True, value=given, seen=seen)
        assert answer.status_code == 200, (field.name, text_of(answer))


def test_a_verb_runs_tells_and_offers_the_way_back(admin):
    row = lead("Pumps")
    answer = visit(admin, f"/leads/{row.pk}/do/disqualify/", htmx=True, reason="no_need")
    row.refresh_from_db()
    assert row.stage == "disqualified"
    told = json.loads(answer["HX-Trigger"])["kinflow:toast"]
    assert told["text"] == "Disqualify: Pumps"
    visit(admin, told["undo"], htmx=True, _post=True)
    row.refresh_from_db()
    assert row.stage == "new"


def test_a_verb_that_makes_another_record_leads_there(admin):
    row = lead()
    answer = visit(admin, f"/leads/{row.pk}/do/convert/", htmx=True)
    assert answer.status_code == 200
    answer = visit(admin, f"/leads/{row.pk}/do/convert/", htmx=True, name="x", amount="1,000")
    assert answer.status_code == 422
    assert "Choose the account" in text_of(answer)


def test_what_is_not_possible_now_is_told_in_the_dialog(admin):
    row = lead()
    answer = visit(admin, f"/leads/{row.pk}/do/reopen/", htmx=True, _post=True)
    assert answer.status_code == 409
    assert "cannot become" in json.loads(answer["HX-Trigger"])["kinflow:toast"]["text"]


def test_who_may_not_run_a_verb_is_refused():
    row = lead()
    with pytest.raises(Refused):
        visit(actor(AUDITOR), f"/leads/{row.pk}/do/qualify/", _post=True)
    with pytest.raises(Refused):
        visit(actor(AUDITOR), "/leads/new/")


def test_a_record_is_made_and_shown(admin):
    answer = visit(admin, "/leads/new/", htmx=True, contact=str(contact().pk), need="Pumps", source="fair")
    made = registry["lead"].model.objects.get()
    assert json.loads(answer["HX-Location"])["path"] == f"/leads/{made.pk}/"
    assert (made.need, made.source) == ("Pumps", "fair")


def test_the_address_fills_the_dialog(admin):
    whom = contact()
    text = text_of(visit(admin, f"/leads/new/?contact={whom.pk}", htmx=True))
    assert f'name="contact" value="{whom.pk}"' in text
    assert "王建国" in text


def test_several_are_handled_at_once_and_failures_are_counted(admin):
    first, second = lead(), lead(owner=person())
    visit(admin, f"/leads/{first.pk}/do/disqualify/", htmx=True, reason="no_need")
    ids = f"{first.pk},{second.pk},999999"
    answer = visit(admin, f"/leads/bulk/disqualify/?ids={ids}", htmx=True, reason="duplicate")
    second.refresh_from_db()
    assert second.stage == "disqualified"
    assert "1 could not be done" in json.loads(answer["HX-Trigger"])["kinflow:toast"]["text"]
