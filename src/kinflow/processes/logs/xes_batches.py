"""Many plain traces of XES at once: numbers from a scan, and the texts behind them."""

from collections.abc import Callable, Collection
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .xes_room import SPECIAL, Room, room_for
from .xes_scanning import Found, scan

Numbers = NDArray[np.int32]
KEYS = (
    "concept:name",
    "time:timestamp",
    "start_timestamp",
    "org:resource",
    "org:group",
    "lifecycle:transition",
    "concept:instance",
)
"""The keys of the special slots, in their order."""


class Batch:
    """Traces that follow each other in a file. Columns are numbers of texts, -1 where there is none."""

    def __init__(self, raw: bytes, room: Room, found: Found) -> None:
        self.raw, self.room, self.found = raw, room, found
        self.traces, self.events = found.traces, found.events
        self.known: dict[int, str] = {}

    @cached_property
    def keys(self) -> list[str]:
        """The key of each slot."""
        ends = self.room.key_ends[: int(self.room.key_count[0]) + 1].tolist()
        joined = self.room.keys[: ends[-1]].tobytes().decode()
        return [joined[begin:end] for begin, end in zip(ends, ends[1:], strict=False)]

    @property
    def numeric(self) -> set[str]:
        """The keys that numbers were told by, so far."""
        return {key for slot, key in enumerate(self.keys) if self.room.numeric[slot]}

    @property
    def lengths(self) -> Numbers:
        """How many events each trace has."""
        return np.diff(self.room.first_event[: self.traces + 1])

    def of_events(self, slot: int) -> Numbers:
        """What the events say in a slot."""
        return self.room.values[: self.events, slot]

    def of_traces(self, slot: int) -> Numbers:
        """What the traces themselves say in a slot."""
        return self.room.of_trace[: self.traces, slot]

    def of_cases(self, slot: int) -> tuple[Numbers, NDArray[np.bool_]]:
        """What a trace says in a slot or else its first event that says anything; and whether its events say more."""
        own = self.of_traces(slot)
        if slot < SPECIAL:
            return own, np.zeros(self.traces, np.bool_)
        changes = self.room.changes[: self.traces, slot] & (own < 0)
        return np.where(own < 0, self.room.first[: self.traces, slot], own), changes

    def text(self, number: int) -> str:
        """The text of a number."""
        found = self.known.get(number)
        if found is None:
            begin = int(self.room.text_at[number])
            told = self.raw[begin : begin + int(self.room.text_length[number])].decode()
            found = self.known[number] = _without_references(told) if "&" in told else told
        return found

    def coded(self, column: Numbers, code_of: Callable[[str], int]) -> Numbers:
        """The codes of a column's texts, asked for in the order in which they first come; -1 where there is none."""
        used, first = np.unique(column, return_index=True)
        table = np.full(self.found.texts + 1, -1, np.int32)
        for number in used[np.argsort(first)].tolist():
            if number >= 0:
                table[number] = code_of(self.text(number))
        return table[np.maximum(column, -1)]


def _without_references(text: str) -> str:
    """The text that is meant; a scan lets no other references pass."""
    for reference, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(reference, sign)
    return text


class Scanner:
    """Scans a file piece by piece, and remembers its keys."""

    def __init__(self) -> None:
        self.room = room_for(KEYS)

    def scan(self, raw: bytes, begin: int, end: int, skipped: Collection[str]) -> Batch:
        """The plain traces from `begin` on, none of which goes beyond `end`; values of skipped keys are passed over.

        Raises UnicodeDecodeError for what is not UTF-8.
        """
        keys = Batch(raw, self.room, Found(0, 0, 0, 0, 0, True)).keys
        for slot in range(SPECIAL, len(keys)):
            self.room.skipped[slot] = keys[slot] in skipped
        found = Found(*scan(np.frombuffer(raw, np.uint8), begin, end, self.room))
        if not found.is_ascii:
            raw[begin : found.place].decode()
        return Batch(raw, self.room, found)
