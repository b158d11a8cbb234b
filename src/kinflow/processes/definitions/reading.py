"""A process read: its log as the reader may see it."""

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Context, parse, to_q
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.organisation.models import Person, Unit
from kinflow.records.faces import VOCABULARY, registry

from ..access import may_see_people, sees_processes
from ..columns import EventColumns
from ..columns.events import NOBODY
from ..columns.filtering import sub_log
from .levels import on_level
from .models import Process
from .sources import source_of
from .steps import Level, steps_of
from .store import fresh

MOST_REMEMBERED = 12
A_MINUTE = 60
_remembered: OrderedDict[Hashable, EventColumns] = OrderedDict()
_turn = threading.Lock()


@dataclass(frozen=True)
class _Raw:
    """A log before anybody may see it; `state` is another value whenever it may be another log."""

    state: Hashable
    read: Callable[[], EventColumns]
    is_ours: bool = True


def columns_of_process(process: Process, by: Actor, *, level: Level = "steps") -> EventColumns:
    """The log of a process, complete up to now: cases by their numbers (L-17), people and units by their names.

    Who may not see what single people do gets a log without people. The log of another system has one level only.
    As long as nothing changed it is the same object, so that what was counted over it can be kept.
    Raises Refused for who sees no processes, NotFound where the log of another system is gone.
    """
    refuse_strangers(by)
    raw, with_people = _raw(process), may_see_people(by)
    base = (process.pk, process.version, raw.state, level)
    levelled = _remembered_or(base, lambda: _levelled(process, raw, level))
    people = _names(Person, levelled.resources) if raw.is_ours and with_people else ()
    units = _names(Unit, levelled.units) if raw.is_ours else ()
    return _remembered_or(
        (*base, with_people, people, units), lambda: _shown(levelled, with_people, people, units)
    )


def _remembered_or(key: Hashable, read: Callable[[], EventColumns]) -> EventColumns:
    found = _remembered.get(key) or read()
    with _turn:
        _remembered[key] = found
        _remembered.move_to_end(key)
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return found


def _levelled(process: Process, raw: _Raw, level: Level) -> EventColumns:
    """The log on a level, its cases by their numbers."""
    if not raw.is_ours:
        return raw.read()
    columns, prefix = on_level(raw.read(), steps_of(process.steps), level), registry[process.case_kind].prefix
    return replace(columns, case_ids=[f"{prefix}-{each}" for each in columns.case_ids])


def columns_by_id(process: Process, *, level: Level = "steps") -> EventColumns:
    """The log of a process, with people and units by their ids where it is ours.

    For figures of the whole; nobody is to be shown the people in it without `may_see_people`.
    """
    raw = _raw(process)
    return on_level(raw.read(), steps_of(process.steps), level) if raw.is_ours else raw.read()


def columns_with_ids(process: Process, by: Actor, *, level: Level = "steps") -> EventColumns:
    """The log of a process, complete up to now: cases by their numbers, people and units by their ids where it is ours.

    For figures of groups of people; nobody is to be shown the people in it without `may_see_people`. As long as
    nothing changed it is the same object. Raises Refused, NotFound.
    """
    refuse_strangers(by)
    raw = _raw(process)
    base = (process.pk, process.version, raw.state, level)
    return _remembered_or(base, lambda: _levelled(process, raw, level))


def without_people(columns: EventColumns) -> EventColumns:
    """The log without who did what."""
    return replace(columns, resource=np.full(columns.events, NOBODY, np.int32), resources=())


def _raw(process: Process) -> _Raw:
    """The log as it is kept: ours on the finest level, without the cases that are not this process's."""
    if not process.case_kind:
        source = source_of(process)
        if source is None:
            raise NotFound(_("The log of this process is gone."), remedy=_("Read it in once more."))
        return _Raw(source.state, source.read, is_ours=False)
    held = fresh(process.case_kind, steps_of(process.steps))
    if not process.condition:
        return _Raw(held.edition, lambda: held.columns)
    # What meets a condition may change by the clock alone, too.
    state = (held.edition, int(time.time()) // A_MINUTE)
    return _Raw(state, lambda: _meeting(process, held.columns))


def _meeting(process: Process, columns: EventColumns) -> EventColumns:
    """The log of the cases that meet the process's condition now."""
    condition = parse(process.condition, process.case_kind, VOCABULARY)
    context = Context(timezone.now(), timezone.get_current_timezone())
    rows = registry[process.case_kind].model._default_manager.filter(to_q(condition, context))
    meeting = np.fromiter(rows.values_list("pk", flat=True).iterator(chunk_size=10_000), np.int64)
    known = np.array([int(each) for each in columns.case_ids], np.int64)
    return sub_log(columns, np.isin(known, meeting))


def _shown(
    columns: EventColumns, with_people: bool, people: Sequence[str], units: Sequence[str]
) -> EventColumns:
    """The log as the reader may see it, with names where they are known."""
    if people or units:
        columns = replace(columns, resources=people or columns.resources, units=units or columns.units)
    return columns if with_people else without_people(columns)


def _names(model: type[Person] | type[Unit], ids: Sequence[str]) -> tuple[str, ...]:
    """The names of ids; those that several have, and ids without a name, with the id beside."""
    rows = model._default_manager.filter(pk__among=[int(each) for each in ids])
    names = {str(row.pk): row.name for row in rows}
    often = Counter(names.values())
    told = ((each, names.get(each, "")) for each in ids)
    return tuple(name if name and often[name] == 1 else f"{name} #{each}".strip() for each, name in told)


def refuse_strangers(by: Actor) -> None:
    """Raise Refused unless the actor sees processes."""
    if not sees_processes(by):
        raise Refused(_("Processes are not for you to see."), remedy=_("Ask a process owner."))


def process_called(name: str, by: Actor) -> Process:
    """The process with this key, or else this name in one of the languages. Raises NotFound, Refused."""
    refuse_strangers(by)
    rows = Process.objects.all()
    found = (
        rows.filter(key=name).first() or rows.filter(name=name).first() or rows.filter(name_zh=name).first()
    )
    if found is None:
        raise NotFound(
            _("There is no process “%(name)s”.") % {"name": name},
            remedy=_("There are: %(names)s.") % {"names": ", ".join(rows.values_list("key", flat=True))},
        )
    return found
