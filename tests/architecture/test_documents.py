"""Documents that are made from the program are as the program is, and lead to what is there."""

import re
from pathlib import Path

import pytest

from kinflow.records.management.commands.list_events import events_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_list_of_events_is_current():
    written = (ROOT / "docs" / "events.md").read_text("utf-8")
    assert written == events_page(), "write it anew: ./kinflow manage list_events > docs/events.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    here = [link for link in links if "://" not in link]
    assert [link for link in here if not (page.parent / link).exists()] == []


def test_every_setting_of_the_environment_is_documented():
    told = (ROOT / "docs" / "guide" / "administration.md").read_text("utf-8")
    settings = (ROOT / "src" / "config" / "settings.py").read_text("utf-8")
    named = set(re.findall(r'"(KINFLOW_[A-Z_]+)"', settings)) - {"KINFLOW_DEBUG", "KINFLOW_DEMO"}
    ending = {name: re.sub(r"^KINFLOW_[A-Z]+(?=_)", "", name) for name in named}
    assert [name for name in sorted(named) if name not in told and ending[name] not in told] == []


def test_help_has_every_topic_in_both_languages():
    from kinflow.web.help import TOPICS

    texts = ROOT / "src" / "kinflow" / "web" / "templates" / "web" / "help"
    for language in ("en", "zh-hans"):
        assert {file.stem for file in (texts / language).glob("*.html")} == {topic.key for topic in TOPICS}
