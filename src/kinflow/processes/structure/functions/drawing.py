"""The function table as SVG: functions below each other by process, units or positions side by side, their names
upright.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from ...bpmn.wrapping import width_of, wrapped
from ..pictures import line, linked, name, picture, words
from .grouping import Group
from .matrix import Cell, Function, Table

ROW, COLUMN, LABEL, NUMBERS, MARGIN, LONGEST = 24.0, 30.0, 250.0, 64.0, 12.0, 150.0
ABOVE = 22.0


def drawn(
    table: Table,
    most: int,
    *,
    label: str,
    signs: Callable[[Cell], str],
    told: Callable[[Cell, Function, Group], str],
    count: Callable[[int], str],
    legend: Mapping[str, str],
) -> str:
    """The picture of the first `most` functions. `signs` are those of a cell, `told` its words, `legend` what signs
    mean.
    """
    functions = table.functions[:most]
    left = MARGIN + LABEL + NUMBERS
    top = MARGIN + ABOVE + min(LONGEST, max((width_of(each.name) for each in table.groups), default=0)) + 10
    width = max(left + COLUMN * len(table.groups) + MARGIN, 420.0)
    parts, y = _heads(table.groups, left, top), top
    for at, function in enumerate(functions):
        if not at or functions[at - 1].process_key != function.process_key:
            y += ROW
            parts.append(name(MARGIN, y - 7, function.process))
        parts += [line(f"M{MARGIN:g} {y:g}H{width - MARGIN:g}"), *_row(function, y, count)]
        for column, group in enumerate(table.groups):
            if cell := table.cells.get((at, column)):
                title = told(cell, function, group)
                parts.append(_cell(cell, function, left + COLUMN * column, y, signs(cell), title))
        y += ROW
    parts += [
        words(MARGIN, y + 20 + 16 * at, f"{sign}  {said}") for at, (sign, said) in enumerate(legend.items())
    ]
    return picture("".join(parts), width=width, height=y + 20 + 16 * len(legend) + MARGIN, label=label)


def _heads(groups: Sequence[Group], left: float, top: float) -> list[str]:
    """The names of the columns, and those of the units above them."""
    parts, x = [], left
    for above, own in groupby(groups, key=lambda group: group.above):
        columns = list(own)
        lines = wrapped(above, COLUMN * len(columns) - 8, 1) if above else []
        if lines:
            parts += [words(x + 4, MARGIN + 12, lines[0]), line(f"M{x:g} {MARGIN:g}V{top:g}")]
        for at, group in enumerate(columns):
            called = (wrapped(group.name, LONGEST, 1) or [""])[0]
            foot = f"{x + COLUMN * at + COLUMN / 2 + 4:g} {top - 8:g}"
            parts.append(words(0, 0, called, f' transform="translate({foot}) rotate(-90)"'))
        x += COLUMN * len(columns)
    return parts


def _row(function: Function, y: float, count: Callable[[int], str]) -> list[str]:
    called = (wrapped(function.label, LABEL, 1) or [""])[0]
    number = words(MARGIN + LABEL + NUMBERS - 12, y + 16, count(function.times), ' text-anchor="end"')
    return [words(MARGIN, y + 16, called), number]


def _cell(cell: Cell, function: Function, x: float, y: float, signs: str, title: str) -> str:
    shade = 0.1 + 0.42 * cell.does / function.times
    place = f'x="{x + 1:g}" y="{y + 1:g}" width="{COLUMN - 2:g}" height="{ROW - 2:g}"'
    inner = f'<rect {place} rx="4" fill="var(--accent)" fill-opacity="{shade:.2f}"/>' if cell.does else ""
    return linked(inner + words(x + COLUMN / 2, y + 16, signs, ' text-anchor="middle"'), "", title)
