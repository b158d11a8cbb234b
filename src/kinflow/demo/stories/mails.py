"""E-mails that come in and are answered: composed as people write them, with quotation and signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ..company.people import DOMAIN
from ..engine.chance import Chance
from ..records import Contact, Email, Thread
from ..scene import Scene
from ..words import mails as words

SALES, EXPORT, SERVICE, PARTS = f"sales@{DOMAIN}", f"export@{DOMAIN}", f"service@{DOMAIN}", f"parts@{DOMAIN}"

ADDRESSED = (
    ("总经理", "总"),
    ("经理", "经理"),
    ("工程师", "工"),
    ("主任", "主任"),
    ("厂长", "厂长"),
    ("主管", "主管"),
    ("班长", "班长"),
)
"""How people in China are addressed by their post: the family name, and this."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a customer writes: `kind` chooses the phrases, `slots` fill them.

    `quoted` is what it answers, written so many hours ago.
    """

    kind: str
    slots: Mapping[str, Any]
    to: str
    thread: str | None = None
    quoted: str = ""
    hours_ago: float = 1.0


def _say(table: Mapping[str, Any], language: str, chance: Chance, slots: Mapping[str, Any]) -> str:
    said: str = table.get(language, table["en"]).say(chance, slots)
    return said.strip().replace("¶", "\n\n")


def receive(
    scene: Scene,
    chance: Chance,
    contact: Contact,
    letter: Letter,
    *,
    product: str | None = None,
    case: str | None = None,
    is_automatic: bool = False,
) -> Email:
    """A letter comes in; mail software puts it in its thread."""
    language = contact.language
    thread = (
        scene.ledger.threads[letter.thread] if letter.thread else _begin(scene, chance, contact, letter, case)
    )
    body = _say(words.BODIES[letter.kind], language, chance, letter.slots)
    fresh = body if is_automatic else f"{_say(words.GREETINGS, language, chance, {})}\n\n{body}"
    number = len(scene.ledger.emails) + 1
    email = scene.ledger.emails.add(
        Email(
            key=scene.ledger.emails.next_key(),
            thread=thread.key,
            message_id=thread.message_id
            if not letter.thread
            else f"<{number:06}.{thread.key}@{_host(contact)}>",
            in_reply_to=thread.message_id if letter.thread else "",
            sender_name=contact.name,
            sender=contact.email or f"nobody@{_host(contact)}",
            recipients=(letter.to,),
            subject=f"Re: {thread.subject}" if letter.thread else thread.subject,
            text=f"{fresh}\n\n{contact.name}"
            if is_automatic
            else fresh + _below(scene, chance, contact, letter),
            fresh_text=fresh,
            sent_at=scene.ledger.now - timedelta(seconds=chance.randint(2, 40)),
            language=language,
            contact=contact.key,
            account=contact.account,
            product=product,
            case=case or thread.case,
            is_automatic=is_automatic,
        )
    )
    scene.tell("email_received", "system:mail", _subjects(email), thread=thread.key)
    return email


def _host(contact: Contact) -> str:
    return contact.email.partition("@")[2] or "webmail.example"


def _begin(scene: Scene, chance: Chance, contact: Contact, letter: Letter, case: str | None) -> Thread:
    number = len(scene.ledger.threads) + 1
    if letter.kind in words.SUBJECTS:
        subject = _say(words.SUBJECTS[letter.kind], contact.language, chance, letter.slots)
    else:
        subject = str(letter.slots["subject"])
    return scene.ledger.threads.add(
        Thread(
            key=scene.ledger.threads.next_key(),
            subject=subject,
            message_id=f"<{number:06}.{chance.randrange(16**8):08x}@{_host(contact)}>",
            case=case,
        )
    )


def _below(scene: Scene, chance: Chance, contact: Contact, letter: Letter) -> str:
    """The closing, the signature, and what the letter answers, quoted."""
    closing = _say(words.CLOSINGS, contact.language, chance, {})
    post = f"{contact.department} {contact.title}" if contact.language == "zh" else contact.title
    lines = [closing, contact.name, post.strip()]
    if contact.account:
        account = scene.ledger.accounts[contact.account]
        lines += [account.name, account.address if chance.hit(0.5) else ""]
    text = "\n".join(["", "", *filter(None, [*lines, contact.phone])])
    if not letter.quoted:
        return text
    when = f"{scene.local - timedelta(hours=letter.hours_ago):%Y-%m-%d %H:%M}"
    who = letter.to
    head = words.QUOTED.get(contact.language, words.QUOTED["en"]).format(when=when, who=who)
    return f"{text}\n\n{head}\n" + "\n".join(f"> {line}" for line in letter.quoted.splitlines())


def _subjects(email: Email) -> dict[str, str]:
    subjects = {"email": email.key}
    for role in ("contact", "account", "case"):
        key = getattr(email, role)
        if key:
            subjects[role] = key
    return subjects


def assign_email(scene: Scene, email: Email, person: str, by: str = "system:mail") -> Email:
    """Put the letter on somebody's desk."""
    email = scene.ledger.emails.change(email.key, owner=person, assigned_at=scene.ledger.now)
    scene.tell("email_assigned", by, _subjects(email), person=person)
    return email


def relate(scene: Scene, email: str, **fields: Any) -> Email:
    """Join the letter to the case it belongs to."""
    changed_email = scene.ledger.emails.change(email, **fields)
    if fields.get("case"):
        scene.ledger.threads.change(changed_email.thread, case=fields["case"])
    return changed_email


def answer(scene: Scene, chance: Chance, email: str, by: str, slots: Mapping[str, Any], kind: str) -> str:
    """Answer the letter; returns the text."""
    letter = scene.ledger.emails[email]
    language = (
        letter.language
        if letter.language in words.ANSWERS[kind]
        else ("zh" if letter.language == "zh" else "en")
    )
    greeting = _greeting(scene, letter, language)
    text = _say(words.ANSWERS[kind], language, chance, {**slots, "greeting": greeting})
    sender = scene.roster.people[by]
    name = sender.name if language == "zh" else sender.latin_name
    company = "鲸川泵业" if language == "zh" else "Jingchuan Pumps"
    text = f"{text}\n\n{name}\n{company}"
    email_now = scene.ledger.emails.change(
        email, status="answered", answered_at=scene.ledger.now, answer=text, owner=by
    )
    scene.tell("email_answered", by, _subjects(email_now), text=text)
    return text


def _greeting(scene: Scene, letter: Email, language: str) -> str:
    contact = scene.ledger.contacts[letter.contact] if letter.contact else None
    if contact is None:
        return {"zh": "您好：", "es": "Buenos días:", "de": "Guten Tag,"}.get(language, "Hello,")
    if language == "zh":
        address = next((called for post, called in ADDRESSED if post in contact.title), "")
        return f"{contact.family_name}{address}，您好：" if address else "您好："
    return {"es": f"Buenos días, {contact.given_name}:", "de": f"Guten Tag {contact.name},"}.get(
        language, f"Dear {contact.given_name},"
    )


def ignore(scene: Scene, email: str, by: str) -> None:
    """Decide that the letter needs no answer."""
    letter = scene.ledger.emails.change(email, status="ignored", owner=by)
    scene.tell("email_ignored", by, _subjects(letter))
