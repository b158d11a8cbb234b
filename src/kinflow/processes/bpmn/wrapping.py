"""Names broken into lines that fit a width, without asking a browser how wide letters are."""

import re
import unicodedata

LETTER = 6.5  # pixels of a usual letter at 12 px
WIDE = 12.0  # of a Chinese character


def width_of(text: str) -> float:
    """About how many pixels a text takes."""
    return sum(WIDE if unicodedata.east_asian_width(char) in "WF" else LETTER for char in text)


def wrapped(text: str, width: float, lines: int) -> list[str]:
    """The text in at most so many lines of at most so many pixels; what does not fit ends with an ellipsis."""
    words = re.findall(
        r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+",
        text,
    )
    found: list[str] = []
    line = ""
    for word in (piece for whole in words for piece in _pieces(whole, width)):
        if line and width_of((line + word).rstrip()) > width:
            found.append(line.strip())
            line = ""
        line += word
    found.append(line.strip())
    found = [line for line in found if line]
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while last and width_of(last + "…") > width:
        last = last[:-1]
    return [*found[: lines - 1], last.rstrip() + "…"]


def _pieces(word: str, width: float) -> list[str]:
    """A word that is too long by itself, cut to size."""
    most = max(int(width // LETTER), 1)
    return (
        [word] if width_of(word.strip()) <= width else [word[i : i + most] for i in range(0, len(word), most)]
    )
