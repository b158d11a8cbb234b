"""Forms with a small file at the door of the API: let in, bounded, done once; anything else there is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinflow.automation.decisions.models import DecisionTable
from tests.automation.decisions_given import content

from . import given

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/decisions/dmn"
HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d" name="Rank"><decisionTable>'
INPUT = "<input><inputExpression><text>record.score</text></inputExpression></input>"
ROW = '<rule><inputEntry><text>%s</text></inputEntry><outputEntry><text>"a"</text></outputEntry></rule>'


@pytest.fixture
def boss():
    return given.caller("process_owner")


def dmn(cell="&gt; 1", rows=1):
    inside = f'{INPUT}<output name="o" typeRef="string"/>{ROW % cell * rows}'
    return f"{HEAD}{inside}</decisionTable></decision></definitions>".encode()


def sent(boss, file, **more):
    form = {"file": SimpleUploadedFile("rank.dmn", file), "kind": "lead"}
    return boss.client.post(ADDRESS, form, headers=boss.headers | more)


def test_a_dmn_file_becomes_a_table_once_for_its_key(boss):
    first, again = (sent(boss, dmn(), **{"Idempotency-Key": "d-1"}) for _ in range(2))
    assert (first.status_code, first.json()["name"]) == (201, "Rank")
    assert again.status_code in (201, 409)
    assert DecisionTable.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "pointer"),
    [
        (b"PK\x03\x04", "/file"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><definitions/>', "/file"),
        (b"<definitions/>", "/file"),
        (dmn(rows=301), "/file"),
        (dmn("(((("), "/content/rows/0/when/0"),
        (dmn("9" * 2_000), "/content/rows/0/when/0"),
        ((HEAD + "<a>" * 10_000).encode(), "/file"),
    ],
)
def test_what_is_no_table_is_refused_at_its_place(boss, file, pointer):
    told = sent(boss, file)
    assert told.status_code == 422
    assert [error["pointer"] for error in told.json()["errors"]] == [pointer]
    assert not DecisionTable.objects.exists()


def test_what_is_no_form_or_too_large_is_refused_before_it_is_read(boss):
    assert boss.post("/decisions/dmn", {"kind": "lead"}).status_code == 415
    assert sent(boss, b" " * 3_000_000).status_code == 413


@pytest.mark.parametrize("hit", [[], {}, 3, None])
def test_values_of_any_sort_in_a_table_are_refused(boss, hit):
    body = {"kind": "lead", "name": "Rank", "content": content(("1", "a")) | {"hit": hit}}
    assert boss.post("/decisions", body).status_code == 422
