"""Birthdays of contacts and anniversaries of customers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from kinflow.customers.accounts.actions import change_account, move_account
from kinflow.customers.contacts.actions import change_contact
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit import birthdays
from kinflow.kit.problem import Invalid
from kinflow.records.access import AGENT, AUDITOR
from kinflow.records.api.telling import told_whole
from kinflow.records.faces import registry
from kinflow.records.importing.synonyms import targets_of
from kinflow.records.importing.values import reader_for

from .cast import account, actor_for, colleague, contact

TOMORROW = timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1980-03-06", "1980-03-06"),
        ("3/6", "03-06"),
        ("19800306", "1980-03-06"),
        ("1980年3月6日", "1980-03-06"),
        ("３月６日", None),
        ("2-30", None),
        ("2-29", "02-29"),
        ("1981-2-29", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_birthday_is_kept_in_one_form(written, kept):
    assert birthdays.one_form(written) == kept


def test_a_birthday_is_read_as_each_language_writes_it():
    with translation.override("en"):
        assert birthdays.words("03-06") == "6 March"
    with translation.override("zh-hans"):
        assert birthdays.words("03-06") == "3月6日"
    assert birthdays.words("1980-03-06") == "1980-03-06"


def test_files_give_birthdays_with_and_without_a_year():
    target = next(one for one in targets_of("contact") if one.name == "birthday")
    read = reader_for(target, ["13/5/1980", "3/6/1981"]).read
    assert read("3/6/1981") == "1981-06-03"
    assert read("5月13日") == "05-13"
    assert read(date(1980, 5, 13)) == "1980-05-13"
    assert read("") is None


@pytest.mark.django_db
def test_a_birthday_is_written_in_any_spelling_and_one_still_to_come_is_refused():
    row = contact(birthday="1980年3月6日")
    assert row.birthday == "1980-03-06"
    assert change_contact(contact=row, changes={"birthday": "3月6日"}, by=SYSTEM).birthday == "03-06"
    later = (timezone.localdate() + TOMORROW).isoformat()
    for wrong in (later, "31 February"):
        with pytest.raises(Invalid) as refused:
            change_contact(contact=row, changes={"birthday": wrong}, by=SYSTEM)
        assert [e.pointer for e in refused.value.errors] == ["/birthday"]


@pytest.mark.django_db
def test_a_birthday_is_personal_and_goes_when_the_person_is_erased():
    row, who = contact(), colleague()
    change_contact(contact=row, changes={"birthday": "1980-03-06"}, by=SYSTEM)
    row.refresh_from_db()
    assert told_whole(registry["contact"], row, actor_for(AGENT, who))["fields"]["birthday"] == "1980-03-06"
    assert "birthday" not in told_whole(registry["contact"], row, actor_for(AUDITOR, who))["fields"]
    erase_contact(contact=row, reason="asked", by=SYSTEM)
    row.refresh_from_db()
    assert row.birthday == ""
    assert not any("1980-03-06" in str(data) for data in Entry.objects.values_list("data", flat=True))


@pytest.mark.django_db
def test_whoever_becomes_a_customer_is_one_since_that_day_unless_it_is_known_better():
    new, old = account(), account("老客户", life_stage="actual", customer_since=date(2015, 4, 1))
    assert new.customer_since is None
    move_account(account=new, life_stage="actual", by=SYSTEM)
    new.refresh_from_db()
    assert new.customer_since == timezone.localdate()
    move_account(account=old, life_stage="lost", by=SYSTEM)
    move_account(account=old, life_stage="actual", by=SYSTEM)
    old.refresh_from_db()
    assert old.customer_since == date(2015, 4, 1)
    with pytest.raises(Invalid):
        change_account(account=old, changes={"customer_since": timezone.localdate() + TOMORROW}, by=SYSTEM)
