"""Which row holds the headers, and names for the columns that are all different."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from .tables import Cell

LOOKED_AT = 30  # rows from the top
_NO_HEADER = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://.*|\+?[\d\s().-]{7,}|\d{4}-\d\d-\d\d.*")
LONGEST_NAME = 200


def header_position(rows: Sequence[Sequence[Cell]]) -> int:
    """The position of the headers among the first rows: below titles and empty rows; −1 where there are
    none."""
    filled = [sum(1 for cell in row if str(cell).strip()) for row in rows[:LOOKED_AT]]
    widths = Counter(width for width in filled if width)
    if not widths:
        return -1
    usual = max(widths, key=lambda width: (widths[width], width))
    enough = max(1, (usual + 1) // 2) if usual > 2 else 1
    position = next(index for index, width in enumerate(filled) if width >= enough)
    return position if looks_like_headers(rows[position]) else -1


def looks_like_headers(row: Sequence[Cell]) -> bool:
    """Whether the cells are names: texts, none of them an address, a number or a date."""
    cells = [cell for cell in row if str(cell).strip()]
    if any(
        isinstance(cell, date | bool) or (isinstance(cell, int | float) and cell > 3_000) for cell in cells
    ):
        return False
    return not any(_NO_HEADER.fullmatch(str(cell).strip()) for cell in cells)


def named(row: Sequence[Cell], width: int) -> list[str]:
    """Names for `width` columns: those given, "(C)" for an empty one, "Phone (2)" for one that is given
    twice."""
    names: dict[str, str] = {}
    for position in range(width):
        given = " ".join(str(row[position]).split()) if position < len(row) else ""
        given = given[:LONGEST_NAME].lstrip("\ufeff") or f"({letters(position)})"
        name, times = given, 1
        while name.lower() in names:
            times += 1
            name = f"{given} ({times})"
        names[name.lower()] = name
    return list(names.values())


def letters(position: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    made = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        made = chr(65 + rest) + made
    return made
