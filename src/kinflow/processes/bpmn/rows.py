"""Where elements stand from top to bottom: rows within each band (a lane), so that flows are as straight as can be."""

from collections.abc import Mapping, Sequence

from .columns import Placed

SWEEPS = 12


def in_rows(placed: Placed, band: Mapping[str, int]) -> dict[str, int]:
    """The row of each node and stand-in within its band, from 0; no two of a column and band share one."""
    cells: dict[tuple[int, int], list[str]] = {}
    for name, column in placed.column.items():
        cells.setdefault((column, band[name]), []).append(name)
    before: dict[str, list[str]] = {name: [] for name in placed.column}
    after: dict[str, list[str]] = {name: [] for name in placed.column}
    for path in placed.paths:
        stops = path.stops[::-1] if path.returns else path.stops
        for left, right in zip(stops, stops[1:], strict=False):
            if band[left] == band[right]:
                before[right].append(left)
                after[left].append(right)
    rows = {name: index for cell in cells.values() for index, name in enumerate(cell)}
    columns = sorted(cells)
    best, least = rows, float("inf")
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        rows = dict(rows)
        for cell in columns if forward else columns[::-1]:
            _settle(cells[cell], before if forward else after, rows, first=sweep == 0)
        cost = sum(abs(rows[name] - rows[other]) for name in rows for other in after[name])
        if cost < least:
            best, least = rows, cost
    return _close_up(best, band)


def _settle(cell: list[str], near: Mapping[str, list[str]], rows: dict[str, int], *, first: bool) -> None:
    """Gives the names of one cell the rows nearest to those of their neighbours, one each."""
    wishes = []
    for name in cell:
        known = [rows[other] for other in near[name]]
        wishes.append(sum(known) / len(known) if known else (0.0 if first else float(rows[name])))
    order = sorted(
        range(len(cell)), key=lambda index: (wishes[index], 0 if first else rows[cell[index]], index)
    )
    for place, row in zip(order, _apart([wishes[index] for index in order]), strict=True):
        rows[cell[place]] = row


def _apart(wishes: Sequence[float]) -> list[int]:
    """Rising whole numbers nearest to rising wishes (pooling neighbours that violate the order)."""
    pools: list[tuple[float, int]] = []
    for index, wish in enumerate(wishes):
        total, count = wish - index, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            more, members = pools.pop()
            total, count = total + more, count + members
        pools.append((total, count))
    numbers = [round(total / count) for total, count in pools for _ in range(count)]
    found: list[int] = []
    for index, number in enumerate(numbers):
        found.append(max(number + index, found[-1] + 1 if found else number + index))
    return found


def _close_up(rows: dict[str, int], band: Mapping[str, int]) -> dict[str, int]:
    """The rows without the empty ones."""
    used: dict[int, set[int]] = {}
    for name, row in rows.items():
        used.setdefault(band[name], set()).add(row)
    place = {key: {row: index for index, row in enumerate(sorted(found))} for key, found in used.items()}
    return {name: place[band[name]][row] for name, row in rows.items()}
