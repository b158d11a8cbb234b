"""What people write reads as people write."""

import re
from collections.abc import Iterator

from .measures import Log

PLACEHOLDER = re.compile(r"[{}\[\]|¶]|None|lorem|TODO|XXX", re.IGNORECASE)
HAN = re.compile(r"[\u4e00-\u9fff]")


def texts(log: Log) -> Iterator[tuple[str, str]]:
    records = log.world.records
    for lead in records.leads:
        yield lead.key, lead.need
    for case in records.cases:
        yield case.key, f"{case.subject}\n{case.description}\n{case.solution}"
    for email in records.emails:
        yield email.key, f"{email.subject}\n{email.text}\n{email.answer}"
    for activity in records.activities:
        yield activity.key, f"{activity.subject}\n{activity.notes}"


def test_no_placeholder_is_left(log: Log) -> None:
    for key, text in texts(log):
        assert not PLACEHOLDER.search(text), (key, text)


def test_chinese_customers_write_chinese(log: Log) -> None:
    for lead in log.world.records.leads:
        if lead.language == "zh" and "test" not in lead.need:
            letters = re.sub(r"[\W\d_]", "", lead.need)
            assert len(HAN.findall(letters)) >= 0.45 * len(letters), lead.need


def test_customers_abroad_do_not_write_chinese(log: Log) -> None:
    found = [lead.need for lead in log.world.records.leads if lead.country != "CN"]
    assert len(found) > 100
    assert not [need for need in found if HAN.search(need)]


def test_our_people_write_english_where_we_sell_abroad_and_chinese_elsewhere(log: Log) -> None:
    written = [a for a in log.world.records.activities if a.notes]
    assert len(written) > 5000
    abroad = [a for a in written if log.world.scene.roster.writes_english(a.owner)]
    assert len(abroad) > 300
    assert not [a for a in abroad if HAN.search(a.subject + a.notes)]
    assert all(HAN.search(a.notes) for a in written if not log.world.scene.roster.writes_english(a.owner))


def test_mails_come_in_many_languages_with_subject_greeting_and_signature(log: Log) -> None:
    emails = list(log.world.records.emails)
    assert {email.language for email in emails} >= {"zh", "en", "es", "de", "ru"}
    for email in emails:
        assert email.subject.strip()
        assert email.text.startswith(email.fresh_text)
        assert email.sender_name in email.text
        assert email.is_automatic or "\n" in email.fresh_text


def test_replies_quote_what_they_answer(log: Log) -> None:
    quoting = [email for email in log.world.records.emails if "\n> " in email.text]
    assert len(quoting) > 200
    assert all("> " not in email.fresh_text for email in quoting)


def test_texts_vary(log: Log) -> None:
    needs = [lead.need for lead in log.world.records.leads if lead.score > 40]
    assert len(set(needs)) > 0.98 * len(needs)
    notes = [a.notes for a in log.world.records.activities if a.topic == "site_visit" and a.notes]
    assert len(set(notes)) > 0.3 * len(notes)
