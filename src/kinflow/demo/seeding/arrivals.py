"""What came in this very morning and is nobody's yet, by ordinary actions: the worker's first look gives it out."""

from collections.abc import Iterator

from kinflow.contact_center.emails.receiving import receive_email
from kinflow.eventlog import action
from kinflow.eventlog.actor import Actor
from kinflow.sales.leads.actions import capture_lead
from kinflow.service.cases.actions import open_case

from .. import records
from ..engine.chance import Chance
from ..market.interests import interest_of
from ..market.prospects import Prospect
from ..mime import raw_message
from ..scene import Scene
from ..stories import mails, tickets
from .book import Book

LEADS, CASES, MAILS = 28, 9, 7
SOURCES = ("web", "search", "wecom")
KINDS = ("repair", "question", "complaint", "repair", "maintenance")


@action
def let_arrive(*, book: Book, scene: Scene, by: Actor) -> int:
    """New leads, cases and e-mails of customers we know; how many came in."""
    chance = scene.streams.of("this morning")
    known = _known(scene, chance)
    for number in range(LEADS):
        _lead(book, scene, chance, *next(known), SOURCES[number % len(SOURCES)], by)
    for number in range(CASES):
        _case(book, scene, chance, *_owner_of_pumps(known), KINDS[number % len(KINDS)], by)
    for _mail in range(MAILS):
        _email(scene, chance, *_writing(known), by)
    return LEADS + CASES + MAILS


def _known(scene: Scene, chance: Chance) -> Iterator[tuple[Prospect, records.Contact]]:
    """Customers with a contact each, none twice."""
    contacts = {contact.account: contact for contact in scene.ledger.contacts if contact.account}
    keys = [key for key in scene.known_accounts() if key in contacts]
    chance.shuffle(keys)
    for key in keys:
        prospect = scene.prospects[key]
        if not prospect.is_lost:
            yield prospect, contacts[key]


def _owner_of_pumps(known: Iterator[tuple[Prospect, records.Contact]]) -> tuple[Prospect, records.Contact]:
    return next((prospect, contact) for prospect, contact in known if prospect.installed)


def _writing(known: Iterator[tuple[Prospect, records.Contact]]) -> tuple[Prospect, records.Contact]:
    return next((prospect, contact) for prospect, contact in known if contact.email)


def _lead(
    book: Book,
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    contact: records.Contact,
    source: str,
    by: Actor,
) -> None:
    interest = interest_of(chance, prospect, scene.by_family, source, scene.local.month)
    capture_lead(
        contact=book.of("contact", contact.key),
        need=interest.need,
        product=book.of("product", interest.product.key),
        source=source,
        score=interest.score,
        by=by,
    )


def _case(
    book: Book,
    scene: Scene,
    chance: Chance,
    prospect: Prospect,
    contact: records.Contact,
    kind: str,
    by: Actor,
) -> None:
    ticket = tickets.open_case(scene, chance, prospect, contact, kind, "portal:service", "portal")
    said = scene.ledger.cases[ticket.key]
    open_case(
        subject=said.subject,
        description=said.description,
        kind=kind,
        priority=said.priority,
        contact=book.of("contact", contact.key),
        product=book.of("product", said.product),
        channel="portal",
        by=by,
    )


def _email(scene: Scene, chance: Chance, prospect: Prospect, contact: records.Contact, by: Actor) -> None:
    interest = interest_of(chance, prospect, scene.by_family, "email", scene.local.month)
    slots = {**interest.slots, "need": interest.need}
    letter = mails.Letter("enquiry", slots, mails.SALES)
    receive_email(raw=raw_message(mails.receive(scene, chance, contact, letter)), by=by)
