"""Instances moved in one transaction: read with few queries, moved in memory, written with few statements."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from kinflow.automation.clock import drop_free_moments, set_moments
from kinflow.eventlog import bulk
from kinflow.eventlog.each import delete_each, insert_each, update_each

from .around import Around
from .held import Row
from .marking import Token
from .models import MOVING, OPEN, ProcessInstance, ProcessToken, ProcessWait
from .shadow import Shadow
from .working import Working

_STANDS = ("node", "state", "flow", "scope", "times", "done")
_KEPT = ("since", "activity_id", "attempts", "happened", "fault", "remedy")
_TOKEN, _WAIT = ("instance_id", "number"), ("instance_id", "token", "node")
_stands, _kept, _moving = attrgetter(*_STANDS), attrgetter(*_KEPT), attrgetter(*MOVING)


@dataclass
class Stored:
    """What the database has of an instance."""

    fields: tuple[Any, ...] = ()
    tokens: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    waits: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)


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
        wanted = sorted(set(ids) - self.works.keys())
        if not wanted:
            return
        rows = ProcessInstance.objects.select_for_update(no_key=True).filter(pk__in=wanted, state__in=OPEN)
        found = {row.pk: row for row in rows.order_by("pk")}
        self.designs_of({row.design_id for row in found.values()})
        for row in found.values():
            row.design = self.design(row.design_id)
            self._put(row, Stored(_moving(row)))
        tokens = ProcessToken.objects.filter(instance_id__in=list(found)).order_by("instance_id", "number")
        for pk, number, *values in tokens.values_list(*_TOKEN, *_STANDS, *_KEPT):
            work = self.works[pk]
            work.marking.tokens[number] = Token(number, *values[: len(_STANDS)])
            work.rows[number] = Row(*values[len(_STANDS) :])
            self._stored[pk].tokens[number] = tuple(values)
        waits = ProcessWait.objects.filter(instance_id__in=list(found)).order_by("pk")
        for pk, token, node, *what in waits.values_list(*_WAIT, "what", "event"):
            self.works[pk].waits[token, node] = self._stored[pk].waits[token, node] = (what[0], what[1])

    def add(self, instance: ProcessInstance) -> Working:
        """A new instance, which has its id already."""
        work = self._put(instance, Stored())
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

    def touch(self, work: Working) -> None:
        """Say before a work is changed that it is: it is written then, and brought back where what changes it fails."""
        self._touched[work.instance.pk] = work
        self.undo_with(work.image())

    def _put(self, instance: ProcessInstance, stored: Stored) -> Working:
        work = (Shadow if instance.is_shadow else Working)(instance, self)
        self.works[instance.pk], self._stored[instance.pk] = work, stored
        self.at.setdefault((instance.about_kind, instance.about_id), {})[instance.pk] = work
        return work

    def _forget(self, work: Working) -> None:
        instance = work.instance
        for of in (self.works, self._stored, self._touched, self.at[instance.about_kind, instance.about_id]):
            of.pop(instance.pk, None)

    def write(self) -> None:
        """Write what has changed: instances, tokens, waits, moments, each kind with a statement or two."""
        works = list(self._touched.values())
        self._touched.clear()
        self._write_instances(works)
        self._write_tokens(works)
        self._write_waits(works)
        _tell_clock(works)

    def _write_instances(self, works: list[Working]) -> None:
        new: list[ProcessInstance] = []
        changed: list[ProcessInstance] = []
        for work in works:
            instance, stored = work.instance, self._stored[work.instance.pk]
            instance.last_token = work.marking.last
            fields = _moving(instance)
            if not stored.fields:
                new.append(instance)
            elif fields != stored.fields:
                changed.append(instance)
            stored.fields = fields
        bulk.insert(new)
        bulk.update_each(changed, MOVING)

    def _write_tokens(self, works: list[Working]) -> None:
        gone: list[tuple[Any, ...]] = []
        new: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        for work in works:
            pk, stored = work.instance.pk, self._stored[work.instance.pk].tokens
            standing = {n: (*_stands(t), *_kept(work.row(t))) for n, t in work.marking.tokens.items()}
            gone += [(pk, number) for number in stored if number not in standing]
            for number, values in standing.items():
                if number not in stored:
                    new.append((pk, number, *values))
                elif values != stored[number]:
                    changed.append((pk, number, *values))
            self._stored[pk].tokens = standing
        delete_each(ProcessToken, _TOKEN, gone)
        update_each(ProcessToken, _TOKEN, (*_STANDS, *_KEPT), changed)
        insert_each(ProcessToken, (*_TOKEN, *_STANDS, *_KEPT), new)

    def _write_waits(self, works: list[Working]) -> None:
        gone: list[tuple[Any, ...]] = []
        new: list[tuple[Any, ...]] = []
        for work in works:
            instance, stored = work.instance, self._stored[work.instance.pk].waits
            gone += [(instance.pk, *key) for key, what in stored.items() if work.waits.get(key) != what]
            waiting = [(*key, *what) for key, what in work.waits.items() if stored.get(key) != what]
            new += [(instance.pk, *wait, instance.about_kind, instance.about_id) for wait in waiting]
            self._stored[instance.pk].waits = dict(work.waits)
        delete_each(ProcessWait, _WAIT, gone)
        insert_each(ProcessWait, (*_WAIT, "what", "event", "about_kind", "about_id"), new)


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
    yield batch
    batch.write()
