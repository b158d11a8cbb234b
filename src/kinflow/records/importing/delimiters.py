"""What separates the cells of a text file, found from its first lines."""

import csv
import re
from collections import Counter
from collections.abc import Sequence

CANDIDATES = (",", ";", "\t", "|")
_SAID = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)


def delimiter_said(first_line: str) -> str:
    """The delimiter that a first line such as "sep=;" names, as Excel writes it; empty where it does not."""
    said = _SAID.match(first_line)
    return said.group(1) if said else ""


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that cuts most of the lines into the same number of cells, and into more than one."""
    best, best_score = ",", 0.0
    for candidate in CANDIDATES:
        score = _score(lines, candidate)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _score(lines: Sequence[str], delimiter: str) -> float:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
    except csv.Error:
        return 0.0
    cut = {width: times for width, times in widths.items() if width > 1}
    if not cut:
        return 0.0
    width, times = max(cut.items(), key=lambda item: (item[1], item[0]))
    return times / sum(widths.values()) * (1 + min(width, 20) / 100)
