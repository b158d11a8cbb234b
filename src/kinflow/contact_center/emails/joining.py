"""Whose mail it is and what it belongs to: contact, account, thread and case of a decoded mail."""

from datetime import datetime, timedelta

from django.db import connection

from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact, ContactPoint
from kinflow.kit import emails
from kinflow.records.faces import face_of
from kinflow.service.cases.models import Case

from .decoding import DecodedEmail
from .models import Email, Thread
from .rules import FREE_MAIL, bare_subject, numbers_in

SUBJECT_HOLDS = timedelta(days=30)
"""How long a reply without any reference still finds its thread by subject and sender."""
MOST_CASES_NAMED = 5


def ids_referred(mail: DecodedEmail) -> list[str]:
    """The message numbers that the mail answers, the nearest first."""
    return list(dict.fromkeys(filter(None, (mail.in_reply_to, *reversed(mail.references)))))


def root_of(mail: DecodedEmail) -> str:
    """The number of the exchange's first message, as far as the mail knows it."""
    return next(iter(mail.references), "") or mail.in_reply_to or mail.key


def take_turns(*keys: str) -> None:
    """Let other transactions that take in one of these messages wait until this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(number) FROM (SELECT DISTINCT hashtextextended(key, 42) AS number"
            " FROM unnest(%s::text[]) AS key ORDER BY number OFFSET 0) AS ordered",
            [list(keys)],
        )


def thread_of(mail: DecodedEmail, sender: str, at: datetime) -> Thread | None:
    """The thread the mail belongs to: by what it answers, by what answered it already, or by subject and sender."""
    referred = ids_referred(mail)
    known = {
        email.message_id: email.thread
        for email in Email.objects.filter(message_id__in=referred).select_related("thread")
    }
    for message_id in referred:
        if message_id in known:
            return known[message_id]
    by_key = {thread.key: thread for thread in Thread.objects.filter(key__in=[mail.key, *referred])}
    for key in (mail.key, *referred):
        if key in by_key:
            return by_key[key]
    return None if referred else _thread_by_subject(mail, sender, at)


def _thread_by_subject(mail: DecodedEmail, sender: str, at: datetime) -> Thread | None:
    subject, is_reply = bare_subject(mail.subject)
    if not (is_reply and subject and sender):
        return None
    earlier = Email.objects.filter(
        sender=sender, thread__subject=subject, created_at__gte=at - SUBJECT_HOLDS, created_at__lte=at
    )
    found = earlier.select_related("thread").order_by("-pk").first()
    return found.thread if found else None


def contact_of(address: str) -> tuple[Contact | None, Account | None]:
    """Who writes from the normalised address, and for whom; several people behind one address are nobody."""
    if not address:
        return None, None
    ids = ContactPoint.objects.filter(kind="email", value=address).values_list("contact_id", flat=True)
    people = Contact.objects.filter(erased_at=None).select_related("account")
    found = list(people.filter(pk__in=list(ids[:20]))) or list(people.filter(email=address)[:20])
    accounts = {person.account_id: person.account for person in found}
    if not found:
        return None, _account_by_domain(address)
    return (found[0] if len(found) == 1 else None), (
        next(iter(accounts.values())) if len(accounts) == 1 else None
    )


def _account_by_domain(address: str) -> Account | None:
    """The one account all known people of the mail domain belong to."""
    domain = emails.domain_of(address)
    if not domain or domain in FREE_MAIL:
        return None
    points = ContactPoint.objects.filter(
        kind="email", value__endswith=f"@{domain}", contact__account__isnull=False, contact__erased_at=None
    )
    accounts = list(points.order_by().values_list("contact__account_id", flat=True).distinct()[:2])
    return Account.objects.get(pk=accounts[0]) if len(accounts) == 1 else None


def case_named(subject: str, contact: Contact | None, account: Account | None) -> Case | None:
    """The case whose number stands in the subject, if the sender is its contact or writes for its account."""
    numbers = numbers_in(subject, face_of(Case).prefix)[:MOST_CASES_NAMED]
    for case in Case.objects.filter(pk__in=numbers).order_by("-pk") if numbers else ():
        if contact is not None and case.contact_id == contact.pk:
            return case
        if account is not None and case.account_id == account.pk:
            return case
    return None
