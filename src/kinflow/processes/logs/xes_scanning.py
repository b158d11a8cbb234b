"""Plain traces of XES found in bytes by machine code: values become numbers at once, no object is made for a tag.

Plain is what nearly all programs write: `<trace>`, in it attributes and `<event>`s with attributes, these as
`<string key="…" value="…"/>` (or date, int, float, boolean, id), and white space between. Whatever else comes
(attributes in attributes, comments, other quotes, unusual references, control characters) makes a trace odd: it is
left to the parser.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import compiled

Bytes = NDArray[np.uint8]
Codes = NDArray[np.int32]
Moments = NDArray[np.int64]
Flags = NDArray[np.bool_]

SLOTS = 64  # different keys
KEY_BYTES = 8192  # of all keys together
EVENTS = TRACES = 1 << 14  # at a time
TEXTS = 1 << 16  # different values at a time
PROBES = 64  # looks for a place in the table: what was made to collide is left to the parser
NAME, TIME, BEGUN, RESOURCE, GROUP, TRANSITION, INSTANCE = range(7)
SPECIAL = 7  # slots from here on are attributes
NONE, READ = -1, -2  # instead of the number of a value: there is none; a moment that was read
DONE, FULL, ODD = 0, 1, 2
PRIME = 1099511628211

_ODD, _REFERENCE, _QUOTE, _HIGH = 1, 2, 3, 4
KIND = np.zeros(256, np.uint8)
KIND[:32] = KIND[ord("<")] = KIND[ord(">")] = _ODD
KIND[ord("&")], KIND[ord('"')], KIND[128:] = _REFERENCE, _QUOTE, _HIGH


def _signs(word: bytes) -> Bytes:
    return np.frombuffer(word, np.uint8).copy()


TRACE, EVENT, TRACE_END, EVENT_END = map(_signs, (b"<trace>", b"<event>", b"</trace>", b"</event>"))
KEY, VALUE, CLOSED = _signs(b'key="'), _signs(b'value="'), _signs(b"/>")
STRING, DATE, INT, FLOAT, BOOLEAN, ID = map(_signs, (b"string", b"date", b"int", b"float", b"boolean", b"id"))
AMP, LT, GT, QUOT = map(_signs, (b"&amp;", b"&lt;", b"&gt;", b"&quot;"))


class Room(NamedTuple):
    """What is found, and what is known from before. With slots for keys, the first of which are special:

    keys, key_ends, key_count: the keys; follows: which slot came after which;
    skipped: which are not looked at; numeric: which had a number.
    table, text_at, text_length, text_hash: the different values, by number, and where they are found.
    first_event: of each trace; of_trace: its values by slot; first: what its events say first; changes: whether more.
    values: of each event by slot; at, begun_at: its moments.
    """

    keys: Bytes
    key_ends: Codes
    key_count: Codes
    follows: Codes
    skipped: Flags
    numeric: Flags
    table: Codes
    text_at: Codes
    text_length: Codes
    text_hash: Moments
    first_event: Codes
    of_trace: Codes
    first: Codes
    changes: Flags
    values: Codes
    at: Moments
    begun_at: Moments


def room_for(special: tuple[str, ...]) -> Room:
    """An empty room in which the special keys have their slots."""
    told = [key.encode() for key in special]
    keys, ends = np.zeros(KEY_BYTES, np.uint8), np.zeros(SLOTS + 1, np.int32)
    joined = b"".join(told)
    keys[: len(joined)] = _signs(joined)
    ends[1 : len(told) + 1] = np.cumsum([len(key) for key in told])
    return Room(
        keys=keys,
        key_ends=ends,
        key_count=np.array([len(told)], np.int32),
        follows=np.zeros(SLOTS + 1, np.int32),
        skipped=np.zeros(SLOTS, np.bool_),
        numeric=np.zeros(SLOTS, np.bool_),
        table=np.empty(2 * TEXTS, np.int32),
        text_at=np.empty(TEXTS, np.int32),
        text_length=np.empty(TEXTS, np.int32),
        text_hash=np.empty(TEXTS, np.int64),
        first_event=np.zeros(TRACES + 1, np.int32),
        of_trace=np.empty((TRACES, SLOTS), np.int32),
        first=np.empty((TRACES, SLOTS), np.int32),
        changes=np.empty((TRACES, SLOTS), np.bool_),
        values=np.empty((EVENTS, SLOTS), np.int32),
        at=np.empty(EVENTS, np.int64),
        begun_at=np.empty(EVENTS, np.int64),
    )


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
def digits(raw: Bytes, place: int, count: int) -> int:
    """Return the number that so many digits make; a negative one where others signs are among them."""
    found = 0
    for k in range(place, place + count):
        if raw[k] < 48 or raw[k] > 57:
            return -1_000_000
        found = 10 * found + int(raw[k]) - 48
    return found


@compiled
def moment_at(raw: Bytes, place: int, end: int) -> tuple[int, int]:
    """Return the moment (microseconds UTC) and the place of the quote after it; -1 for it where it is written oddly.

    Read is `2026-03-01T09:00:00`, then up to six digits of a second, or none, then `Z`, an offset, or nothing: UTC.
    """
    if place + 27 > end:  # what follows a value is longer than what may be missing
        return 0, -1
    year, month, day = digits(raw, place, 4), digits(raw, place + 5, 2), digits(raw, place + 8, 2)
    hour, minute = digits(raw, place + 11, 2), digits(raw, place + 14, 2)
    second = digits(raw, place + 17, 2)
    if (
        raw[place + 4] != 45
        or raw[place + 7] != 45
        or raw[place + 10] != 84
        or raw[place + 13] != 58
        or raw[place + 16] != 58
        or not year >= 1600
        or not 1 <= month <= 12
        or not 1 <= day <= 31
        or not 0 <= hour <= 23
        or not 0 <= minute <= 59
        or not 0 <= second <= 59
    ):
        return 0, -1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (month == 4 or month == 6 or month == 9 or month == 11) and day > 30:
        return 0, -1
    if month == 2 and day > (29 if leap else 28):
        return 0, -1
    q = place + 19
    part = 0
    if raw[q] == 46:
        q += 1
        scale = 1_000_000
        while q < end and 48 <= raw[q] <= 57:
            scale //= 10
            part += scale * (raw[q] - 48)
            q += 1
        if scale == 1_000_000 or q - place > 26:
            return 0, -1
    offset = 0
    if q + 7 > end:
        return 0, -1
    if raw[q] == 90:
        q += 1
    elif raw[q] == 43 or raw[q] == 45:
        hours, minutes = digits(raw, q + 1, 2), digits(raw, q + 4, 2)
        if raw[q + 3] != 58 or not 0 <= hours <= 23 or not 0 <= minutes <= 59:
            return 0, -1
        offset = 60 * hours + minutes
        if raw[q] == 45:
            offset = -offset
        q += 6
    if raw[q] != 34:
        return 0, -1
    shifted = year - 1 if month <= 2 else year
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    days = 365 * shifted + shifted // 4 - shifted // 100 + shifted // 400 + of_year - 719468
    seconds = 86_400 * days + 3600 * hour + 60 * (minute - offset) + second
    return 1_000_000 * seconds + part, q


@compiled
def number_of(raw: Bytes, begin: int, length: int, key: int, room: Room, texts: int) -> int:
    """Return the number of a value: a known one's, `texts` for a new one, or -1 where there is no place for it."""
    mask = room.table.shape[0] - 1
    k = (key ^ (key >> 29)) & mask
    for _probe in range(PROBES):
        known = room.table[k]
        if known < 0:
            if texts >= TEXTS:
                return -1
            room.table[k] = texts
            room.text_at[texts], room.text_length[texts], room.text_hash[texts] = begin, length, key
            return texts
        if room.text_hash[known] == key and room.text_length[known] == length:
            there = room.text_at[known]
            same = 0
            while same < length and raw[there + same] == raw[begin + same]:
                same += 1
            if same == length:
                return int(known)
        k = (k + 1) & mask
    return -1


