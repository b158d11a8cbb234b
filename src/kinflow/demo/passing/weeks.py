"""Letting weeks pass in the demo: what is recorded gets older, and the business of the weeks is played and written."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up, readers
from kinflow.kit.problem import Refused
from kinflow.processes.deployments.models import RUNNING, Deployment
from kinflow.service.cases.events import CaseRated

from ..calling import call_on
from ..company.company import Company
from ..engine.chance import Streams
from ..market.prospects import Prospect
from ..seeding.book import Book
from ..seeding.founding import no_garbage_collected, read_so_far
from ..seeding.history import put_records, write_log
from ..stories.taking_up import take_up
from ..volumes import Volumes
from ..world import World, go_on
from .ageing import age
from .clock import newest
from .customers import Customers, customers_of
from .instances import Instances
from .left import note_left, weeks_left
from .people import NotTheDemo, book_of
from .tasks import Tasks
from .trials import Trials, put_placements
from .waiting import Waiting

LEAST, MOST = 2, 52
WEEK = timedelta(weeks=1)
KEEPING = ("search", "segments", "customers.duplicates", "automation.scoring_reports")
"""Readers that keep in order what is derived from records: these read of the weeks; to all others they are long past."""
Told = Callable[[str], None]
COUNTED = ("lead_captured", "opportunity_opened", "case_opened", "email_received")


@dataclass
class Passed:
    """What came in the weeks: how much of each kind, records placed by deployments, and entries of the log."""

    weeks: int = 0
    came: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    entries: int = 0

    def add(self, other: "Passed") -> None:
        """Add what came in another week."""
        self.weeks += other.weeks
        self.came += other.came
        self.placed += other.placed
        self.entries += other.entries


@dataclass
class Weeks:
    """Weeks on their way: their world, what of it was written, and the deployments that place its records."""

    world: World
    book: Book
    trials: Trials
    instances: Instances

    @classmethod
    def begun(cls, seed: int, now: datetime, weeks: int, volumes: Volumes | None = None) -> "Weeks":
        """Weeks that end at `now`, none of which has passed. Raises NotTheDemo."""
        began_at, found = now - timedelta(weeks=weeks), _Found()

        def known_to(company: Company, streams: Streams) -> tuple[list[Prospect], set[str]]:
            found.book = book_of(company, began_at)
            found.customers = customers_of(found.book, company, streams, began_at)
            return found.customers.prospects, found.customers.taken

        told = Entry.objects.exclude(name=CaseRated.name).count()  # ratings change nothing that comes
        chapter = f"after {told} entries"
        world = go_on(seed, now, weeks=weeks, chapter=chapter, known_to=known_to, volumes=volumes)
        book, ledger = found.book, world.records
        found.customers.put_into(ledger)
        Waiting(book, ledger).read()
        take_up(world.scene)
        first = world.scene.first
        call_on(
            world.scene,
            volumes or Volumes.going_on(first, 7 * weeks),
            len(found.customers.prospects),
            7 * weeks,
        )
        trials = Trials(ledger, {key: row.pk for key, row in book.rows.get("opportunity", {}).items()})
        book.rows["opportunity id"] = trials.ids
        world.scene.is_spared = trials.is_spared
        people = {row.pk: key for key, row in book.rows["person"].items()}
        tasks = Tasks(world.scene, people, world.scene.streams.of("tasks of instances"))
        return cls(world, book, trials, Instances(tasks))


class _Found:
    """What is found about the company on the way."""

    book: Book
    customers: Customers


def deal_with_the_past(now: datetime) -> None:
    """Let all readers that will not read of the weeks read what is before them."""
    others = [which for name, which in readers.items() if name not in KEEPING]
    while any(catch_up(which, now) for which in others):
        pass


def pass_weeks(
    weeks: int, now: datetime, *, seed: int, volumes: Volumes | None = None, told: Told = lambda what: None
) -> Passed:
    """Let so many weeks pass in the demo of this seed, each of them all or nothing.

    Everything recorded is then so much older, and the business of the weeks came since. `deal_with_the_past` comes first.
    Where it is broken off, some weeks have passed; `take_back` brings what is recorded up to the present then, as does
    the next call. Raises NotTheDemo.
    """
    if not LEAST <= weeks <= MOST:
        raise ValueError(f"between {LEAST} and {MOST} weeks can pass at once")
    refuse_elsewhere()
    passed = Passed()
    with no_garbage_collected():
        told(f"Making what is recorded {weeks} weeks older")
        _move(weeks, now)
        told("Looking who the customers are, and what is open")
        begun = Weeks.begun(seed, now, weeks, volumes)
        for number in range(1, weeks + 1):
            left = weeks - number
            with transaction.atomic():
                until, last = now - timedelta(weeks=left), newest()
                week = let_week_pass(weeks=begun, until=until, by=SYSTEM)
                begun.instances.play(last, until - WEEK, until)
                note_left(left, now)
                read_so_far(but=KEEPING)
            passed.add(week)
            told(f"Week {number} of {weeks}: {in_words(week.came)}")
    return passed


def in_words(came: Counter[str]) -> str:
    """How much came of each kind."""
    leads, sales, cases, letters = (came[kind] for kind in COUNTED)
    return f"{leads:,} leads, {sales:,} opportunities, {cases:,} service requests, {letters:,} e-mails"


def take_back(now: datetime) -> int:
    """Bring what is recorded up to the present where weeks were left over; how many were."""
    left = weeks_left()
    if left:
        _move(0, now)
    return left


def _move(weeks: int, now: datetime) -> None:
    """Let so many weeks lie between what is recorded and the present."""
    with transaction.atomic():
        by = weeks - weeks_left()
        if by:
            age(by)
        note_left(weeks, now)


def refuse_elsewhere() -> None:
    """Weeks pass in a demo only. Raises NotTheDemo."""
    if not Entry.objects.filter(command="demo.take_over_history").exists() or not _is_superuser():
        raise NotTheDemo(_("Weeks pass in the demo only, which has its own database."))


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [[found]] = cursor.fetchall()
    return bool(found)


@action
def let_week_pass(*, weeks: Weeks, until: datetime, by: Actor) -> Passed:
    """Play up to a moment, and write what came of it. Raises Refused."""
    if by.kind != "system":
        raise Refused(_("Only the system itself lets weeks pass."))
    weeks.trials.follow(_running())
    happenings = list(weeks.world.until(until))
    put_records(weeks.book, weeks.world.records, happenings)
    placed = put_placements(weeks.book, weeks.trials, happenings)
    entries = write_log(weeks.book, happenings)
    return Passed(1, Counter(h.kind for h in happenings if h.kind in COUNTED), placed, entries)


def _running() -> Iterable[Deployment]:
    rows = Deployment.objects.select_related("design__owner__unit").filter(state=RUNNING)
    return rows.filter(design__kind="opportunity").order_by("pk")
