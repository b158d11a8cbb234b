"""Taking the whole world over: rows in their latest state, and all that happened, in one transaction."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from heapq import merge
from itertools import chain

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, Event, action
from kinflow.eventlog.bulk import record_many, reserve_ids
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Refused

from ..happenings import Happening
from ..ledger import Ledger
from ..world import SHANGHAI, World
from .book import Book
from .market import put_customers, put_offer
from .organisation import put_organisation
from .telling import events_of
from .work import put_work

Told = tuple[Event | Happening, datetime]


@action
def take_over_history(*, world: World, told: Callable[[str], None], by: Actor) -> Book:
    """Put everything of the world into the database, which must be empty of it; `told` hears what is being done.

    Raises Refused for anybody but the system itself: nobody has such a history to give in daily life.
    """
    if by.kind != "system":
        raise Refused(_("Only the system itself takes over a whole history."))
    told("Playing two years of business")
    happenings = list(world.happenings())
    book = Book(datetime.combine(world.scene.first, time(), SHANGHAI) - timedelta(hours=2))
    told("Writing the records")
    put_organisation(book, world.company)
    put_offer(book, world.company)
    put_records(book, world.records, happenings)
    told("Writing the log")
    write_log(book, happenings)
    return book


def put_records(book: Book, ledger: Ledger, happenings: Sequence[Happening]) -> None:
    """Write customers and work in the state in which the happenings left them, as far as it was not written before."""
    versions = changes_of(happenings)
    put_customers(book, ledger, versions)
    put_work(book, ledger, versions)
    book.rows["first stage"] = _first_stages(book, happenings)


def changes_of(happenings: Sequence[Happening]) -> Mapping[str, int]:
    """How often each record was written: its version, by its key."""
    return Counter(chain.from_iterable(_changed(happening) for happening in happenings))


def _changed(happening: Happening) -> tuple[str, ...]:
    kind = happening.kind.partition("_")[0]
    return (happening.subjects[kind],) if kind in happening.subjects else ()


def _first_stages(book: Book, happenings: Sequence[Happening]) -> dict[int, str]:
    """The stage of life in which each account began, by its primary key, where it changed since."""
    found: dict[int, str] = {}
    for happening in happenings:
        changes = happening.details.get("changes", {})
        if happening.kind == "account_changed" and "life_stage" in changes:
            found.setdefault(book.of("account", happening.subjects["account"]).pk, changes["life_stage"][0])
    return found


def write_log(book: Book, happenings: Sequence[Happening]) -> int:
    """The log in order of time, what goes on beside the history among what happens with customers; how many entries."""
    beside: list[Told] = sorted(book.events, key=_moment)
    book.events = []
    history: list[Told] = [(happening, happening.at) for happening in happenings]
    everything = list(merge(beside, history, key=_moment))
    ids = reserve_ids(Entry, len(everything))
    return record_many(events_of(book, everything, ids), ids=ids)


def _moment(told: Told) -> datetime:
    return told[1]
