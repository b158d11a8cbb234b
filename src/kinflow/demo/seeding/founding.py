"""Founding the demo company: its history, its scorings, its sign-ins, what came in this morning, and the search."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Cursor, Entry
from kinflow.eventlog.readers import readers
from kinflow.organisation.people.models import Person
from kinflow.organisation.users.actors import actor_of
from kinflow.organisation.users.models import User
from kinflow.processes.definitions.shipped import shipped_processes
from kinflow.records.search.indexing import rebuild

from ..volumes import Volumes
from ..world import build
from .arrivals import let_arrive
from .authority import set_up_authority
from .book import Book
from .history import take_over_history
from .noticing import tell_of_late
from .segments_and_pool import fill_the_pool, keep_sets
from .users import open_the_door
from .working_by_itself import let_it_work, look_back

WEBSITE = Actor("portal", "website", "官网")


class AlreadyFounded(Exception):
    """Something happened in this database already."""


def found(
    seed: int,
    now: datetime,
    *,
    days: int = 730,
    volumes: Volumes | None = None,
    told: Callable[[str], None] = lambda what: None,
) -> int:
    """Found the company in an empty database, all or nothing; how many entries its log has.

    `now` (with its time zone) is when the history ends. Raises AlreadyFounded where the log is not empty.
    """
    if Entry.objects.exists():
        raise AlreadyFounded("The log of this database is not empty; the demo company needs an empty one.")
    with no_garbage_collected():
        return _found(seed, now, days, volumes, told)


@contextmanager
def no_garbage_collected() -> Iterator[None]:
    """Without looking for garbage among millions of values that are all still needed: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _found(seed: int, now: datetime, days: int, volumes: Volumes | None, told: Callable[[str], None]) -> int:
    told("Imagining the company and its market")
    world = build(seed, now, days=days, volumes=volumes)
    with transaction.atomic():
        book = take_over_history(world=world, told=told, by=SYSTEM)
        shipped_scorings(SYSTEM)
        shipped_processes(SYSTEM)
        open_the_door(book, world, SYSTEM)
        read_so_far()
        told("Letting rules, segments and the pool work")
        _let_work(book, now)
        told("Making everything findable")
        rebuild()
        told("Taking over who decided what")
        set_up_authority(stamped=world.scene.troubles.rubber_stamp, now=now, by=SYSTEM)
        tell_of_late(now)
        let_arrive(book=book, scene=world.scene, by=WEBSITE)
    return Entry.objects.count()


def _let_work(book: Book, now: datetime) -> None:
    """What works by itself, kept by those whose task it is."""
    marketer = User.objects.select_related("person__unit").get(username="marketing")
    keeper = Person.objects.get(user__username="admin")
    let_it_work(book=book, keeper=keeper, by=SYSTEM, now=now)
    keep_sets(owner=actor_of(marketer), now=now, by=SYSTEM)
    fill_the_pool(by=SYSTEM)
    look_back(now)


def read_so_far(but: Collection[str] = ()) -> None:
    """All readers but those named stand behind what was written: nobody is to be told today of what is long past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [[tx]] = cursor.fetchall()
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    for name in readers.keys() - set(but):
        Cursor.objects.update_or_create(reader=name, defaults={"tx": tx, "entry_id": last or 0})
