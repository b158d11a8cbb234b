"""Instances of deployed designs in weeks that pass: they begin and go on by the log, and people do their tasks."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction

from kinflow.automation.assignments.arriving import arrivals, rule_actor
from kinflow.automation.assignments.batch import assign_many
from kinflow.automation.assignments.unowned import waiting
from kinflow.automation.clock.models import Moment
from kinflow.automation.clock.moments import handlers, together
from kinflow.automation.scorings.using import scorings_for
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import Reader, handle, readers
from kinflow.eventlog.timeline import entries_in_order
from kinflow.processes.deployments import following as deployments
from kinflow.processes.deployments.ending import GUARDS
from kinflow.processes.deployments.models import RUNNING, Deployment
from kinflow.processes.execution import following as execution
from kinflow.processes.execution.models import OPEN, ProcessInstance, ProcessWait

from .clock import newest, played_at
from .tasks import Tasks

log = logging.getLogger(__name__)
MOMENTS = "processes."
"""How the handlers of what is due are called that play a part: timers, other tries, calls that ended, guards, shadows."""
PLANNED = "customers.activity_planned"
SOON = timedelta(hours=3)
"""At the latest so long after something happened follows what it brings about; so often guards are asked."""
LONGEST = 40
"""So often what follows is followed in turn, before it is left to the next occasion."""


class Coming(NamedTuple):
    """An entry that is yet to be followed."""

    at: datetime
    pk: int
    name: str
    about: list[tuple[str, int]]


@dataclass
class Instances:
    """The instances while weeks are played: what lets them go on lies in `tasks`, in the log and with the clock."""

    tasks: Tasks
    _coming: deque[Coming] = field(default_factory=deque)
    _triggers: set[str] = field(default_factory=set)
    _waiting: set[tuple[str, int]] = field(default_factory=set)
    _seen: int = 0
    _is_due: list[Moment] | None = None
    """What is due next; None where it has to be looked for."""

    def play(self, after: int, since: datetime, until: datetime) -> None:
        """Play what the entries after one bring about from one moment to another, in order of time.

        Within a transaction.
        """
        if not self._look():
            return
        with played_at(since):
            self.tasks.find()
        self._coming = deque(self._entries_after(after))
        self._seen, self._is_due = newest(), None
        follows_at = None
        while True:
            found = self._next(until)
            if follows_at is not None and (found is None or found[0] > follows_at):
                self._follow_on(follows_at)
                follows_at = None
            elif found is None:
                return
            else:
                moment, do = found
                follows_at = follows_at or min(moment + SOON, until)
                with played_at(moment):
                    do(moment)
                self._is_due = None

    def _look(self) -> bool:
        """What is waited for now; whether there is anything to play at all."""
        self._triggers = deployments.wanted()
        self._waiting = set(ProcessWait.objects.values_list("about_kind", "about_id"))
        is_running = Deployment.objects.filter(state=RUNNING).exists()
        return is_running or ProcessInstance.objects.filter(state__in=OPEN).exists()

    def _entries_after(self, after: int) -> list[Coming]:
        """The entries about records of kinds for which there are designs, in order of time."""
        kinds = set(Deployment.objects.filter(state=RUNNING).values_list("design__kind", flat=True))
        kinds |= set(ProcessInstance.objects.filter(state__in=OPEN).values_list("about_kind", flat=True))
        found: dict[int, Coming] = {}
        told = Mention.objects.filter(entry_id__gt=after, kind__in=kinds).order_by("entry_id", "pk")
        for pk, at, name, kind, about in told.values_list(
            "entry_id", "entry__at", "entry__name", "kind", "object_id"
        ):
            found.setdefault(pk, Coming(at, pk, name, [])).about.append((kind, about))
        return sorted(found.values())

    def _next(self, until: datetime) -> tuple[datetime, Callable[[datetime], None]] | None:
        """What comes next, and how it is done."""
        if self._is_due is None:
            ours = [name for name in handlers if name.startswith(MOMENTS)]
            self._is_due = list(Moment.objects.filter(at__lte=until, handler__in=ours).order_by("at")[:1])
        while self._coming and not self._concerns(self._coming[0]):
            self._coming.popleft()
        due: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        due += [(moment.at, 0, partial(_handle, moment)) for moment in self._is_due if moment.at]
        due += [(coming.at, 1, self._take_entry) for coming in [*islice(self._coming, 1)]]
        if (task := self.tasks.next_at()) is not None:
            due.append((task, 2, self.tasks.do_next))
        at, _order, do = min(due, key=itemgetter(0, 1), default=(until, 0, None))
        return (at, do) if do is not None and at <= until else None

    def _concerns(self, coming: Coming) -> bool:
        return coming.name in self._triggers or not self._waiting.isdisjoint(coming.about)

    def _take_entry(self, moment: datetime) -> None:
        self._follow(entries_in_order([self._coming.popleft().pk]), moment)

    def _follow(self, entries: Sequence[Entry], moment: datetime) -> None:
        """Let the readers of the processes have entries."""
        for following in (execution, deployments):
            names = following.wanted()
            _read(readers[following.NAME], [entry for entry in entries if entry.name in names], moment)

    def _follow_on(self, moment: datetime) -> None:
        """Follow what was brought about, until nothing follows any more."""
        for _round in range(LONGEST):
            fresh = list(Entry.objects.filter(pk__gt=self._seen).order_by("pk").values_list("pk", flat=True))
            if not fresh:
                break
            self._seen = fresh[-1]
            with played_at(moment):
                entries = entries_in_order(fresh)
                self._follow(entries, moment)
                _give_out(entries, moment)
        with played_at(moment):
            self.tasks.find()
        self._look()
        self._is_due = None


def _read(which: Reader, entries: Sequence[Entry], now: datetime) -> None:
    """Let a reader have entries, all of them together; one by one where that fails."""
    while entries and which.together is not None:
        try:
            with transaction.atomic():
                done = which.together(entries)
        except Exception:
            log.warning("%s takes these entries one by one", which.name, exc_info=True)
            for entry in entries:
                handle(which, entry, now)
            return
        entries = entries[done:] if done is not None else ()


def _give_out(entries: Sequence[Entry], now: datetime) -> None:
    """Find the people for what has arrived: for tasks together, since they are many."""
    tasks = []
    for entry in entries:
        if entry.name == PLANNED:
            tasks += [mention.object_id for mention in entry.mentioned if mention.kind == "activity"]
        elif entry.name in arrivals.handlers:
            handle(arrivals, entry, now)
    waits = list(waiting("activity").filter(pk__in=tasks).values_list("pk", flat=True))
    found = scorings_for("activity", waits)
    for scoring in {row.pk: row for row in found.values()}.values():
        its = [pk for pk in waits if pk in found and found[pk].pk == scoring.pk]
        assign_many(kind="activity", ids=its, now=now, by=rule_actor(scoring, None))


def _handle(moment: Moment, now: datetime) -> None:
    """Do what is due; what fails is left for somebody to look at."""
    try:
        with transaction.atomic():
            Moment.objects.filter(pk=moment.pk).delete()
            if moment.handler in together:
                together[moment.handler]([moment.payload], now)
            else:
                handlers[moment.handler](moment.payload, now)
        if moment.handler == GUARDS:
            again = Moment.objects.filter(handler=GUARDS, key=moment.key, at__lt=now + SOON)
            again.update(at=now + SOON)
    except Exception as error:
        log.exception("%s failed at %s", moment.handler, moment.key)
        Moment.objects.filter(pk=moment.pk).update(at=None, error=f"{type(error).__name__}: {error}"[:2000])
