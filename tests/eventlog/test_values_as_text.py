"""Values that go to the database as text, in arrays and lines of COPY: they come back as they were."""

from dataclasses import replace

import pytest

from kinflow.automation.clock.models import Moment
from kinflow.eventlog import SYSTEM, recording
from kinflow.eventlog.each import delete_each, insert_each, replace_each, update_each
from kinflow.eventlog.models import Entry
from kinflow.sales.leads.actions import contact_lead
from tests.automation.given import lead

pytestmark = pytest.mark.django_db
HARD = [
    "",
    "NULL",
    "a,b",
    "{x}",
    'say "so"',
    "back\\slash",
    "\\N",
    "tab\tline\nreturn\r",
    " 询价 ",
    "it's %s",
]


def test_texts_that_mean_something_in_arrays_are_kept_as_they_are():
    rows = [("h", text, {"told": text}, text) for text in HARD]
    insert_each(Moment, ("handler", "key", "payload", "error"), rows)
    kept = Moment.objects.filter(handler="h").order_by("pk")
    assert [(m.handler, m.key, m.payload, m.error) for m in kept] == rows


def test_each_row_gets_its_own_values_and_only_those_named_go():
    insert_each(Moment, ("handler", "key", "payload"), [("h", text, {}) for text in HARD])
    update_each(Moment, ("handler", "key"), ("error", "at"), [("h", text, text[::-1], None) for text in HARD])
    kept = Moment.objects.filter(handler="h")
    assert {m.key: m.error for m in kept} == {text: text[::-1] for text in HARD}
    delete_each(Moment, ("handler", "key"), [("h", text) for text in HARD[1:]])
    assert list(kept.values_list("key", flat=True)) == [HARD[0]]


def test_a_row_that_takes_the_place_of_another_is_a_new_one():
    insert_each(Moment, ("handler", "key", "payload"), [("h", text, {"was": text}) for text in HARD])
    before = set(Moment.objects.values_list("pk", flat=True))
    moved = [("h", text, f"new {text}", text) for text in HARD[1:]]
    replace_each(Moment, ("handler", "key"), ("key", "error"), [*moved, ("h", "unknown", "new", "")])
    kept = Moment.objects.filter(handler="h", key__startswith="new ")
    assert {m.key: (m.error, m.payload["was"]) for m in kept} == {f"new {t}": (t, t) for t in HARD[1:]}
    assert not before & set(kept.values_list("pk", flat=True))
    assert Moment.objects.get(key=HARD[0]).pk in before


def test_what_the_database_refuses_in_texts_is_left_out():
    insert_each(Moment, ("handler", "key", "payload"), [("h", "a\0b\ud800", {})])
    assert Moment.objects.get(handler="h").key == "ab?"


@pytest.mark.parametrize("text", HARD[1:])
def test_entries_that_are_copied_tell_what_those_tell_that_are_inserted(text: str, monkeypatch):
    told = []
    for many in (1_000, 1):
        monkeypatch.setattr(recording, "MANY", many)
        contact_lead(lead=lead(), note=text, by=replace(SYSTEM, name=text))
        entry = Entry.objects.filter(name="sales.lead_contacted").latest("pk")
        told.append((entry.actor_name, entry.unit_id, entry.data, sorted(m.role for m in entry.mentioned)))
    assert told[0] == told[1]
    assert told[1][0] == text
