"""Sign-ins for those who may be seen at the demo's door."""

from collections import Counter
from collections.abc import Callable, Iterator

from kinflow.eventlog import Actor
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    MARKETER,
    PROCESS_OWNER,
    REPRESENTATIVE,
    TEAM_LEAD,
)

from ..company.facts import Person
from ..ledger import Ledger
from ..sign_ins import PASSWORD
from ..world import World
from .book import Book

SELLS, SERVES = ("east", "north", "south", "key"), ("hotline", "technicians", "service-planning")


def _is(role: str) -> Callable[[Person], bool]:
    return lambda person: role in person.roles


SEATS: dict[str, Callable[[Person], bool]] = {
    "sales": lambda person: person.roles == (REPRESENTATIVE,) and person.unit.startswith(SELLS),
    "overseas": lambda person: person.roles == (REPRESENTATIVE,) and person.unit.startswith("overseas"),
    "lead": lambda person: {TEAM_LEAD, REPRESENTATIVE} <= set(person.roles) and person.unit.startswith(SELLS),
    "service": lambda person: person.roles == (AGENT,) and person.unit.startswith(SERVES),
    "marketing": _is(MARKETER),
    "process": _is(PROCESS_OWNER),
    "admin": _is(ADMINISTRATOR),
    "audit": _is(AUDITOR),
}
"""Who may get each login; of several the one with the most work waiting, so that there is something to see."""


def open_the_door(book: Book, world: World, by: Actor) -> None:
    """Give each of them a sign-in with the password that is shown."""
    for login, key in shown(world):
        language = "en" if login == "overseas" else "zh-hans"
        create_user(login=login, person=book.of("person", key), password=PASSWORD, language=language, by=by)


def shown(world: World) -> Iterator[tuple[str, str]]:
    """Login and key of each person who gets a sign-in."""
    waiting = open_work(world.records)
    for login, fits in SEATS.items():
        able = [p.key for p in world.company.people if fits(p) and p.left_on is None]
        yield login, max(able, key=lambda key: waiting[key])


def open_work(ledger: Ledger) -> Counter[str]:
    """How much work waits at each person's desk at the end, by the person's key."""
    owners = [
        *(lead.owner for lead in ledger.leads if lead.closed_at is None),
        *(sale.owner for sale in ledger.opportunities if sale.outcome == "open"),
        *(case.owner for case in ledger.cases if case.status in ("new", "open", "waiting")),
        *(work.owner for work in ledger.activities if work.status in ("planned", "started")),
    ]
    return Counter(owner for owner in owners if owner)
