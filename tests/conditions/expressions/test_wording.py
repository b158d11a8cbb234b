"""What expressions and texts with fields are called where there is no record to fill them in from."""

import pytest
from django.utils import translation

from kinflow.conditions.expressions import expression_words, parse_expression, parse_text, text_words
from kinflow.records.faces import VOCABULARY


def said(given, language="en"):
    with translation.override(language):
        return expression_words(parse_expression(given, type_name="lead", vocabulary=VOCABULARY))


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ("record.need", "need", "需求"),
        ("record.account.name", "account’s name", "客户的名称"),
        (
            ' coalesce(record.need, record . notes, "none") ',
            'coalesce(need, notes, "none")',
            'coalesce(需求, 备注, "none")',
        ),
        ("today + days(2)", "today + days(2)", "今天 + days(2)"),
        ("event.reason", "reason of the event", "事件的 reason"),
        ('"record.need"', '"record.need"', '"record.need"'),
    ],
)
def test_paths_are_called_as_people_call_them(given, english, chinese):
    assert (said(given), said(given, "zh-hans")) == (english, chinese)


def test_a_text_shows_its_fields_in_brackets_and_its_own_braces():
    text = parse_text("Call {{soon}}: {record.need}", type_name="lead", vocabulary=VOCABULARY)
    assert text_words(text) == "Call {soon}: [need]"
    with translation.override("zh-hans"):
        assert text_words(text) == "Call {soon}: 【需求】"
