"""The messages as bytes."""

from kinflow.contact_center.emails.decoding import decode
from kinflow.demo.mime import raw_message

from .measures import Log


def test_a_message_is_understood_as_it_was_meant(log: Log) -> None:
    for email in list(log.world.records.emails)[:300]:
        decoded = decode(raw_message(email))
        assert decoded.subject == email.subject
        assert decoded.sender.address == email.sender
        assert decoded.sender.name == email.sender_name
        assert decoded.text.strip() == email.text.strip()
        assert decoded.is_automatic == email.is_automatic
        assert decoded.in_reply_to.strip("<>") == email.in_reply_to.strip("<>")
        assert not decoded.flaws


def test_replies_are_told_from_what_they_quote(log: Log) -> None:
    replies = [
        email for email in log.world.records.emails if "\n> " in email.text and email.language in ("zh", "en")
    ]
    clean = [">" not in decode(raw_message(email)).fresh_text for email in replies[:200]]
    assert sum(clean) > 0.95 * len(clean)


def test_some_messages_come_in_an_old_chinese_charset(log: Log) -> None:
    raw = [raw_message(email) for email in log.world.records.emails if email.language == "zh"]
    share = sum(b"gb18030" in message for message in raw) / len(raw)
    assert 0.1 < share < 0.25
