"""A digest: what waited, in one mail, in the person's language."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .by_email import post
from .models import Delivery
from .wording import language_of, letter


def send_digest(rows: list[Delivery]) -> None:
    """Send these deliveries to one person as one mail; named by the first of them."""
    person = rows[0].message.person
    letters = [letter(row.message) for row in rows]
    with translation.override(language_of(person)):
        count = len(rows)
        subject = ngettext("Kinflow: %(count)d message", "Kinflow: %(count)d messages", count)
        opening = _("What was told to you since the last digest:")
    parts = [f"{n}. {head}\n{text}" for n, (head, text) in enumerate(letters, 1)]
    mail_id = rows[0].mail_id.replace("<message-", "<digest-")
    post(person, subject % {"count": count}, "\n\n".join([opening, *parts]), mail_id)
