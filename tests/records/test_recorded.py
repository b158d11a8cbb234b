"""What the log recorded is told as the pages of the records show it, in the reader's language."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from kinflow.customers.contacts.actions import change_contact
from kinflow.customers.contacts.points import add_contact_point
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.timeline import timeline_of
from kinflow.kit.place_words import place_words
from kinflow.organisation.people.actions import add_absence, change_person, set_language
from kinflow.organisation.skills.actions import add_territory, change_territory
from kinflow.records.access import MARKETER
from kinflow.records.telling import tell
from kinflow.sales.leads.actions import change_lead
from kinflow.sales.opportunities.actions import change_opportunity, discount_opportunity, win_opportunity

from .. import factories
from .small_world import actor

pytestmark = pytest.mark.django_db


def newest(record, by=SYSTEM):
    """The newest entry about the record, told."""
    [told] = tell(timeline_of(record._meta.model_name, record.pk, limit=1), by)
    return told


def changed(record, by=SYSTEM):
    """The old and new values of the newest change, by the fields' labels."""
    return newest(record, by).details["changes"]


@pytest.mark.parametrize(("language", "sign"), [("en", "CN¥"), ("zh-hans", "¥")])
def test_amounts_have_their_currency_and_percents_their_sign(language, sign):
    deal = factories.opportunity(amount=Decimal(96_000), currency="CNY")
    change_opportunity(
        opportunity=deal, changes={"amount": Decimal("94272.50"), "probability": 60}, by=SYSTEM
    )
    with translation.override(language):
        amount, probability = changed(deal).values()
    assert amount == [f"{sign}96,000", f"{sign}94,272.50"]
    assert probability[1] == "60 %"


def test_an_amount_whose_currency_changed_too_keeps_the_old_one_on_its_side():
    deal = factories.opportunity(amount=Decimal(500), currency="USD")
    change_opportunity(opportunity=deal, changes={"amount": Decimal(450), "currency": "EUR"}, by=SYSTEM)
    assert changed(deal)["Amount"] == ["$500", "€450"]


def test_people_stand_by_name_and_choices_by_label_in_both_languages():
    head, member = factories.person("王", "建国"), factories.person("李", "梅")
    change_person(person=member, changes={"reports_to": head}, by=SYSTEM)
    assert changed(member) == {"Reports to": ["", "王建国"]}
    row = factories.lead()
    change_lead(lead=row, changes={"source": "fair", "language": "en"}, by=SYSTEM)
    with translation.override("zh-hans"):
        assert changed(row) == {"来源": ["其他", "展会"], "语言": ["", "英语"]}


def test_phone_numbers_are_grouped_and_places_named():
    who = factories.contact(phone="13800138000")
    change_contact(contact=who, changes={"phone": "+862165529988", "country": "DE"}, by=SYSTEM)
    values = changed(who)
    assert values["Phone"] == ["+86 138 0013 8000", "+86 21 6552 9988"]
    assert values["Country"][1] == "Germany"
    add_contact_point(contact=who, kind="mobile", value="+8613900139000", by=SYSTEM)
    assert "+86 139 0013 9000" in newest(who).text
    zone = add_territory(name="East", places=["CN-ZJ"], by=SYSTEM)
    assert newest(zone).text.endswith("Zhejiang")
    change_territory(territory=zone, changes={"places": ["CN-ZJ", "DE"]}, by=SYSTEM)
    with translation.override("zh-hans"):
        assert [*changed(zone).values()] == [["浙江", "浙江、德国"]]


def test_who_may_not_read_a_value_reads_it_nowhere():
    deal = factories.opportunity(amount=Decimal(500))
    change_opportunity(opportunity=deal, changes={"amount": Decimal(450)}, by=SYSTEM)
    assert changed(deal, actor(MARKETER)) == {"Amount": ["…", "…"]}
    win_opportunity(opportunity=deal, by=SYSTEM)
    assert newest(deal, actor(MARKETER)).text.endswith(": …")


@pytest.mark.parametrize(("language", "said"), [("en", "CN¥94,080"), ("zh-hans", "¥94,080")])
def test_sentences_say_amounts_with_their_currency(language, said):
    deal = factories.opportunity(amount=Decimal(96_000))
    discount_opportunity(opportunity=deal, discount=Decimal(2), by=SYSTEM)
    with translation.override(language):
        assert newest(deal).text.endswith(said)
        assert "2 %" in newest(deal).text.replace("2%", "2 %")


def test_sentences_say_languages_by_name_and_moments_as_people_write_them():
    who = factories.person()
    set_language(person=who, language="en", level=4, by=SYSTEM)
    assert "English" in newest(who).text
    with translation.override("zh-hans"):
        assert "英语" in newest(who).text
    add_absence(
        person=who,
        kind="leave",
        starts_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        ends_at=datetime(2026, 3, 3, 10, tzinfo=UTC),
        by=SYSTEM,
    )
    assert "from 2026-03-02 09:00 to 2026-03-03 18:00" in newest(who).text


def test_a_province_is_named_in_the_readers_language_however_it_was_written():
    assert [place_words(code) for code in ("CN-YN", "云南", "Yunnan", "Somewhere")] == [
        *["Yunnan"] * 3,
        "Somewhere",
    ]
    with translation.override("zh-hans"):
        assert [place_words(code) for code in ("CN-YN", "云南", "Yunnan")] == ["云南"] * 3
