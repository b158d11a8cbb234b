"""What a sender wrote this time: the text without what it answers, and without the signature."""

from .lines import clean_text
from .quotes import without_quotes
from .signatures import without_signature

LINES = 20_000


def fresh(text: str, *, sender_name: str = "") -> str:
    """The new part of a mail's text; the whole text where nothing but quotes would be left out, as in a
    forward.

    Measured in `tests/contact_center/emails/test_replies.py` against published answers, beside two libraries.
    """
    lines = clean_text(text).split("\n")[:LINES]
    written = without_quotes(lines)
    if not any(line.strip(" \t-_") for line in written):
        return clean_text(text).strip()
    return clean_text("\n".join(without_signature(written, sender_name))).strip()
