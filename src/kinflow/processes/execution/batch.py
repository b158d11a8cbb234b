"""Instances moved in one transaction: read with few queries, moved in memory, written with few statements."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from kinflow.automation.clock import drop_free_moments, set_moments
from kinflow.eventlog import bulk
from kinflow.eventlog.each import delete_each, insert_each, replace_each, update_each
from kinflow.kit.garbage import keeping_all
from kinflow.kit.standing import StandingQuery, asked, in_one_go

from .around import Around
from .gathering import gates_of, let_go_together
from .held import TOKEN, TOKEN_VALUES, WAIT, Flat, Waits
from .models import MOVING, OPEN, ProcessInstance, ProcessToken, ProcessWait
from .shadow import Shadow
from .shadow_steps import Standing
from .working import Working

_moving = attrgetter(*MOVING)
_open = StandingQuery[ProcessInstance](
    lambda ids: (
        ProcessInstance.objects.select_for_update(no_key=True)
        .filter(pk__among=ids, state__in=OPEN)
        .order_by("pk")
    ),
    1,
)
_TOKENS = f"SELECT {', '.join((*TOKEN, *TOKEN_VALUES))} FROM processes_processtoken"  # noqa: S608
_WAITS = f"SELECT {', '.join(WAIT)}, what, event FROM processes_processwait"  # noqa: S608


class Read(NamedTuple):
    """What the database has of instances that are locked: the rows, and by id of these tokens and waits."""

    rows: dict[int, ProcessInstance]
    tokens: dict[int, Flat]
    waits: dict[int, Waits]


@dataclass
class Stored:
    """What the database has of an instance."""

    fields: tuple[Any, ...] = ()
    tokens: Flat = field(default_factory=dict)
    waits: Waits = field(default_factory=dict)

    def back_to(self, work: Working) -> None:
        """Let an instance be as it is stored."""
        vars(work.instance).update(zip(MOVING, self.fields, strict=True))
        self.lay(work)

    def lay(self, work: Working) -> None:
        """Let the tokens of an instance stand, and wait for what they do, as stored."""
        work.lay(self.tokens, max(max(self.tokens, default=0), work.instance.last_token))
        work.waits = dict(self.waits)

    def image(self, work: Working) -> Callable[[], None]:
        """What brings an instance back that is in memory as it is stored: cheaper than an image of what is there."""
        kept, plan = Stored(self.fields, self.tokens, self.waits), work.plan

        def back() -> None:
            kept.back_to(work)
            work.plan, work.moments, work.calls, work.calls_left = plan, {}, {}, []

        return back


class Batch(Around):
    """The instances of a batch by id, all locked until the transaction ends; only open ones are read."""

    def __init__(self) -> None:
        super().__init__()
        self.works: dict[int, Working] = {}
        self.at: dict[tuple[str, int], dict[int, Working]] = {}
        """The works by what they are about."""
        self._stored: dict[int, Stored] = {}
        self._touched: dict[int, Working] = {}

    def about(self) -> set[tuple[str, int]]:
        """What the instances are about, and those that are to be."""
        return super().about() | self.at.keys()

    def hold(self, ids: Iterable[int]) -> None:
        """Lock instances, in the order of their ids so that no two batches wait for each other, and read them."""
        self.take(self.read(ids))

    def read(self, ids: Iterable[int]) -> Read:
        """The same; only those that are taken are of the batch then."""
        wanted = sorted(set(ids) - self.works.keys())
        found = {row.id: row for row in _open(wanted)} if wanted else {}
        read = Read(found, {pk: {} for pk in found}, {pk: {} for pk in found})
        if not found:
            return read
        self._expected |= {(row.about_kind, row.about_id) for row in found.values()}
        with in_one_go():
            take_designs = self.designs_asked({row.design_id for row in found.values()})
            take_stubs = self.stubs_asked((row.about_kind, row.about_id) for row in found.values())
            tokens = asked(f"{_TOKENS} WHERE instance_id = ANY(%s) ORDER BY instance_id, number", [[*found]])
            waits = asked(f"{_WAITS} WHERE instance_id = ANY(%s) ORDER BY id", [[*found]])
        take_designs()
        take_stubs()
        for row in found.values():
            row._state.fields_cache["design"] = self.design(row.design_id)
        for row_of in tokens():
            read.tokens[row_of[0]][row_of[1]] = row_of[2:]
        for pk, token, node, what, event in waits():
            read.waits[pk][token, node] = (what, event)
        return read

    def take(self, read: Read, ids: Iterable[int] | None = None) -> None:
        """Take instances that were read, all or these, as works of the batch."""
        for pk in read.rows if ids is None else ids:
            stored = Stored(_moving(read.rows[pk]), read.tokens[pk], read.waits[pk])
            stored.lay(self._put(self.work_of(read, pk), stored))

    def work_of(self, read: Read, pk: int) -> Working:
        """An instance that was read, in memory: neither of the batch, nor with its tokens yet."""
        return self._working(read.rows[pk])

    def add(self, instance: ProcessInstance) -> Working:
        """A new instance, which has its id already."""
        work = self._put(self._working(instance), Stored())
        self.undo_with(lambda: self._forget(work))
        self._touched[instance.pk] = work
        return work

    def children(self, parent: ProcessInstance, token: int) -> list[int]:
        """The open instances that a token of another called, by their ids."""
        rows = ProcessInstance.objects.filter(parent_id=parent.pk, parent_token=token, state__in=OPEN)
        new = [
            pk
            for pk, w in self.works.items()
            if (w.instance.parent_id, w.instance.parent_token) == (parent.pk, token)
        ]
        return sorted({*rows.values_list("pk", flat=True), *new})

    def beside(self, instance: ProcessInstance) -> list[Standing]:
        """The instances in operation that one in shadow watches: those of the batch as they stand in memory."""
        others = [one for one in super().beside(instance) if one.pk not in self.works]
        for pk, work in self.at.get((instance.about_kind, instance.about_id), {}).items():
            here = work.instance
            if not here.is_shadow and here.deployment_id == instance.deployment_id:
                nodes = frozenset(token.node for token in work.marking.tokens.values())
                others.append(Standing(pk, here.number, nodes if here.is_open else frozenset(), here.results))
        return others

    def touch(self, work: Working) -> None:
        """Say before a work is changed that it is: it is written then, and brought back where what changes it fails."""
        pk = work.pk
        if self.is_trying:
            is_fresh = pk not in self._touched
            self.undo_with(self._stored[pk].image(work) if is_fresh else work.image())
        self._touched[pk] = work

    def _working(self, instance: ProcessInstance) -> Working:
        return (Shadow if instance.is_shadow else Working)(instance, self)

    def _put(self, work: Working, stored: Stored) -> Working:
        self.works[work.pk], self._stored[work.pk] = work, stored
        self.at.setdefault(work.about, {})[work.pk] = work
        return work

    def _forget(self, work: Working) -> None:
        instance = work.instance
        for of in (self.works, self._stored, self._touched, self.at[instance.about_kind, instance.about_id]):
            of.pop(instance.pk, None)

    def write(self) -> None:
        """Write what has changed: instances, tokens, waits, moments, each kind with a statement or two."""
        works = list(self._touched.values())
        self._touched.clear()
        new, changed = self._of_instances(works)
        bulk.insert(new)
        with in_one_go():
            bulk.update_each(changed, MOVING)
            self._write_tokens(works)
            self._write_waits(works)
        gates = gates_of(works)
        _tell_clock(works)
        let_go_together(gates, self.now)

    def leave(self) -> None:
        """Let go of the works, so that they are no garbage that has to be looked for."""
        for of in (self.works, self.at, self._stored, self._touched, self._undo):
            of.clear()

    def _of_instances(self, works: list[Working]) -> tuple[list[ProcessInstance], list[ProcessInstance]]:
        """The instances that are new, and those that have changed."""
        new: list[ProcessInstance] = []
        changed: list[ProcessInstance] = []
        for work in works:
            instance, stored = work.instance, self._stored[work.pk]
            standing, last = work.as_stored()
            if last > next(reversed(standing), 0):  # they stand in the order of their numbers
                instance.last_token = last  # else the newest token says it
            fields = _moving(instance)
            if not stored.fields:
                new.append(instance)
            elif fields != stored.fields:
                changed.append(instance)
            stored.fields = fields
        return new, changed

    def _write_tokens(self, works: list[Working]) -> None:
        """One that goes gives its row to one that comes."""
        gone: list[tuple[Any, ...]] = []
        new: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        moved: list[tuple[Any, ...]] = []
        for work in works:
            pk, stored = work.pk, self._stored[work.pk].tokens
            standing, _last = work.as_stored()
            left = [number for number in stored if number not in standing]
            for number, values in standing.items():
                before = stored.get(number)
                if before is None:
                    if left:
                        moved.append((pk, left.pop(), number, *values))
                    else:
                        new.append((pk, number, *values))
                elif values is not before and values != before:
                    changed.append((pk, number, *values))
            gone += [(pk, number) for number in left]
            self._stored[pk].tokens = standing
        delete_each(ProcessToken, TOKEN, gone)
        update_each(ProcessToken, TOKEN, TOKEN_VALUES, changed)
        replace_each(ProcessToken, TOKEN, ("number", *TOKEN_VALUES), moved)
        insert_each(ProcessToken, (*TOKEN, *TOKEN_VALUES), new)

    def _write_waits(self, works: list[Working]) -> None:
        """One that goes gives its row to one that comes; only one of each instance, so that their order stays."""
        gone: list[tuple[Any, ...]] = []
        new: list[tuple[Any, ...]] = []
        moved: list[tuple[Any, ...]] = []
        for work in works:
            pk, stored = work.pk, self._stored[work.pk].waits
            left = [key for key, what in stored.items() if work.waits.get(key) != what]
            waiting = [(*key, *what) for key, what in work.waits.items() if stored.get(key) != what]
            if left and waiting:
                moved.append((pk, *left.pop(), *waiting.pop(0)))
            gone += [(pk, *key) for key in left]
            new += [(pk, *wait, *work.about) for wait in waiting]
            self._stored[pk].waits = dict(work.waits)
        delete_each(ProcessWait, WAIT, gone)
        replace_each(ProcessWait, WAIT, ("token", "node", "what", "event"), moved)
        insert_each(ProcessWait, (*WAIT, "what", "event", "about_kind", "about_id"), new)


def _tell_clock(works: list[Working]) -> None:
    """Set the moments that the works wait for, and take those away that they do not wait for any more."""
    dropped: dict[str, list[str]] = {}
    due: dict[str, list[tuple[str, Any, Any]]] = {}
    for work in works:
        for (handler, key), moment in work.moments.items():
            if moment is None:
                dropped.setdefault(handler, []).append(key)
            else:
                due.setdefault(handler, []).append((key, *moment))
        work.moments.clear()
    for handler, keys in dropped.items():
        drop_free_moments(handler, keys)
    for handler, moments in due.items():
        set_moments(handler, moments)


@contextmanager
def moved_together() -> Iterator[Batch]:
    """A batch that is written at the end; within an action."""
    batch = Batch()
    with keeping_all():
        try:
            yield batch
            batch.write()
        finally:
            batch.leave()
