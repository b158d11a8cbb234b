"""People and decisions by layer, side by side, as SVG: the pyramid on paper, and where it decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..pictures import linked, name, picture, words

SIDE, MIDDLE, ROW, BAR, TOP, MARGIN = 230.0, 72.0, 34.0, 20.0, 34.0, 12.0
WORDS = 100.0
"""Room for the numbers beside the bars."""


@dataclass(frozen=True)
class Layer:
    """A layer: what it is called, its people and its decisions (None where they are not to be told)."""

    label: str
    people: int
    decisions: int | None
    people_words: str
    decision_words: str


def drawn(layers: Sequence[Layer], *, label: str, left: str, right: str) -> str:
    """The picture: bars of people to the left, of decisions to the right; `left` and `right` are their headings."""
    width, height = 2 * SIDE + MIDDLE + 2 * MARGIN, TOP + ROW * len(layers) + MARGIN
    most_people = max((layer.people for layer in layers), default=0) or 1
    most_decisions = max((layer.decisions or 0 for layer in layers), default=0) or 1
    heads = name(MARGIN + SIDE, 20, left, ' text-anchor="end"') + name(MARGIN + SIDE + MIDDLE, 20, right)
    rows = [
        _row(layer, TOP + ROW * at, layer.people / most_people, (layer.decisions or 0) / most_decisions)
        for at, layer in enumerate(layers)
    ]
    return picture(heads + "".join(rows), width=width, height=height, label=label)


def _row(layer: Layer, y: float, people: float, decisions: float) -> str:
    room = SIDE - WORDS
    left, right = MARGIN + SIDE, MARGIN + SIDE + MIDDLE
    one, other = room * people, room * decisions
    middle = left + MIDDLE / 2
    inner = (
        _bar(left - one, y, one, "var(--edge-strong)")
        + words(left - one - 6, y + 14, layer.people_words, ' text-anchor="end"')
        + words(middle, y + 14, layer.label, ' text-anchor="middle"')
        + _bar(right, y, other, "var(--accent)")
        + words(right + other + 6, y + 14, layer.decision_words)
    )
    return linked(inner, "", f"{layer.label}: {layer.people_words}, {layer.decision_words}")


def _bar(x: float, y: float, length: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:g}" width="{max(length, 0.5):.1f}" height="{BAR:g}" fill="{colour}"/>'
