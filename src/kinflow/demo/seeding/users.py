"""Sign-ins for those who may be seen at the demo's door."""

from collections.abc import Iterator

from kinflow.eventlog import Actor
from kinflow.organisation.users.actions import create_user

from ..company.company import Company
from ..sign_ins import PASSWORD, SEATS
from .book import Book

ROLES = {
    "process owner": "process_owner",
    "administrator": "administrator",
    "auditor": "auditor",
}
"""The role by which somebody is found who is shown for it and has no seat named."""


def open_the_door(book: Book, company: Company, by: Actor) -> None:
    """Give each of them a sign-in with the password that is shown."""
    for login, key in seats_of(company):
        language = "en" if login == "overseas" else "zh-hans"
        create_user(login=login, person=book.of("person", key), password=PASSWORD, language=language, by=by)


def seats_of(company: Company) -> Iterator[tuple[str, str]]:
    """Login and key of each person who gets a sign-in."""
    for shown, (seat, login) in SEATS.items():
        key = seat or next(person.key for person in company.people if ROLES[shown] in person.roles)
        yield login, key
