"""What the editor says of rules that contradict each other, and the list of those that cannot act any more."""

import pytest

from kinflow.automation.rules.actions import others
from kinflow.automation.rules.cycles import warnings
from kinflow.automation.rules.drafts import read_draft
from kinflow.automation.rules.live import forget
from kinflow.kit.problem import Invalid

from . import given
from .given import OWNER
from .rules_given import happens, rule
from .test_pages import visit, words

pytestmark = pytest.mark.django_db
CAPTURED = happens("sales.lead_captured")


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def boss():
    return given.person("陈", given.unit(), roles=("team_lead",))


def sets(**values):
    return [{"step": "change_fields", "parameters": {"values": values}}]


def source(value):
    return {"field": "source", "op": "is", "value": value}


def told(boss, **content):
    draft = read_draft("lead", {"trigger": CAPTURED, "condition": {}, **content}, boss)
    return list(warnings(draft, others(None)))


def test_two_rules_that_set_a_field_of_the_same_records_otherwise_are_told(boss):
    rule(boss, condition=source("fair"), steps=sets(need="pumps"))
    (said,) = told(boss, steps=sets(need="seals"))
    assert said.startswith("Rule Hot leads sets “")
    assert told(boss, condition=source("fair"), steps=sets(need="seals")) == [said]


@pytest.mark.parametrize(
    "content",
    [
        {"steps": sets(need="pumps")},
        {"steps": sets(need="{record.source}")},
        {"steps": sets(source_detail="Hall 3")},
        {"steps": sets(need="seals"), "condition": source("web")},
        {"steps": sets(need="seals"), "trigger": happens("sales.lead_qualified")},
    ],
)
def test_rules_that_agree_or_never_meet_are_not(boss, content):
    rule(boss, condition=source("fair"), steps=sets(need="pumps"))
    assert told(boss, **content) == []


def test_a_rule_over_what_is_gone_says_in_the_list_that_it_does_nothing(boss, monkeypatch):
    rule(boss)
    assert "does nothing" not in words(visit(OWNER, "/rules/"))

    def gone(_rule_id, _number):
        raise Invalid("gone")

    with monkeypatch.context() as patched:
        patched.setattr("kinflow.automation.rules.live.draft_of", gone)
        assert "does nothing: what it refers to is gone" in words(visit(OWNER, "/rules/"))
