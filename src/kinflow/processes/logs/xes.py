"""XES (IEEE 1849) as columns: read event by event in bounded memory, without entities, document types or network."""

from array import array
from collections import Counter
from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from .case_attributes import Attributes
from .growing import Cases, Coded, Events, Names, Read, read_of
from .lifecycles import COMPLETE, EACH, JOINED, joined, transition_of
from .limits import DEFAULT, LogLimits, broken, too_many_events
from .times import NEVER, moments
from .xes_batches import KEYS, Batch
from .xes_feeding import feed
from .xes_room import NONE, READ

NAME, TIME, BEGUN, RESOURCE, GROUP, TRANSITION, INSTANCE = KEYS
SLOTS = {key: slot for slot, key in enumerate(KEYS)}
_NUMBERS = frozenset(("int", "float"))
_LOG, _TRACE, _EVENT = 1, 2, 3  # depths
_CHUNK = 1 << 16  # times read at once
_LOOK = 1_000  # traces between two looks at which attributes belong to events


class Enough(Exception):
    """As many events as were asked for."""


def read_xes(
    blocks: Iterable[bytes], *, lifecycle: str = JOINED, limits: LogLimits = DEFAULT, most: int = 0
) -> Read:
    """The log in an XES file given in blocks.

    `lifecycle` says whether starts and completions of a step are joined ("joined") or events of their own ("each").
    `most` ends the reading after so many events; 0 reads all. Raises UnreadableFile, FileTooLarge.
    """
    reader = _Reader(limits, most)
    try:
        feed(blocks, reader, limits)
    except Enough:
        reader.close_trace()
    return reader.finish(lifecycle)


def compile_ahead() -> None:
    """Have the machine code of the scan made and kept on disk: ten seconds once for each version of the program."""
    step = (
        '<event><string key="concept:name" value="a"/><string key="lifecycle:transition" value="{}"/></event>'
    )
    read_xes([f"<log><trace>{step.format('start')}{step.format('complete')}</trace></log>".encode()])


