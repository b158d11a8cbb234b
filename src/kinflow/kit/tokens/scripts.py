"""Folded text taken apart: runs of dense script, words with their pieces, and digits written in groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Scripts written without spaces, or read by the character: Han, kana, Hangul, Thai, Lao.
_DENSE = (
    "\u0e00-\u0eff\u3005\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(rf"([{_DENSE}]+)|[0-9]+|[^\W_0-9{_DENSE}]+")
_SPACE = re.compile(r"\s")
_GROUPS = re.compile(r"[0-9]+(?:[ ().\-\u2010-\u2015]{1,3}[0-9]+)+")
FEWEST_IN_GROUPS, MOST_IN_GROUPS = 7, 20  # digits: shorter is no phone number, longer more than one


@dataclass(frozen=True, slots=True)
class Dense:
    """Characters of dense script that follow each other, without the signs between them."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between spaces or dense script: runs of letters and runs of digits, without the signs between."""

    pieces: tuple[str, ...]


def runs_of(text: str, *, over_spaces: bool) -> Iterator[Dense | Word]:
    """The runs of folded text, in order; `over_spaces` says whether dense script goes on behind a space."""
    dense: list[str] = []
    pieces: list[str] = []
    end = 0
    for piece in _PIECE.finditer(text):
        start = piece.start()
        spaced = start > end and _SPACE.search(text, end, start) is not None
        is_dense = piece.group(1) is not None
        if pieces and (is_dense or spaced):
            yield Word(tuple(pieces))
            pieces = []
        if dense and (not is_dense or (spaced and not over_spaces)):
            yield Dense("".join(dense))
            dense = []
        (dense if is_dense else pieces).append(piece.group())
        end = piece.end()
    if pieces:
        yield Word(tuple(pieces))
    if dense:
        yield Dense("".join(dense))


def grouped_digits(text: str, *, most: int | None = None) -> Iterator[re.Match[str]]:
    """Where digits stand in groups as phone numbers do: "010-6552 9988", "(201) 555-0123"; `most` digits together."""
    for found in _GROUPS.finditer(text):
        count = sum(map(str.isdigit, found.group()))
        if count >= FEWEST_IN_GROUPS and (most is None or count <= most):
            yield found


def only_digits(text: str) -> str:
    """The digits of a text, joined."""
    return "".join(filter(str.isdigit, text))
