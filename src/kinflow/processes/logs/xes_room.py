"""Where a scan of XES keeps what it finds: keys by slot, values by number, and both looked up by machine code."""

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
PRIME = 1099511628211

_ODD, _REFERENCE, _QUOTE, _HIGH = 1, 2, 3, 4
KIND = np.zeros(256, np.uint8)
KIND[:32] = KIND[ord("<")] = KIND[ord(">")] = _ODD
KIND[ord("&")], KIND[ord('"')], KIND[128:] = _REFERENCE, _QUOTE, _HIGH


def signs(word: bytes) -> Bytes:
    """The bytes of a word."""
    return np.frombuffer(word, np.uint8).copy()


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
    keys[: len(joined)] = signs(joined)
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