@compiled
def slot_of(raw: Bytes, begin: int, end: int, last: int, room: Room) -> tuple[int, int]:
    """Return the slot of the key that begins here, and the place of the quote after it; -1 where there is none for it."""
    guess = room.follows[last]
    count = room.key_count[0]
    at, length = room.key_ends[guess], room.key_ends[guess + 1] - room.key_ends[guess]
    if begin + length < end and raw[begin + length] == 34:
        k = 0
        while k < length and raw[begin + k] == room.keys[at + k]:
            k += 1
        if k == length:
            return int(guess), begin + length
    q = begin
    while q < end and (KIND[raw[q]] == 0 or KIND[raw[q]] == 4):
        q += 1
    length = q - begin
    if q >= end or raw[q] != 34 or length == 0:
        return -1, -1
    for slot in range(count):
        at = room.key_ends[slot]
        if room.key_ends[slot + 1] - at != length:
            continue
        k = 0
        while k < length and raw[begin + k] == room.keys[at + k]:
            k += 1
        if k == length:
            room.follows[last] = slot
            return slot, q
    at = room.key_ends[count]
    if count == SLOTS or at + length > KEY_BYTES:
        return -1, -1
    for k in range(length):
        if raw[begin + k] >= 128:  # rare enough to be the parser's
            return -1, -1
        room.keys[at + k] = raw[begin + k]
    room.key_ends[count + 1] = at + length
    room.key_count[0] = count + 1
    room.follows[last] = count
    return int(count), q


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
