"""The guide says the same in both languages: pages, headings, tables, addresses and numbers do not drift apart."""

import re
from pathlib import Path

import pytest

from .reading_documents import anchors, code, headings, links, lost_emphasis, numbers, prose, tables

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
CHINESE = sorted(DOCUMENTS.rglob("zh-Hans/*.md"))
each_page = pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.stem)


def both(page: Path) -> tuple[str, str]:
    """The English and the Chinese text of a page."""
    return (page.parents[1] / page.name).read_text("utf-8"), page.read_text("utf-8")


def test_every_page_of_the_guide_is_there_in_both_languages():
    guide = DOCUMENTS / "guide"
    assert {page.name for page in guide.glob("*.md")} == {
        page.name for page in (guide / "zh-Hans").glob("*.md")
    }


@each_page
def test_a_page_leads_to_itself_in_the_other_language(page):
    english, chinese = both(page)
    assert f"[中文](zh-Hans/{page.name})" in english
    assert f"[English](../{page.name})" in chinese


@each_page
def test_headings_have_the_same_number_and_levels(page):
    english, chinese = ([level for level, _ in headings(text)] for text in both(page))
    assert chinese == english


@each_page
def test_tables_have_the_same_rows_and_columns(page):
    english, chinese = both(page)
    assert tables(chinese) == tables(english)


@each_page
def test_code_and_addresses_of_the_english_page_stand_in_the_chinese_one(page):
    english, chinese = both(page)
    there = " ".join(chinese.split())
    assert [each for each in sorted(code(english)) if each not in there] == []


@each_page
def test_numbers_of_the_english_page_stand_in_the_chinese_one(page):
    english, chinese = (numbers(text) for text in both(page))
    assert sorted(english - chinese) == []


@each_page
def test_chinese_is_set_with_its_own_punctuation_and_spaces_around_other_scripts(page):
    text = prose(page.read_text("utf-8"))
    assert re.findall(r".{0,9}[一-鿿] ?[,;:!?](?!\d).{0,9}", text) == []
    assert re.findall(r".{0,9}(?:[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]).{0,9}", text) == []


@each_page
def test_bold_and_italic_words_are_shown_as_such(page):
    assert lost_emphasis(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "page", sorted(DOCUMENTS.rglob("*.md")), ids=lambda page: str(page.relative_to(DOCUMENTS))
)
def test_links_lead_to_headings_that_are_there(page):
    lost = []
    for link in links(page.read_text("utf-8")):
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        if anchor and anchor not in anchors(target.read_text("utf-8")):
            lost.append(link)
    assert lost == []
