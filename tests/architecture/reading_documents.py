"""What stands in a document: headings, anchors, tables, code, links, and the words besides."""

import re
import unicodedata
from itertools import groupby

SPAN = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")  # may go over to the next line


def _lines(text: str) -> list[str]:
    """The lines without fenced and indented code."""
    bare = re.sub(r"(?ms)^```.*?^```", "", text)
    return [line for line in bare.splitlines() if not re.match(r" {4,}\S", line)]


def headings(text: str) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    found = (re.match(r"(#+) (.+)", line) for line in _lines(text))
    return [(len(each[1]), each[2]) for each in found if each]


def anchors(text: str) -> set[str]:
    """What links can name after `#`: headings in small letters, without signs, spaces as hyphens."""
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for _, words in headings(text)}


def tables(text: str) -> list[list[int]]:
    """For each table the number of cells of each row."""
    groups = groupby(_lines(text), key=lambda line: line.startswith("|"))
    return [[_cells(row) for row in rows] for is_table, rows in groups if is_table]


def _cells(row: str) -> int:
    return re.sub(r"`[^`]*`|\\\|", "", row).count("|") - 1


def code(text: str) -> set[str]:
    """Code spans, and the lines of blocks of code up to what is said beside them."""
    blocks = re.findall(r"(?ms)^```\w*\n(.*?)^```", text)
    inside = [line.strip() for block in blocks for line in block.splitlines()]
    inside += [line.strip() for line in text.splitlines() if re.match(r" {4,}\S", line)]
    lines = {re.match(r"(?:GET|POST) +\S+|.*?(?=  |$)", line)[0] for line in inside}
    spans = SPAN.findall(re.sub(r"(?ms)^```.*?^```", "", text))
    return {" ".join(each.split()) for each in lines | set(spans) if each}


def links(text: str) -> list[str]:
    """Links to other documents and headings; not those to the outside."""
    return [each for each in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in each]


def numbers(text: str) -> set[str]:
    """Numbers in figures, those in millions as Chinese counts them."""
    words = re.sub(r"(?<![\d.,])(\d+) million", lambda found: f"{int(found[1]) * 100:,}", prose(text))
    return set(re.findall(r"\d(?:[\d.,]*\d)?", words))


def prose(text: str) -> str:
    """The words: without code, the targets of links, and signs of emphasis."""
    bare = SPAN.sub("`", "\n".join(_lines(text)))
    return re.sub(r"\]\([^)\s]*\)", "]", bare).replace("*", "")


def lost_emphasis(text: str) -> list[str]:
    """Words meant as bold or italic that are shown with their asterisks: a sign inside, a letter outside."""
    bare = SPAN.sub("`", "\n".join(_lines(text)))
    pairs = re.finditer(r"(?s)(\*{1,2})(?=[^\s*])(.+?)(?<=[^\s*])\1", bare)
    sides = ((bare[: pair.start()][-1:], pair[2], bare[pair.end() :][:1]) for pair in pairs)
    return [words for before, words, after in sides if _clings(words[0], before) or _clings(words[-1], after)]


def _clings(inside: str, outside: str) -> bool:
    return outside == "*" or (
        _is_sign(inside) and bool(outside) and not outside.isspace() and not _is_sign(outside)
    )


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"
