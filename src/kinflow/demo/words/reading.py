"""Reading the word tables."""

from collections.abc import Iterator


def threes(table: str) -> Iterator[tuple[str, str, float]]:
    """Rows of a table of word, pinyin, weight."""
    words = table.split()
    for at in range(0, len(words), 3):
        yield words[at], words[at + 1], float(words[at + 2])


def pairs(table: str) -> list[tuple[str, str]]:
    """Rows of a table of word, pinyin."""
    words = table.split()
    return [(words[at], words[at + 1]) for at in range(0, len(words), 2)]


def listed(table: str) -> list[str]:
    """Words of a table, between bars if there are any, else between blanks."""
    parts = table.split("|") if "|" in table else table.split()
    return [part.strip() for part in parts if part.strip()]
