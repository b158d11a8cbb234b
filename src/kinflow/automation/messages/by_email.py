"""By e-mail, through Django's mail settings; the Message-ID stays the same however often it is sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Problem
from kinflow.organisation.people.models import Person

from .models import Delivery
from .wording import letter


class NoAddress(Problem):
    """The person has no address of this kind."""

    code = "no-address"
    title = gettext_lazy("The receiver has no address")


def send_email(delivery: Delivery) -> None:
    """Send one message as one mail. Raises NoAddress, and what the mail server says."""
    subject, text = letter(delivery.message)
    post(delivery.message.person, subject, text, delivery.mail_id, [delivery.message.urgency])


def post(person: Person, subject: str, text: str, mail_id: str, urgencies: Sequence[str] = ()) -> None:
    """Send a mail to somebody. Raises NoAddress where they have no e-mail address."""
    if not person.email:
        raise NoAddress(
            _("%(name)s has no e-mail address.") % {"name": person.name},
            remedy=_("Give them one under Organisation, then try again."),
        )
    headers = {"Message-ID": mail_id, "Auto-Submitted": "auto-generated"}
    if "urgent" in urgencies:
        headers["X-Priority"] = "1"
    EmailMessage(subject, text, to=[person.email], headers=headers).send()
