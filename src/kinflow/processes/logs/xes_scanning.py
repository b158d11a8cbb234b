"""Plain traces of XES found in bytes by machine code: values become numbers at once, no object is made for a tag.

Plain is what nearly all programs write: `<trace>`, in it attributes and `<event>`s with attributes, these as
`<string key="…" value="…"/>` (or date, int, float, boolean, id), and white space between. Whatever else comes
(attributes in attributes, comments, other quotes, unusual references, control characters) makes a trace odd: it is
left to the parser.
"""

from typing import NamedTuple

from ..columns.compiled import compiled
from .xes_moments import moment_at
from .xes_room import (
    BEGUN,
    EVENTS,
    KIND,
    NONE,
    PRIME,
    READ,
    SLOTS,
    SPECIAL,
    TIME,
    TRACES,
    Bytes,
    Room,
    number_of,
    signs,
    slot_of,
)

DONE, FULL, ODD = 0, 1, 2
TRACE, EVENT, TRACE_END, EVENT_END = map(signs, (b"<trace>", b"<event>", b"</trace>", b"</event>"))
KEY, VALUE, CLOSED = signs(b'key="'), signs(b'value="'), signs(b"/>")
STRING, DATE, INT, FLOAT, BOOLEAN, ID = map(signs, (b"string", b"date", b"int", b"float", b"boolean", b"id"))
AMP, LT, GT, QUOT = map(signs, (b"&amp;", b"&lt;", b"&gt;", b"&quot;"))


class Found(NamedTuple):
    """How far a scan came and why no farther; how many traces, events and values it found; whether all is ASCII."""

    place: int
    reason: int
    traces: int
    events: int
    texts: int
    is_ascii: bool


@compiled
def after(raw: Bytes, place: int, end: int, word: Bytes) -> int:
    """Return the place after a word that stands here; -1 where another does."""
    length = len(word)
    if place + length > end:
        return -1
    for k in range(length):
        if raw[place + k] != word[k]:
            return -1
    return place + length


@compiled
def blanks(raw: Bytes, place: int, end: int) -> int:
    """Return the first place from here on without white space."""
    while place < end and (raw[place] == 32 or raw[place] == 10 or raw[place] == 9 or raw[place] == 13):
        place += 1
    return place


@compiled
def scan(raw: Bytes, begin: int, end: int, room: Room) -> Found:
    """Find plain traces from `begin` on, which end before `end`; none of the last bytes before `end` may be white space.

    Stops at the first odd trace, or where the room is full, with its place.
    """
    room.table[:] = -1
    traces = events = texts = 0
    is_ascii = True
    place = blanks(raw, begin, end)
    room.first_event[0] = 0
    while place < end:
        start, first_event, texts_before = place, events, texts
        place = after(raw, place, end, TRACE)
        if place < 0:
            return Found(start, ODD, traces, events, texts, is_ascii)
        if traces == TRACES:
            return Found(start, FULL, traces, events, texts, is_ascii)
        room.of_trace[traces, :] = NONE
        room.first[traces, :] = NONE
        room.changes[traces, :] = False
        reason, in_event, last = DONE, False, SLOTS
        while True:
            place = blanks(raw, place, end)
            if place + 2 >= end or raw[place] != 60:
                reason = ODD
                break
            sign = raw[place + 1]
            if sign == 47:  # </
                if in_event:
                    place = after(raw, place, end, EVENT_END)
                    if place < 0:
                        reason = ODD
                        break
                    for slot in range(SPECIAL, room.key_count[0]):
                        value = room.values[events, slot]
                        if value >= 0:
                            if room.first[traces, slot] < 0:
                                room.first[traces, slot] = value
                            elif room.first[traces, slot] != value:
                                room.changes[traces, slot] = True
                    events += 1
                    in_event, last = False, SLOTS
                    continue
                place = after(raw, place, end, TRACE_END)
                if place < 0:
                    reason = ODD
                break
            if sign == 101:  # e
                place = after(raw, place, end, EVENT)
                if place < 0 or in_event:
                    reason = ODD
                    break
                if events == EVENTS:
                    reason = FULL
                    break
                room.values[events, :] = NONE
                in_event, last = True, SLOTS
                continue
            is_number = False
            if sign == 115:
                place = after(raw, place + 1, end, STRING)
            elif sign == 100:
                place = after(raw, place + 1, end, DATE)
            elif sign == 102:
                place, is_number = after(raw, place + 1, end, FLOAT), True
            elif sign == 98:
                place = after(raw, place + 1, end, BOOLEAN)
            elif sign == 105 and raw[place + 2] == 100:
                place = after(raw, place + 1, end, ID)
            elif sign == 105:
                place, is_number = after(raw, place + 1, end, INT), True
            else:
                place = -1
            if place < 0:
                reason = ODD
                break
            q = blanks(raw, place, end)
            key_begin = after(raw, q, end, KEY)
            if q == place or key_begin < 0:
                reason = ODD
                break
            slot, place = slot_of(raw, key_begin, end, last, room)
            if slot < 0:
                reason = ODD
                break
            last = slot
            q = blanks(raw, place + 1, end)
            value_begin = after(raw, q, end, VALUE)
            if q == place + 1 or value_begin < 0:
                reason = ODD
                break
            value = NONE
            if in_event and TIME <= slot <= BEGUN:
                moment, q = moment_at(raw, value_begin, end)
                if q >= 0:
                    value = READ
                    if slot == TIME:
                        room.at[events] = moment
                    else:
                        room.begun_at[events] = moment
            if value != READ:
                key = 0
                q = value_begin
                while q < end:
                    kind = KIND[raw[q]]
                    if kind == 3:
                        break
                    if kind == 4:
                        is_ascii = False
                        if raw[q] == 239 and q + 2 < end and raw[q + 1] == 191 and raw[q + 2] >= 190:
                            kind = 1  # U+FFFE, U+FFFF
                    elif kind == 2 and (
                        after(raw, q, end, AMP) >= 0
                        or after(raw, q, end, LT) >= 0
                        or after(raw, q, end, GT) >= 0
                        or after(raw, q, end, QUOT) >= 0
                    ):
                        kind = 0
                    if kind == 1 or kind == 2:
                        q = end
                        break
                    key = (key ^ raw[q]) * PRIME
                    q += 1
                if q >= end:
                    reason = ODD
                    break
                if not room.skipped[slot]:
                    value = number_of(raw, value_begin, q - value_begin, key, room, texts)
                    if value < 0:
                        reason = FULL
                        break
                    texts = max(texts, value + 1)
            if is_number and not room.skipped[slot]:
                room.numeric[slot] = True
            if in_event:
                room.values[events, slot] = value
            else:
                room.of_trace[traces, slot] = value
            place = after(raw, blanks(raw, q + 1, end), end, CLOSED)
            if place < 0:
                reason = ODD
                break
        if reason != DONE:
            if reason == FULL and traces == 0:
                reason = ODD
            return Found(start, reason, traces, first_event, texts_before, is_ascii)
        traces += 1
        room.first_event[traces] = events
        place = blanks(raw, place, end)
    return Found(place, DONE, traces, events, texts, is_ascii)
