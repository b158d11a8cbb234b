"""What the pages of an import show: columns with their guesses and samples, and the first rows as they would be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kinflow.kit import phones
from kinflow.kit.problem import Problem

from ..faces import registry
from .cells import text
from .kinds import importable
from .mapping import KEPT, guess
from .models import ImportRun
from .reading import open_table
from .recipes import Recipe
from .running import recipe_of
from .storing import path_of
from .tables import Cell, Chunk
from .targets import Target

SAMPLES, FIRST = 3, 5
LONG = 60


@dataclass(frozen=True)
class ColumnShown:
    """A column of the file: its first different values, and what becomes of it."""

    position: int
    header: str
    samples: list[str]
    target: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """The columns, the fields they may become, and the first rows as they would be read (by the labels of fields)."""

    columns: list[ColumnShown]
    choices: list[tuple[str, str]]
    labels: list[str]
    rows: list[list[str]]
    fault: str = ""


def preview_of(run: ImportRun) -> Preview:
    """What is shown before the import starts."""
    targets = importable(run.kind).targets()
    choices = [(one.name, one.label) for one in targets]
    try:
        with open_table(path_of(run.place), run.name) as table:
            samples = table.columns()
            recipe = recipe_of(run, table)
            first = table.sample(FIRST)
    except (Problem, FileNotFoundError) as error:
        return Preview([], choices, [], [], str(error))
    reasons = {one.header: one for one in guess(run.headers, samples, targets).guesses}
    columns = [
        ColumnShown(
            at,
            header,
            _different(samples[at]),
            run.mapping.get(header, ""),
            reasons[header].reason if reasons[header].target == run.mapping.get(header) else "",
        )
        for at, header in enumerate(run.headers)
    ]
    labels, rows = _read(recipe, first, targets)
    return Preview(columns, choices, labels, rows)


def _different(values: Sequence[Cell]) -> list[str]:
    found: dict[str, None] = {}
    for value in values:
        if plain := _short(text(value)):
            found[plain] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONG else f"{plain[: LONG - 1]}…"


def _read(
    recipe: Recipe, first: Sequence[Sequence[Cell]], targets: Sequence[Target]
) -> tuple[list[str], list[list[str]]]:
    rows, _rejected = recipe.rows(Chunk(range(len(first)), first))
    used = [one for one in targets if any(one.name in row.values for row in rows)]
    shown = [[_said(one, row.values.get(one.name)) for one in used] for row in rows]
    labels = [one.label for one in used]
    if any(row.notes for row in rows):
        labels.append(_("Kept in the notes"))
        for cells, row in zip(shown, rows, strict=True):
            cells.append(_short(" · ".join(row.notes)))
    return labels, shown


def _said(target: Target, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(phones.display(one) if one.startswith("+") else one for one in value)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _short(str(dict(target.choices).get(value, value)))


def kinds_made(made: dict[str, int]) -> list[tuple[Any, int, str]]:
    """What was made: the name of the kind in the plural, how many, the address of the list."""
    return [
        (registry[kind].plural, count, f"/{registry[kind].slug}/")
        for kind, count in sorted(made.items(), key=lambda each: -each[1])
        if count and kind in registry
    ]


def is_kept(target: str) -> bool:
    """Whether a column goes to the notes."""
    return target == KEPT
