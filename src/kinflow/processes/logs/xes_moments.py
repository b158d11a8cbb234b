"""Moments of XES read from bytes by machine code."""

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import compiled

Bytes = NDArray[np.uint8]


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
