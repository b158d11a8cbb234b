"""The pages of import: who gets in, what is shown before and after, and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinflow.kit.problem import NotFound, Refused
from kinflow.records.access import AGENT, AUDITOR, MARKETER, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.running import run_import
from kinflow.sales.models import Lead

from ... import factories
from ..pages.visits import text_of, visit
from .files import workbook

pytestmark = pytest.mark.django_db

LEADS = (
    "Name,Company,Email,Need\nWang Wei,Haitian,wang@haitian.example,Two pumps\nLi Mei,Haitian,nowhere,Parts\n"
)


def give(by, content=LEADS, kind="lead", name="leads.csv"):
    upload = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return visit(by, "/import/", file=upload, kind=kind)


@pytest.mark.parametrize("role", [MARKETER, TEAM_LEAD])
def test_marketers_and_team_leads_import(role):
    by = factories.role_actor(role)
    answer = give(by)
    run = ImportRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/import/{run.pk}/")
    shown = text_of(visit(by, f"/import/{run.pk}/"))
    assert "wang@haitian.example" in shown
    assert "is no e-mail address" in shown
    assert Lead.objects.count() == 0
    visit(by, f"/import/{run.pk}/columns/", start="1")
    run.refresh_from_db()
    assert run.state == "waiting"
    run = run_import(run)
    assert (run.state, run.created, run.rejected) == ("done", 1, 1)
    page = text_of(visit(by, f"/import/{run.pk}/"))
    assert f"/import/{run.pk}/rejects.csv" in page
    file = b"".join(visit(by, f"/import/{run.pk}/rejects.csv").streaming_content).decode()
    assert "Li Mei,Haitian,nowhere,Parts,3," in file


@pytest.mark.parametrize("role", [REPRESENTATIVE, AGENT, PROCESS_OWNER, AUDITOR])
def test_others_do_not(role):
    by = factories.role_actor(role)
    for address in ("/import/", "/import/1/"):
        with pytest.raises(Refused):
            visit(by, address)
    assert text_of(visit(by, "/import/tray/")).strip() == ""


def test_another_persons_import_is_not_shown_but_to_administrators():
    give(factories.role_actor(MARKETER))
    run = ImportRun.objects.get()
    with pytest.raises(NotFound):
        visit(factories.role_actor(TEAM_LEAD), f"/import/{run.pk}/")
    assert "leads.csv" in text_of(visit(factories.admin(), "/import/"))
    assert visit(factories.admin(), f"/import/{run.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (workbook(["Name"], ["x"])[:200], "damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_leaves_no_file(files, content, words):
    answer = give(factories.admin(), content)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not ImportRun.objects.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_column_is_mapped_by_hand_and_two_for_one_field_are_refused():
    by = factories.admin()
    give(by, "A,B,C\nWang Wei,Haitian,x\n")
    run = ImportRun.objects.get()
    chosen = {"column-0": "full_name", "column-1": "company", "column-2": ""}
    page = text_of(visit(by, f"/import/{run.pk}/columns/", htmx=True, **chosen))
    assert "Wang Wei" in page
    run.refresh_from_db()
    assert run.mapping == {"A": "full_name", "B": "company", "C": ""}
    twice = visit(by, f"/import/{run.pk}/columns/", htmx=True, **{"column-2": "company"})
    assert twice.status_code == 422
    assert "Two columns cannot both become this field" in text_of(twice)
    run.refresh_from_db()
    assert run.mapping["C"] == ""


def test_a_file_that_was_imported_before_is_told():
    by = factories.admin()
    give(by)
    first = ImportRun.objects.get()
    visit(by, f"/import/{first.pk}/columns/", start="1")
    run_import(first)
    give(by)
    second = ImportRun.objects.latest("pk")
    assert f"/import/{first.pk}/" in text_of(visit(by, f"/import/{second.pk}/"))


def test_the_tray_shows_what_is_on_its_way():
    by = factories.admin()
    give(by)
    run = ImportRun.objects.get()
    visit(by, f"/import/{run.pk}/columns/", start="1")
    assert "leads.csv" in text_of(visit(by, "/import/tray/"))
    visit(by, f"/import/{run.pk}/cancel/", _post=True)
    assert "leads.csv" not in text_of(visit(by, "/import/tray/"))
    run.refresh_from_db()
    assert run.state == "cancelled"
