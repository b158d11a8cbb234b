"""Catalogues follow the sources, and their faults are named."""

import gettext
from pathlib import Path

import polib
import pytest

from kinflow.web.translations.catalogues import compile_catalogue, read, updated, write
from kinflow.web.translations.faults import contradictions, faults_of, placeholders
from kinflow.web.translations.messages import Message

LEAD = Message(singular="Lead", file="sales/leads.py", line=3)
LEADS = Message(singular="{n} lead", plural="{n} leads", file="sales/leads.py", line=9)
OPEN = Message(singular="Open", context="verb", file="sales/leads.py", line=12)


def catalogue_of(*entries: polib.POEntry) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.extend(entries)
    return catalogue


def entry(msgid: str, msgstr: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_stale() -> None:
    old = catalogue_of(entry("Lead", "线索"), entry("Gone", "已删除"))
    new = updated(old, [LEAD, LEADS, OPEN], known={})
    assert [(each.msgctxt, each.msgid, each.msgstr) for each in new] == [
        (None, "Lead", "线索"),
        (None, "{n} lead", ""),
        ("verb", "Open", ""),
    ]
    assert new[1].msgid_plural == "{n} leads"


def test_an_update_takes_over_what_another_package_says() -> None:
    new = updated(catalogue_of(), [LEAD, LEADS], known={("", "Lead"): "线索", ("", "{n} lead"): "{n} 条线索"})
    assert new[0].msgstr == "线索"
    assert new[1].msgstr_plural == {0: "{n} 条线索"}


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "locale" / "django.po"
    first = updated(catalogue_of(entry("Lead", "线索")), [LEAD, LEADS], known={})
    assert write(first, file)
    assert not write(updated(read(file), [LEAD, LEADS], known={}), file)


def test_a_package_without_messages_gets_no_catalogue(tmp_path: Path) -> None:
    assert not write(catalogue_of(), tmp_path / "django.po")
    assert not list(tmp_path.iterdir())


def test_a_compiled_catalogue_translates(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    write(
        updated(catalogue_of(), [LEAD, LEADS], {("", "Lead"): "线索", ("", "{n} lead"): "{n} 条线索"}), file
    )
    assert compile_catalogue(file)
    assert not compile_catalogue(file)
    with file.with_suffix(".mo").open("rb") as compiled:
        chinese = gettext.GNUTranslations(compiled)
    assert chinese.gettext("Lead") == "线索"
    assert chinese.ngettext("{n} lead", "{n} leads", 5) == "{n} 条线索"


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (catalogue_of(), "sales/leads.py:3: not in the catalogue: 'Lead'"),
        (catalogue_of(entry("Lead", "")), "not translated: 'Lead'"),
        (catalogue_of(entry("Lead", "线索", flags=["fuzzy"])), "marked as unsure (fuzzy): 'Lead'"),
        (catalogue_of(entry("Lead", "线索 {n}")), "other placeholders than 'Lead': '线索 {n}'"),
        (catalogue_of(entry("Lead", "线索\n")), "line breaks at the ends differ: 'Lead'"),
        (
            catalogue_of(entry("Lead", "线索"), entry("Gone", "已删除")),
            "nothing asks for it any more: 'Gone'",
        ),
    ],
)
def test_each_fault_is_named(found: polib.POFile, fault: str) -> None:
    assert list(faults_of([LEAD], found)) == [fault]


def test_a_complete_catalogue_has_no_fault() -> None:
    assert list(faults_of([LEAD], catalogue_of(entry("Lead", "线索")))) == []


def test_a_plural_is_measured_by_its_form_for_many() -> None:
    one_form = entry("{n} lead", "", msgid_plural="{n} leads", msgstr_plural={0: "{m} 条线索"})
    assert len(list(faults_of([LEADS], catalogue_of(one_form)))) == 1


def test_placeholders_of_every_style_are_seen() -> None:
    assert placeholders("{by} %(name)s 50% of %s {x:>3}") == {"by", "name", "%s", "x"}


def test_two_packages_may_not_translate_one_text_differently() -> None:
    by_package = {
        "sales": catalogue_of(entry("Open", "打开")),
        "service": catalogue_of(entry("Open", "未结")),
    }
    [fault] = contradictions(by_package)
    assert "'Open' is translated differently" in fault
    assert list(contradictions({"sales": by_package["sales"], "web": by_package["sales"]})) == []