class _Reader:
    """Takes tags in, and keeps what they say of events as codes."""

    def __init__(self, limits: LogLimits, most: int) -> None:
        self.limits, self.most = limits, most
        self.depth = 0
        self.level = 0  # at which tags are attributes of the open trace or event
        self.trace_tag, self.event_tag = "trace", "event"
        self.holder: dict[str, str] = {}
        self.of_trace: dict[str, str] = {}
        self.of_events: dict[str, str] = {}
        self.changed: set[str] = set()
        self.skipped: set[str] = set()
        self.numeric: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.traces = array("i")  # the case of each trace
        self.cases: Coded[str | int] = Coded()  # by name, or by number where the file says no name
        self.attributes = Attributes(limits.attributes, self.counts)
        self.activities, self.resources = Coded[str](), Coded[str]()
        self.units, self.instances = Coded[str](), Coded[str]()
        self.trace, self.activity = array("i"), array("i")
        self.resource, self.unit, self.instance = array("i"), array("i"), array("i")
        self.transition = array("b")
        self.transitions: dict[str, int] = {}
        self.times: list[str | None] = []
        self.begun: dict[int, str] = {}
        self.begun_at: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []  # which events, and when
        self.moments: list[NDArray[np.int64]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.depth = depth = self.depth + 1
        if depth == self.level:
            if depth == _EVENT and tag == self.event_tag:
                self.level, self.holder = _EVENT + 1, {}
                return
            key = attributes.get("key")
            if key is not None and key not in self.skipped and "value" in attributes:
                self.holder[key] = attributes["value"]
                if tag in _NUMBERS:
                    self.numeric.add(key)
        elif depth <= _TRACE:
            self._open(depth, tag)
        elif depth > self.limits.depth:
            raise broken(_("This XML file is nested too deep."))

    def _open(self, depth: int, tag: str) -> None:
        if depth == _LOG:
            prefix, _colon, name = tag.rpartition(":")
            if name != "log":
                raise broken(_("This XML file is no XES log: it begins with <%s>.") % tag[:40])
            if prefix:
                self.trace_tag, self.event_tag = f"{prefix}:trace", f"{prefix}:event"
        elif tag == self.trace_tag:
            self.level = _EVENT
            self.holder = self.of_trace = {}
            self.of_events, self.changed = {}, set()
        elif tag == self.event_tag:
            self.counts["outside"] += 1

    def end(self, _tag: str) -> None:
        """A tag closes."""
        depth = self.depth
        self.depth = depth - 1
        if depth == _EVENT:
            if self.level == _EVENT + 1:
                self._close_event(self.holder)
                self.level, self.holder = _EVENT, self.of_trace
        elif depth == _TRACE and self.level == _EVENT:
            self.close_trace()

    @property
    def takes_events(self) -> bool:
        """Whether a case is open, and no event in it."""
        return self.level == _EVENT and self.depth == _TRACE

    def take(self, event: dict[str, str]) -> None:
        """An event as a whole, its attributes by their keys."""
        for key in self.skipped:
            event.pop(key, None)
        self._close_event(event)

    def _close_event(self, event: dict[str, str]) -> None:
        name = event.pop(NAME, None)
        self.activity.append(-1 if name is None else self.activities.code(name))
        self.trace.append(len(self.traces))
        self.times.append(event.pop(TIME, None))
        resource, unit = event.pop(RESOURCE, None), event.pop(GROUP, None)
        self.resource.append(self.resources.code(resource) if resource else -1)
        self.unit.append(self.units.code(unit) if unit else -1)
        word, instance = event.pop(TRANSITION, None), event.pop(INSTANCE, None)
        self.transition.append(COMPLETE if word is None else self._transition(word))
        self.instance.append(-1 if instance is None else self.instances.code(instance))
        if BEGUN in event:
            self.begun[len(self.trace) - 1] = event.pop(BEGUN)
        if not self.of_events:
            self.of_events = event
        elif event and event != self.of_events:
            self._compare(event)
        if len(self.times) >= _CHUNK:
            self._read_times()
        if len(self.trace) > self.limits.events:
            raise too_many_events(self.limits)
        if self.most and len(self.trace) >= self.most:
            raise Enough

    def _transition(self, word: str) -> int:
        found = self.transitions.get(word)
        if found is None:
            found = self.transitions[word] = transition_of(word)
        return found

    def _compare(self, event: dict[str, str]) -> None:
        known = self.of_events
        for key, value in event.items():
            if known.setdefault(key, value) != value:
                self.changed.add(key)

    def close_trace(self) -> None:
        """Note which case the trace is: by its name, or its number in the file where it has none."""
        number = len(self.traces) + 1
        name = self.of_trace.pop(NAME, None)
        case = self.cases.code(number if name is None else name)
        values = {**self.of_events, **self.of_trace}
        self.attributes.put(case, values, self.changed - self.of_trace.keys())
        self.traces.append(case)
        self.level = 0
        self.of_trace, self.of_events = {}, {}
        if number % _LOOK == 0:
            self.skipped = self.attributes.restless()

    @property
    def takes_traces(self) -> bool:
        """Whether the next trace may come as a whole: no case is open, and all are asked for."""
        return self.depth == _LOG and self.level == 0 and self.trace_tag == "trace" and not self.most

    def take_traces(self, batch: Batch) -> None:
        """Traces as a whole, what they say as numbers of texts."""
        self._read_times()
        before = len(self.traces)
        names = batch.of_traces(SLOTS[NAME]).tolist()
        cases = np.array(
            [
                self.cases.code(before + number if name < 0 else batch.text(name))
                for number, name in enumerate(names, start=1)
            ],
            np.int32,
        )
        self.numeric |= batch.numeric - self.skipped
        self._take_moments(batch)
        for into, key, code_of in (
            (self.activity, NAME, self.activities.code),
            (self.resource, RESOURCE, lambda told: self.resources.code(told) if told else -1),
            (self.unit, GROUP, lambda told: self.units.code(told) if told else -1),
            (self.instance, INSTANCE, self.instances.code),
        ):
            into.frombytes(batch.coded(batch.of_events(SLOTS[key]), code_of).tobytes())
        transitions = batch.coded(batch.of_events(SLOTS[TRANSITION]), self._transition)
        transitions[batch.of_events(SLOTS[TRANSITION]) < 0] = COMPLETE
        self.transition.frombytes(transitions.astype(np.int8).tobytes())
        numbers = np.arange(before, before + batch.traces, dtype=np.int32)
        self.trace.frombytes(np.repeat(numbers, batch.lengths).tobytes())
        if len(self.trace) > self.limits.events:
            raise too_many_events(self.limits)
        self._take_attributes(batch, cases)

    def _take_moments(self, batch: Batch) -> None:
        told = batch.of_events(SLOTS[TIME])
        at = np.where(told == READ, batch.room.at[: batch.events], NEVER)
        left = np.flatnonzero(told >= 0)
        if len(left):
            at[left] = moments([batch.text(number) for number in told[left].tolist()])
        self.moments.append(at)
        told = batch.of_events(SLOTS[BEGUN])
        which = np.flatnonzero(told != NONE)
        if len(which):
            begun, left = batch.room.begun_at[which], np.flatnonzero(told[which] >= 0)
            begun[left] = moments([batch.text(number) for number in told[which[left]].tolist()])
            self.begun_at.append((which + len(self.trace), begun))

    def _take_attributes(self, batch: Batch, cases: NDArray[np.int32]) -> None:
        """Note what is known of the cases; at the same traces as elsewhere it is looked which attributes are restless."""
        columns = {key: batch.of_cases(slot) for slot, key in enumerate(batch.keys) if slot != SLOTS[NAME]}
        begin = 0
        while begin < len(cases):
            end = min(len(cases), begin + _LOOK - len(self.traces) % _LOOK)
            self.traces.frombytes(cases[begin:end].tobytes())
            for key in columns.keys() - self.skipped:
                numbers, changes = columns[key][0][begin:end], columns[key][1][begin:end]
                there = np.flatnonzero(numbers >= 0)
                one = self.attributes.called(key) if len(there) else None
                if one is not None:
                    one.put_many(cases[begin:end][there].astype(np.int64), numbers[there], batch.coded)
                    one.changes += int(changes.sum())
            if len(self.traces) % _LOOK == 0:
                self.skipped = self.attributes.restless()
            begin = end

    def _case_name(self, case: str | int) -> str:
        if isinstance(case, str):
            return case
        return f"#{case}" if str(case) in self.cases.codes else str(case)

    def _read_times(self) -> None:
        if self.times:
            self.moments.append(moments(self.times))
            self.times = []

    def finish(self, lifecycle: str) -> Read:
        """The log, after the last tag."""
        self._read_times()
        at = np.concatenate([np.empty(0, np.int64), *self.moments])
        begun_at = at.copy()
        for which, begun in self.begun_at:
            begun_at[which] = begun
        if self.begun:
            begun_at[list(self.begun)] = moments(list(self.begun.values()))
        traces = _array(self.traces)
        if len(self.trace) and int(self.trace[-1]) >= len(traces):
            raise broken(_("This XES log ends in the middle of a case."))
        events = Events(
            traces[_array(self.trace)] if len(traces) else _array(self.trace),
            _array(self.activity),
            at,
            begun_at,
            _array(self.resource),
            _array(self.unit),
        )
        if lifecycle != EACH:
            kinds = np.frombuffer(self.transition, np.int8) if self.transition else np.zeros(0, np.int8)
            events = joined(events, kinds, _array(self.instance), self.counts)
        cases = Cases([self._case_name(case) for case in self.cases.values])
        self.attributes.fill(cases, self.numeric)
        names = Names(self.activities.values, self.resources.values, self.units.values)
        return read_of(events, cases, names, self.counts)


def _array(values: array) -> NDArray[np.int32]:
    return np.frombuffer(values, np.int32) if values else np.zeros(0, np.int32)
