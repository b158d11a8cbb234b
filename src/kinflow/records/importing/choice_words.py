"""Other words for the values of the usual choices, as other systems' exports have them: `choices.csv`."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("choices.csv")


def words_for(record: str, field: str) -> tuple[tuple[str, str], ...]:
    """Pairs of word and value for a field of a record type, or of any; empty where none are known."""
    table = all_words()
    return table.get(f"{record}.{field}") or table.get(field) or ()


@cache
def all_words() -> dict[str, tuple[tuple[str, str], ...]]:
    """By field ("lead.source", or "industry" for any record type): pairs of word and value."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            pairs = tuple((word, line["value"]) for word in line["words"].split("|"))
            found[line["field"]] = (*found.get(line["field"], ()), *pairs)
    return found
