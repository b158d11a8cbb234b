"""Sign-ins for those who may be seen at the demo's door."""

from collections.abc import Iterator

from kinflow.eventlog import Actor
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER

from ..company.company import Company
from ..sign_ins import PASSWORD, SEATS
from .book import Book

ROLES = {
    "process": PROCESS_OWNER,
    "admin": ADMINISTRATOR,
    "audit": AUDITOR,
}
"""By login, the role of whom it is for, where no seat is named."""


def open_the_door(book: Book, company: Company, by: Actor) -> None:
    """Give each of them a sign-in with the password that is shown."""
    for login, key in seats_of(company):
        language = "en" if login == "overseas" else "zh-hans"
        create_user(login=login, person=book.of("person", key), password=PASSWORD, language=language, by=by)


def seats_of(company: Company) -> Iterator[tuple[str, str]]:
    """Login and key of each person who gets a sign-in."""
    for _shown, login, seat in SEATS:
        key = seat or next(person.key for person in company.people if ROLES[login] in person.roles)
        yield login, key
