"""Tokens and waits of many instances that move alike, as the columns in which they are written."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from kinflow.automation.clock import drop_free_moments, set_moments
from kinflow.eventlog.each import Columns, delete_each, insert_each, replace_each, update_each
from kinflow.kit.standing import in_one_go

from .alike import Move
from .held import PLAIN, STANDS, TOKEN, TOKEN_VALUES, WAIT, Flat
from .models import ProcessInstance, ProcessToken, ProcessWait
from .sketch import Stand
from .waits import TIMER, key_of

_SINCE, _SCOPE = len(STANDS), STANDS.index("scope")
_Wait = tuple[int, str, tuple[str, str]]
Timed = dict[tuple[int, str], list[datetime] | None]
"""Timers by place and node: when they are up for each instance; None where they are waited for no more."""


class Layout(NamedTuple):
    """What becomes of the rows of each instance, with tokens named by their places.

    Of tokens and of waits: those that go, those that come, and those that come in the place of one that goes; of tokens
    those that stand otherwise than before, too.
    """

    gone: list[int]
    fresh: list[tuple[int, tuple[Any, ...]]]
    moved: list[tuple[int, int, tuple[Any, ...]]]
    changed: list[tuple[int, tuple[Any, ...]]]
    waits_gone: list[tuple[int, str]]
    waits_fresh: list[_Wait]
    waits_moved: list[tuple[tuple[int, str], _Wait]]


def laid_out(move: Move, stand: Stand, waits: Sequence[_Wait]) -> Layout:
    """What a move of those that stand and wait so does to their rows."""
    standing = [place for place, _stands in move.tokens]
    left = [place for place in range(1, len(stand) + 1) if place not in standing]
    fresh: list[tuple[int, tuple[Any, ...]]] = []
    moved: list[tuple[int, int, tuple[Any, ...]]] = []
    changed: list[tuple[int, tuple[Any, ...]]] = []
    for place, stands in move.tokens:
        if stands is None:
            continue
        if place <= len(stand):
            changed.append((place, stands))
        elif left:
            moved.append((left.pop(), place, stands))
        else:
            fresh.append((place, stands))
    before = {(place, node): what for place, node, what in waits}
    after = dict(before)
    for place, node, what in move.taken:
        if what is None:
            after.pop((place, node), None)
        else:
            after[place, node] = what
    gone = [key for key, what in before.items() if after.get(key) != what]
    come = [(*key, what) for key, what in after.items() if before.get(key) != what]
    pair = [(gone.pop(), come.pop(0))] if gone and come else []
    return Layout(left, fresh, moved, changed, gone, come, pair)


class Parts:
    """The rows of tokens and waits to be written, of any number of moves."""

    def __init__(self) -> None:
        self._rows: dict[str, Columns] = {}
        self._dropped: list[str] = []
        self._due: list[tuple[str, datetime, dict[str, Any]]] = []

    def add(
        self,
        layout: Layout,
        rows: Sequence[ProcessInstance],
        flats: Sequence[Flat],
        numbers: Sequence[Sequence[int]],
        now: datetime,
    ) -> None:
        """Add what becomes of the rows of these instances; `numbers` are their tokens' numbers by place."""
        ids, count = [row.id for row in rows], len(rows)

        def at(place: int) -> list[int]:
            return [of_it[place] for of_it in numbers]

        def values(stands: tuple[Any, ...], since: Sequence[datetime]) -> list[Sequence[Any]]:
            columns: list[Sequence[Any]] = [[value] * count for value in stands]
            if stands[_SCOPE]:
                columns[_SCOPE] = at(stands[_SCOPE])
            return [*columns, since, *([value] * count for value in PLAIN)]

        for place in layout.gone:
            self._put("gone", [ids, at(place)])
        for place, stands in layout.fresh:
            self._put("fresh", [ids, at(place), *values(stands, [now] * count)])
        for old, place, stands in layout.moved:
            self._put("moved", [ids, at(old), at(place), *values(stands, [now] * count)])
        for place, stands in layout.changed:
            since = [flat[of_it[place]][_SINCE] for flat, of_it in zip(flats, numbers, strict=True)]
            self._put("changed", [ids, at(place), *values(stands, since)])
        self._add_waits(layout, rows, ids, at)

    def _add_waits(
        self,
        layout: Layout,
        rows: Sequence[ProcessInstance],
        ids: Sequence[int],
        at: Callable[[int], list[int]],
    ) -> None:
        count = len(ids)

        def what_of(what: tuple[str, str]) -> list[list[str]]:
            return [[value] * count for value in what]

        for place, node in layout.waits_gone:
            self._put("waits gone", [ids, at(place), [node] * count])
        for place, node, what in layout.waits_fresh:
            about: list[Sequence[Any]] = [[row.about_kind for row in rows], [row.about_id for row in rows]]
            self._put("waits fresh", [ids, at(place), [node] * count, *what_of(what), *about])
        for (old, before), (place, node, what) in layout.waits_moved:
            new: list[Sequence[Any]] = [at(place), [node] * count, *what_of(what)]
            self._put("waits moved", [ids, at(old), [before] * count, *new])

    def add_timers(
        self, due: Timed, rows: Sequence[ProcessInstance], numbers: Sequence[Sequence[int]]
    ) -> None:
        """Add the timers that come and go with these instances' tokens."""
        for (place, node), times in due.items():
            keys = [key_of(row, of_it[place], node) for row, of_it in zip(rows, numbers, strict=True)]
            if times is None:
                self._dropped += keys
                continue
            for row, of_it, key, at in zip(rows, numbers, keys, times, strict=True):
                self._due.append((key, at, {"instance": row.id, "token": of_it[place], "node": node}))

    def _put(self, part: str, columns: list[Sequence[Any]]) -> None:
        known = self._rows.get(part)
        if known is None:
            self._rows[part] = Columns(columns)
        else:
            known[:] = [[*before, *more] for before, more in zip(known, columns, strict=True)]

    def write(self) -> None:
        """Write them, each kind with one statement, and tell the clock."""

        def of(part: str) -> Columns:
            return self._rows.get(part, Columns())

        with in_one_go():
            delete_each(ProcessToken, TOKEN, of("gone"))
            update_each(ProcessToken, TOKEN, TOKEN_VALUES, of("changed"))
            replace_each(ProcessToken, TOKEN, ("number", *TOKEN_VALUES), of("moved"))
            insert_each(ProcessToken, (*TOKEN, *TOKEN_VALUES), of("fresh"))
            delete_each(ProcessWait, WAIT, of("waits gone"))
            replace_each(ProcessWait, WAIT, ("token", "node", "what", "event"), of("waits moved"))
            insert_each(ProcessWait, (*WAIT, "what", "event", "about_kind", "about_id"), of("waits fresh"))
        if self._dropped:
            drop_free_moments(TIMER, self._dropped)
        set_moments(TIMER, self._due)
