"""A digest: what waited, in one mail, in the person's language."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .by_email import post
from .models import Delivery
from .wording import language_of, letter

NAMED = "<digest-"
"""How the Message-ID of a digest begins."""


def is_in_digest(row: Delivery) -> bool:
    """Whether the delivery goes with others in one mail."""
    return row.mail_id.startswith(NAMED)


def name_digest(rows: list[Delivery]) -> None:
    """Give deliveries that go together the Message-ID of their digest, named by the first; it stays, however often
    it is sent."""
    for row in rows:
        if not is_in_digest(row):
            row.mail_id = rows[0].mail_id.replace("<message-", NAMED)


def send_digest(rows: list[Delivery]) -> None:
    """Send these deliveries to one person as one mail."""
    person = rows[0].message.person
    letters = [letter(row.message) for row in rows]
    with translation.override(language_of(person)):
        count = len(rows)
        subject = ngettext("Kinflow: %(count)d message", "Kinflow: %(count)d messages", count)
        opening = _("What was told to you since the last digest:")
    parts = [f"{n}. {head}\n{text}" for n, (head, text) in enumerate(letters, 1)]
    post(person, subject % {"count": count}, "\n\n".join([opening, *parts]), rows[0].mail_id)
