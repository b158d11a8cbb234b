"""Messages are found wherever a source asks for a translation."""

import pytest

from kinflow.web.translations.messages import Message, UnreadableSource
from kinflow.web.translations.python import messages_in_python
from kinflow.web.translations.sources import packages
from kinflow.web.translations.templates import messages_in_template


def in_python(source: str) -> list[Message]:
    return list(messages_in_python(source, "sales/x.py"))


def in_template(source: str) -> list[Message]:
    return list(messages_in_template(source, "sales/x.html"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Lead")', ("Lead", "", "")),
        ('translation.gettext("Lead")', ("Lead", "", "")),
        ('gettext_lazy("two " "halves")', ("two halves", "", "")),
        ('ngettext("%(n)s lead", "%(n)s leads", n)', ("%(n)s lead", "%(n)s leads", "")),
        ('pgettext_lazy("verb", "Open")', ("Open", "", "verb")),
        ('npgettext("of a day", "hour", "hours", 2)', ("hour", "hours", "of a day")),
    ],
)
def test_python_calls_are_understood(source: str, expected: tuple[str, str, str]) -> None:
    [message] = in_python(source)
    assert (message.singular, message.plural, message.context) == expected


def test_an_imported_alias_is_followed() -> None:
    source = "from django.utils.translation import pgettext_lazy as in_context\nin_context('verb', 'Open')"
    assert [(m.context, m.singular, m.line) for m in in_python(source)] == [("verb", "Open", 2)]


def test_a_message_held_in_a_name_is_left_to_where_it_was_written() -> None:
    assert in_python("gettext(entry.sentence)") == []


@pytest.mark.parametrize("source", ['_(f"Hello {name}")', '_("Hello %s" % name)'])
def test_a_message_put_together_before_translation_is_refused(source: str) -> None:
    with pytest.raises(UnreadableSource, match=r"sales/x.py:1: a message must be one plain text"):
        in_python(source)


def test_broken_python_is_named() -> None:
    with pytest.raises(UnreadableSource, match=r"sales/x\.py:2"):
        in_python("_('fine')\ndef (")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Leads" %}', ("Leads", "", "")),
        ("{% translate 'Open' context 'verb' %}", ("Open", "", "verb")),
        ('{{ _("Leads") }}', ("Leads", "", "")),
        ('{% include "field.html" with label=_("Leads") %}', ("Leads", "", "")),
        ('{{ value|default:_("none yet") }}', ("none yet", "", "")),
        (
            "{% blocktranslate trimmed %}\n  Hello\n  {{ name }}\n{% endblocktranslate %}",
            ("Hello %(name)s", "", ""),
        ),
        (
            "{% blocktranslate count n=n %}{{ n }} it's{% plural %}{{ n }} leads{% endblocktranslate %}",
            ("%(n)s it's", "%(n)s leads", ""),
        ),
        (
            '{% blocktranslate with a=b context "verb" %}Open "{{ a }}"{% endblocktranslate %}',
            ('Open "%(a)s"', "", "verb"),
        ),
    ],
)
def test_template_tags_are_understood(source: str, expected: tuple[str, str, str]) -> None:
    [message] = in_template("<p>\n" + source)
    assert (message.singular, message.plural, message.context, message.line) == (*expected, message.line)


def test_a_tag_inside_a_translated_block_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="must not include other block tags"):
        in_template("{% blocktranslate %}{% if a %}b{% endif %}{% endblocktranslate %}")


def test_every_package_of_the_product_is_looked_at() -> None:
    assert {"config", "eventlog", "sales", "web"} <= {package.name for package in packages()}
