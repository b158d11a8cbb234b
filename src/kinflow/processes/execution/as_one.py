"""Instances that stand alike, and of which the same has happened, moved as one: none of them comes into memory.

Where one message comes for hundreds of records, or a deadline for a whole campaign, the move is made out once (`alike`)
and written as columns. This is done for what waits for nothing else in the batch: only one entry concerns it, its tokens
have no tasks and no faults, and it neither watches nor is called. All others are left to be moved one by one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from kinflow.eventlog import bulk
from kinflow.eventlog.actor import DEEPEST_CHAIN
from kinflow.eventlog.alike import Alike, Crowd, alike, record_crowd
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Problem

from ..designs.bindings import Binding
from ..designs.kept import NotFit, kept
from .alike import Move, made_out, stand_of
from .batch import Batch, Read
from .columns import Parts, Timed, laid_out
from .events import ProcessEnded
from .held import LABEL, label_of
from .marking import WAITING
from .models import CONDITION, DONE, MOVING, RUNNING, ProcessInstance
from .moving import acting
from .sketch import Stand

FEW = 8
"""Fewer that stand alike are moved one by one."""


class Came(NamedTuple):
    """What a token waited for is there: the event of `node` ("": its own step's end), with an entry, or without any.

    `turn` is the place in the batch of what happened.
    """

    token: int
    node: str
    entry: Entry | None
    turn: int

    @property
    def is_due(self) -> bool:
        """Whether it came without an entry: its time is up, or what it called has ended."""
        return self.entry is None


class _Alike(NamedTuple):
    """What those that are moved as one have in common: their version, where they stand, and what happened where."""

    design_id: int
    number: int
    stand: Stand
    waits: tuple[tuple[int, str, tuple[str, str]], ...]
    place: int
    node: str


_One = tuple[int, Came]
_Ones = list[_One]


def came_with(read: Read, entries: Sequence[Entry]) -> dict[int, Came]:
    """By instance what these entries bring it, where only one of them concerns it and lets one token go on."""
    by_about: dict[tuple[str, int], tuple[int, Entry] | None] = {}
    for turn, entry in enumerate(entries):
        for mention in entry.mentioned:
            about = (mention.kind, mention.object_id)
            known = by_about.get(about, (turn, entry))
            by_about[about] = known if known is not None and known[0] == turn else None
    found = {}
    for pk, row in read.rows.items():
        here = by_about.get((row.about_kind, row.about_id))
        if here is None:
            continue
        turn, entry = here
        waits, name = read.waits[pk], entry.name
        waiting = [key for key, (what, event) in waits.items() if event == name or what == CONDITION]
        if len(waiting) == 1 and waits[waiting[0]][0] != CONDITION:
            found[pk] = Came(*waiting[0], entry, turn)
    return found


class Crowds:
    """Those of a batch that are to be moved as one: enough that are alike, each with the move that it makes."""

    def __init__(self, batch: Batch, read: Read, came: Mapping[int, Came]) -> None:
        self.batch, self.read, self.came = batch, read, came
        self._moves: list[tuple[_Alike, Move, _Ones]] = []
        if len(came) >= FEW and not any(row.is_shadow for row in read.rows.values()):
            for like, ones in _crowds(batch, read, came).items():
                self._moves += [(like, move, those) for move, those in _parted(batch, read, like, ones)]
        self.ids = {pk for _like, _move, ones in self._moves for pk, _one in ones}

    def move(self, before: int) -> dict[int, Came]:
        """Move those whose entry comes before a place in the batch, and write it. Within an action.

        Where anything was done in the world since they were read, without which no turn ends early, they are read once
        more; those that are alike no longer are left, and returned.
        """
        came = {pk: one for pk, one in self.came.items() if pk in self.ids and one.turn < before}
        if not came:
            return {}
        again = self
        if self.batch.has_reached:
            read = self.batch.read(came)
            again = Crowds(self.batch, read, {pk: one for pk, one in came.items() if pk in read.rows})
        parts, changed, moved = Parts(), list[ProcessInstance](), set[int]()
        for like, move, ones in again._moves:
            due = _due(self.batch, again.read, move, ones)
            if due is not None:
                _make(self.batch, again.read, move, like, ones, due, parts, changed)
                moved.update([pk for pk, _one in ones])
        bulk.update_each(changed, MOVING)
        parts.write()
        return {pk: one for pk, one in came.items() if pk not in moved}


def _crowds(batch: Batch, read: Read, came: Mapping[int, Came]) -> dict[_Alike, _Ones]:
    """Those that have all in common, together; without those that move by themselves."""
    crowds: dict[_Alike, _Ones] = {}
    for pk, one in came.items():
        row, flat = read.rows[pk], read.tokens[pk]
        token, node, entry, _turn = one
        stand = stand_of(flat)
        if (
            stand is None
            or token not in flat
            or flat[token][1] not in WAITING
            or row.state != RUNNING
            or row.parent_id
            or (entry is not None and entry.depth >= DEEPEST_CHAIN)
            or batch.stub((row.about_kind, row.about_id)) is None
        ):
            continue
        places = dict(zip(flat, range(1, len(flat) + 1), strict=True))
        waits = tuple([(places.get(number, 0), at, what) for (number, at), what in read.waits[pk].items()])
        like = _Alike(row.design_id, row.number, stand, waits, places[token], node)
        crowds.setdefault(like, []).append((pk, one))
    return crowds


def _parted(batch: Batch, read: Read, like: _Alike, ones: _Ones) -> Iterator[tuple[Move, _Ones]]:
    """The moves that these make, by what the world answers each of them; who makes it for itself is left out."""
    try:
        of = kept(like.design_id, like.number)
    except NotFit:
        return
    open_: list[tuple[tuple[bool, ...], _Ones]] = [((), ones)]
    while open_:
        answers, those = open_.pop()
        if len(those) < FEW:
            continue
        found = made_out(of, (like.stand, like.place, like.node, answers))
        if isinstance(found, Move):
            if all(timer is None or timer.together == 1 for _place, _node, timer in found.timed):
                yield found, those
        elif found is not None:
            by_answer: dict[bool, _Ones] = {True: [], False: []}
            for one, answer in _answered(batch, read, those, found):
                by_answer[answer].append(one)
            open_ += [((*answers, answer), those) for answer, those in by_answer.items()]


def _answered(batch: Batch, read: Read, ones: _Ones, binding: Binding) -> list[tuple[_One, bool]]:
    """Whether this holds for each of them; without those of which it cannot be told, which is met one by one."""
    first, answers = batch.work_of(read, ones[0][0]), list[tuple[_One, bool]]()
    with batch.speaking(first.instance.design_id), suppress(NotFit, Problem):
        asked = first.asked_of(binding)
        for one in ones:
            row = read.rows[one[0]]
            with suppress(NotFit, Problem):
                answers.append((one, asked(row, batch.record(row.about_kind, row.about_id))))
    return answers


def _due(batch: Batch, read: Read, move: Move, ones: _Ones) -> Timed | None:
    """The timers of a move by place and node: for each instance when it is up, or None where it is waited for no more.

    None where it cannot be told of one of them, which is met one by one.
    """
    found: Timed = {}
    try:
        for place, node, timer in move.timed:
            if timer is None:
                found[place, node] = None
                continue
            asked = ones if timer.working_time else ones[:1]  # by the clock it is the same for all
            times = [batch.work_of(read, pk).end_of(timer) for pk, _one in asked]
            found[place, node] = times if timer.working_time else times * len(ones)
    except (NotFit, Problem):
        return None
    return found


def _make(
    batch: Batch,
    read: Read,
    move: Move,
    like: _Alike,
    ones: _Ones,
    due: Timed,
    parts: Parts,
    changed: list[ProcessInstance],
) -> None:
    """Let the tokens of all these stand so, and tell it."""
    rows = [read.rows[pk] for pk, _one in ones]
    flats = [read.tokens[pk] for pk, _one in ones]
    lasts = [max(next(reversed(flat)), row.last_token) for row, flat in zip(rows, flats, strict=True)]
    numbers = [
        [0, *flat, *range(last + 1, last + move.new + 1)] for flat, last in zip(flats, lasts, strict=True)
    ]
    parts.add(laid_out(move, like.stand, like.waits), rows, flats, numbers, batch.now)
    parts.add_timers(due, rows, numbers)
    newest = move.tokens[-1][0] if move.tokens else 0  # they stand in the order of their numbers
    for row, of_it, last in zip(rows, numbers, lasts, strict=True):
        if last + move.new > of_it[newest]:
            row.last_token = last + move.new
        if not move.tokens:
            row.state, row.ended_at = DONE, batch.now
        if not move.tokens or last + move.new > of_it[newest]:
            changed.append(row)
    _tell(batch, move.told, rows, [one.entry for _pk, one in ones], is_end=not move.tokens)


def _tell(
    batch: Batch,
    told: Sequence[Alike],
    rows: Sequence[ProcessInstance],
    entries: Iterable[Entry | None],
    *,
    is_end: bool,
) -> None:
    first = rows[0]
    kind, by = first.about_kind, acting(batch, first)
    causes = [(entry.id, entry.depth + 1) if entry is not None else (None, 0) for entry in entries]
    ids, abouts = [row.id for row in rows], [row.about_id for row in rows]
    mentions: list[tuple[str, str, Sequence[int]]] = [
        ("processinstance", "processinstance", ids),
        ("record", kind, abouts),
    ]
    label = label_of(kind)
    mentioned = [*((LABEL, pk) for pk in ids), *((label, pk) for pk in abouts)]
    record_crowd(Crowd(by, told, causes, mentions), mentioned)
    if is_end:
        design: Any = first.design
        ended = alike(ProcessEnded(processinstance=first, processdesign=design, record=first))
        of = ("processdesign", "processdesign", [design.id] * len(rows))
        record_crowd(
            Crowd(by, [ended], causes, [mentions[0], of, mentions[1]]),
            [(type(design)._meta.label, design.id)],
        )
