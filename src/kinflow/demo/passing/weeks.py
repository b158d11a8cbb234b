"""Letting weeks pass in the demo: what is recorded gets older, and the sales of the weeks are played and written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up, readers
from kinflow.kit.problem import Refused
from kinflow.processes.deployments.models import RUNNING, Deployment

from ..seeding.founding import no_garbage_collected, read_so_far
from ..seeding.history import put_records, write_log
from ..volumes import YEARS_DAYS, Volumes
from ..world import World, build
from .ageing import age
from .people import NotTheDemo, book_of
from .trials import Trials, put_placements

LEAST, MOST = 2, 52
KEEPING = ("search", "segments", "customers.duplicates", "automation.scoring_reports")
"""Readers that keep in order what is derived from records: these read of the weeks; to all others they are long past."""


@dataclass(frozen=True)
class Passed:
    """What came in the weeks: opportunities, those placed by deployments, and entries of the log."""

    opportunities: int
    placed: int
    entries: int


def sales_of(weeks: int) -> Volumes:
    """The sales of so many weeks, with a few old accounts, and neither service nor spare parts."""
    share = 7 * weeks / YEARS_DAYS
    known, fresh = 40, ceil(2260 * share)
    return Volumes(
        accounts=known + fresh,
        contacts=3 * (known + fresh),
        known=known,
        strangers=ceil(880 * share),
        returning=ceil(2300 * share),
        cases=0,
        parts=0,
        needless_mails=0,
    )


def deal_with_the_past(now: datetime) -> None:
    """Let all readers that will not read of the weeks read what is before them."""
    others = [which for name, which in readers.items() if name not in KEEPING]
    while any(catch_up(which, now) for which in others):
        pass


def pass_weeks(
    weeks: int,
    now: datetime,
    *,
    seed: int,
    volumes: Volumes | None = None,
    told: Callable[[str], None] = lambda what: None,
) -> Passed:
    """Let so many weeks pass in the demo of this seed, all or nothing.

    Everything recorded is then so much older, and new opportunities came since, each placed by the deployments that run
    and played as its version says. `deal_with_the_past` comes first. Raises NotTheDemo.
    """
    if not LEAST <= weeks <= MOST:
        raise ValueError(f"between {LEAST} and {MOST} weeks can pass at once")
    if not Entry.objects.filter(command="demo.take_over_history").exists() or not _is_superuser():
        raise NotTheDemo(_("Weeks pass in the demo only, which has its own database."))
    with no_garbage_collected(), transaction.atomic():
        told(f"Making what is recorded {weeks} weeks older")
        age(weeks)
        chapter = f"after {Entry.objects.count()} entries"
        told(f"Playing {weeks} weeks of sales")
        world = build(seed, now, days=7 * weeks, volumes=volumes or sales_of(weeks), chapter=chapter)
        passed = play_weeks(world=world, began_at=now - timedelta(weeks=weeks), by=SYSTEM)
        read_so_far(but=KEEPING)
    return passed


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [[found]] = cursor.fetchall()
    return bool(found)


@action
def play_weeks(*, world: World, began_at: datetime, by: Actor) -> Passed:
    """Play the weeks that begin at a moment, and write what came of them. Raises Refused, NotTheDemo."""
    if by.kind != "system":
        raise Refused(_("Only the system itself lets weeks pass."))
    book = book_of(world.company, began_at)
    running = Deployment.objects.select_related("design__owner__unit").filter(
        state=RUNNING, design__kind="opportunity"
    )
    trials = Trials(list(running.order_by("pk")), world.records)
    world.scene.is_spared = trials.is_spared
    happenings = list(world.happenings())
    book.rows["opportunity id"] = trials.ids
    put_records(book, world.records, happenings)
    placed = put_placements(book, trials, happenings)
    entries = write_log(book, happenings)
    return Passed(len(world.records.opportunities), placed, entries)
