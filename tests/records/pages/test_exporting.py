"""The export holds what the list shows, and nothing a spreadsheet program would run."""

import csv
import io

import pytest

from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE

from ..small_world import actor, contact, lead, person
from .visits import visit

pytestmark = pytest.mark.django_db


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_holds_the_shown_columns_of_all_records():
    first = lead("Pumps", owner=person(), score=40)
    rows = rows_of(visit(actor(ADMINISTRATOR), "/leads/export.csv?columns=id,need,stage,score,owner"))
    assert rows == [
        ["No.", "Need", "Stage", "Score", "Owner"],
        [f"L-{first.pk}", "Pumps", "New", "40", "陈宇"],
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_cell_can_run_as_a_formula(formula):
    lead(formula + " ")
    (_head, row) = rows_of(visit(actor(ADMINISTRATOR), "/leads/export.csv?columns=need"))
    assert not row[0].lstrip("\t").startswith(("=", "+", "-", "@", "＝"))


def test_it_keeps_to_what_the_person_sees():
    me = person()
    mine = lead("mine", owner=me)
    lead("others", owner=person("李伟"))
    rows = rows_of(visit(actor(REPRESENTATIVE, me), "/leads/export.csv?columns=id"))
    assert rows == [["No."], [f"L-{mine.pk}"]]


def test_hidden_fields_stay_out():
    lead(contact=contact())
    assert rows_of(visit(actor(AUDITOR), "/leads/export.csv?columns=id,notes"))[0] == ["No."]


def test_it_goes_over_many_pages(monkeypatch):
    monkeypatch.setattr("kinflow.records.pages.exporting.BATCH", 2)
    whom = contact()
    made = [lead(f"n{n}", contact=whom) for n in range(5)]
    rows = rows_of(visit(actor(ADMINISTRATOR), "/leads/export.csv?columns=id&sort=score"))
    assert [row[0] for row in rows[1:]] == [f"L-{each.pk}" for each in made]
