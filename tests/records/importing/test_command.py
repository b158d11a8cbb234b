"""`import_file` in the foreground."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kinflow.records.importing.models import ImportRun
from kinflow.sales.models import Lead

pytestmark = pytest.mark.django_db

LEADS = (
    "Who,Company,Email,Need\nWang Wei,Haitian,wang@haitian.example,Two pumps\nLi Mei,Haitian,nowhere,Parts\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    return path


def called(*arguments, **options):
    out, err = StringIO(), StringIO()
    call_command("import_file", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_it_imports_tells_the_counts_and_leaves_the_rejects_beside_the_file(file):
    out, err = called(file, "--as", "lead")
    assert "2 rows read" in out
    assert "lead 1" in out
    assert "rows" in err
    rejected = file.with_name("leads-rejected.csv")
    assert str(rejected) in out
    assert "Li Mei,Haitian,nowhere,Parts,3," in rejected.read_text(encoding="utf-8-sig")
    assert Lead.objects.get().need == "Two pumps"


def test_a_dry_run_counts_and_keeps_nothing(file):
    out, _err = called(file, "--as", "lead", "--dry-run")
    assert "lead 1" in out
    assert "no e-mail address" in out
    assert not Lead.objects.exists()
    assert ImportRun.objects.get().state == "cancelled"
    assert not file.with_name("leads-rejected.csv").exists()


def test_a_mapping_decides_what_was_guessed_otherwise(file, tmp_path):
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"Who": "full_name", "Need": "+"}), encoding="utf-8")
    called(file, "--as", "lead", "--map", mapping)
    lead = Lead.objects.get()
    assert (lead.contact.name, lead.need, lead.notes) == ("Wang Wei", "", "Need: Two pumps")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [("[]", "mapping is"), ("{", "cannot be read"), ('{"No such": "need"}', "no such column")],
)
def test_a_wrong_mapping_is_refused(file, tmp_path, mapping, words):
    path = tmp_path / "map.json"
    path.write_text(mapping, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        called(file, "--as", "lead", "--map", path)
    assert not Lead.objects.exists()


def test_what_cannot_be_imported_is_said(file):
    with pytest.raises(CommandError, match="account, activity, case, contact, lead"):
        called(file, "--as", "unicorn")
    with pytest.raises(CommandError, match="no file"):
        called(file.with_name("gone.csv"), "--as", "lead")
