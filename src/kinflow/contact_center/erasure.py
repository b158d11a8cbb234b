"""What the contact centre forgets when a contact's personal data are erased: letters, files and all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.eventlog.erasure import forget
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader

from .emails import files
from .emails.models import Attachment, Email, Thread

BLANKED = ("sender_name", "sender", "subject", "text", "fresh_text", "html", "digest")


@dataclass(frozen=True, kw_only=True)
class EmailsErased(Event):
    """The letters of an erased contact are gone, with their files; that they came stays."""

    contact: Contact
    emails: list[Email] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    icon = "trash"
    sentence = _("{by} erased the e-mails of {contact}")


@action
def erase_emails(*, contact: Contact, by: Actor) -> None:
    """Blank the contact's e-mails, drop their attachments, and remove the files that no other e-mail has."""
    emails = list(Email.objects.select_for_update(of=("self",)).filter(contact=contact).order_by("pk"))
    if not emails:
        return
    raw = {email.digest for email in emails if email.digest}
    attached: set[str] = set()
    for email in emails:
        for attachment in email.attachments.all():
            attached.add(attachment.sha256)
            attachment.delete()
        for name in BLANKED:
            setattr(email, name, "")
        email.recipients, email.problems = [], []
        email.save()
        forget("email", email.pk)
    threads = _threads_of(emails)
    record(EmailsErased(contact=contact, emails=emails, threads=threads))
    transaction.on_commit(lambda: _remove(raw, attached))


def _threads_of(emails: Iterable[Email]) -> list[Thread]:
    """The threads in which nobody else wrote, without their subjects."""
    ids = {email.thread_id for email in emails}
    others = Email.objects.filter(thread__in=ids).exclude(pk__in=[email.pk for email in emails])
    theirs = ids - set(others.values_list("thread_id", flat=True))
    threads = list(Thread.objects.select_for_update(of=("self",)).filter(pk__in=theirs).order_by("pk"))
    for thread in threads:
        thread.subject = ""
        thread.save()
    return threads


def _remove(raw: set[str], attached: set[str]) -> None:
    still = set(Attachment.objects.filter(sha256__in=attached).values_list("sha256", flat=True))
    for digest in attached - still:
        files.place_of("attachments", digest).unlink(missing_ok=True)
    for digest in raw - set(Email.objects.filter(digest__in=raw).values_list("digest", flat=True)):
        files.place_of("mails", digest).unlink(missing_ok=True)


erasing = reader("contact-center-erasure", from_start=True)


@erasing.on("customers.contact_erased")
def after_erasure(entry: Entry) -> None:
    """Follow the erasure of a contact."""
    mention = entry.mentions.get(role="contact")
    contact = Contact.objects.get(pk=mention.object_id)
    erase_emails(contact=contact, by=SYSTEM.because_of(entry.pk, entry.depth))
