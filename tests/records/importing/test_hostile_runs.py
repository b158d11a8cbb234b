"""Hostile and broken files end as a clear refusal or as rejected rows, never as half an import."""

import io
import zipfile

import pytest

from kinflow.kit.problem import NotFound, Problem
from kinflow.records.importing import storing
from kinflow.records.importing.limits import FileTooLarge, Limits
from kinflow.records.importing.models import ImportReject, ImportRun
from kinflow.records.importing.rejecting import rejects_of
from kinflow.records.importing.running import run_import
from kinflow.records.importing.storing import path_of, store
from kinflow.sales.models import Lead

from .files import workbook
from .runs import imported, prepared, started

pytestmark = pytest.mark.django_db


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["Name"], ["x"]))) as source,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename.endswith("sheet1.xml"):
                content = content.replace(b"<sheetData>", b"<sheetData>" + b" " * 300_000_000)
            made.writestr(info.filename, content)
    return raw.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\0\0", b"PK\x03\x04broken", b"<html><table>", bytes(range(256)) * 40, workbook()],
    ids=["empty", "nuls", "broken zip", "web page", "any bytes", "empty sheet"],
)
def test_what_is_no_table_is_refused_before_anything_is_kept(content):
    with pytest.raises(Problem) as refused:
        prepared(content)
    assert str(refused.value.detail or refused.value.title)
    assert not ImportRun.objects.exists()


def test_a_zip_bomb_is_refused():
    with pytest.raises(Problem, match="unpacks to far more"):
        prepared(bomb(), name="leads.xlsx")


def test_a_file_beyond_the_limit_is_not_even_kept(files):
    with pytest.raises(FileTooLarge):
        store([b"x" * 600, b"x" * 600], Limits(size=1_000))
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_places_lead_nowhere_else():
    for place in ("../../etc/passwd", "", "0" * 31, "G" * 32):
        with pytest.raises(ValueError):
            path_of(place)
    storing.discard("")


def test_nuls_and_controls_do_not_stop_the_rest():
    rows = b"".join(b"Li %d,l%d@x.example,pump\n" % (n, n) for n in range(300))
    last = b"Wa\x00ng,w@x.example,a\x00b\x07c\nLi,wro ng\x00,x\nMei,m@x.example,fine\n"
    run = imported(b"Name,Email,Need\n" + rows + last)
    assert (run.state, run.created, run.rejected) == ("done", 302, 1)
    assert Lead.objects.filter(need="fine").exists()
    assert "\0" not in "".join(rejects_of(run))


def test_values_too_long_are_rejected_by_row():
    run = imported(
        f"Family name,City,Email\n{'x' * 101},Ningbo,a@x.example\nLi,{'y' * 101},b@x.example\nMei,Ningbo,\n"
    )
    assert (run.created, run.rejected) == (1, 2)
    assert {row.number for row in ImportReject.objects.all()} == {2, 3}


def test_a_long_need_is_cut_and_kept_whole_in_the_notes():
    run = imported(f"Name,Need\nLi,{'pump ' * 300}\n")
    assert run.created == 1
    lead = Lead.objects.get()
    assert len(lead.need) == 500
    assert "pump " * 300 in lead.notes + " "


def test_formulas_come_back_as_text():
    run = imported("Name,Email\nLi,l@x.example\nMei,m@x.example\n=cmd|' /C calc'!A0,wrong\n@x,+wrong\n")
    file = "".join(rejects_of(run))
    assert "'=cmd|' /C calc'!A0" in file
    assert "\r\n=" not in file


def test_gb18030_and_utf16_are_read():
    text = "姓名,需求\n欧阳修,给水泵\n"
    for codec in ("gb18030", "utf-16", "utf-8-sig"):
        assert imported(text.encode(codec)).created == 1
    assert Lead.objects.filter(contact__family_name="欧阳", need="给水泵").count() == 3


def test_a_file_that_is_gone_meanwhile_fails_in_words():
    run = started("Name\nLi\n")
    path_of(run.place).unlink()
    run = run_import(run)
    assert run.state == "failed"
    assert run.fault


def test_an_unknown_kind_is_refused():
    with pytest.raises(NotFound):
        prepared("Name\nLi\n", kind="unicorn")
