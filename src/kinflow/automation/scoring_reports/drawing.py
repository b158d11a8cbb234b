"""Points by week and unevenness by week as pictures, in the pictures' own units."""

from collections.abc import Sequence
from dataclasses import dataclass

from .figures import Figures, Shares, Week

WIDTH, HEIGHT, LEFT, TOP = 640, 150, 44, 8
FLOOR = HEIGHT - 22
MOST_PEOPLE = 40


@dataclass(frozen=True)
class Column:
    """One week: where it stands, the heights of what was reached and of what was possible, its label."""

    week: Week
    x: float
    width: float
    reached_y: float
    reached_height: float
    possible_y: float | None
    middle: float
    is_labelled: bool


@dataclass(frozen=True)
class Points:
    """The picture of points by week; `top` is what its height stands for."""

    columns: Sequence[Column]
    top: float
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


@dataclass(frozen=True)
class Uneven:
    """The picture of the Gini coefficient by week: dots joined by lines where weeks follow each other."""

    dots: Sequence[tuple[float, float, Week]]
    line: str
    labels: Sequence[tuple[float, Week]]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


@dataclass(frozen=True)
class Cell:
    """What somebody got in a week, and how dark it is drawn, 0…100."""

    week: Week
    n: int
    heat: int


def points_of(figures: Figures) -> Points:
    """Bars of the points reached, with a mark where the possible ones are."""
    weeks = figures.weeks
    top = max((max(week.reached, week.possible or 0.0) for week in weeks), default=0.0)
    scale = (FLOOR - TOP) / top if top > 0 else 0.0
    step = (WIDTH - LEFT) / max(len(weeks), 1)
    columns = []
    for at, week in enumerate(weeks):
        height = max(week.reached, 0.0) * scale
        possible = (
            None if week.possible is None or not week.given else round(FLOOR - week.possible * scale, 1)
        )
        x = LEFT + at * step
        columns.append(
            Column(
                week,
                round(x + step * 0.15, 1),
                round(step * 0.7, 1),
                round(FLOOR - height, 1),
                round(height, 1),
                possible,
                round(x + step / 2, 1),
                _is_labelled(at, len(weeks)),
            )
        )
    return Points(columns, top)


def uneven_of(figures: Figures) -> Uneven:
    """The Gini coefficient of each counted week, from 0 to 1."""
    step = (WIDTH - LEFT) / max(len(figures.weeks), 1)
    dots, path, follows = [], [], False
    for at, week in enumerate(figures.weeks):
        if week.gini is None:
            follows = False
            continue
        x, y = round(LEFT + (at + 0.5) * step, 1), round(FLOOR - week.gini * (FLOOR - TOP), 1)
        dots.append((x, y, week))
        path.append(f"{'L' if follows else 'M'}{x} {y}")
        follows = True
    labels = [
        (round(LEFT + (at + 0.5) * step, 1), week)
        for at, week in enumerate(figures.weeks)
        if _is_labelled(at, len(figures.weeks))
    ]
    return Uneven(dots, "".join(path), labels)


def _is_labelled(at: int, of: int) -> bool:
    """Whether a week has its date below: so many that they do not touch, the last one among them."""
    return (of - 1 - at) % max(1, -(-of // 9)) == 0


def cells_of(figures: Figures) -> list[tuple[Shares, list[Cell]]]:
    """The people who got most, each with what they got week by week."""
    shown = figures.shares[:MOST_PEOPLE]
    most = max((n for one in shown for n in one.by_week), default=0) or 1
    return [
        (
            one,
            [
                Cell(week, n, round(100 * n / most))
                for week, n in zip(figures.weeks, one.by_week, strict=True)
            ],
        )
        for one in shown
    ]
