"""Sorts of long work, and how the worker does one: alone or with others, to its end, again where a worker died."""

import logging
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, Protocol, TypeVar

from django.db import InterfaceError, OperationalError

from ..alone import alone_at, nobody_at
from ..jobs import defer, is_stopping, job, look_after
from .blocks import ask_for_help, has_free_block
from .faults import UNEXPECTED
from .models import WAITING, LongWork, WorkBlock
from .progress import kind_of, note_progress

log = logging.getLogger(__name__)
W = TypeVar("W", bound=LongWork)
STEP = 0.01
"""Progress is noted, and looked whether it is still wanted, this often at most: by so much of the whole."""


class Told(Protocol):
    """Hears how far it is, 0 to 1, and answers whether to go on; `stage` is a word of the work's `stages`."""

    def __call__(self, share: float, stage: str = "", done: int = 0, total: int = 0) -> bool:
        """Whether to go on."""


@dataclass(frozen=True)
class Work(Generic[W]):
    """One sort of long work; registered when made.

    - `does`: does it for a row, and returns what `finish` keeps; None where it was told to stop;
    - `finish`, `fail`: the actions that end it;
    - `faults`: what an exception is called; its first that fits. Others are noted in the program's log;
    - `fault_words`, `stage_words`: the words of faults and stages;
    - `related`: what is read with a row;
    - `is_shared`: several workers may be at a row at once, as `sharing` has them.
    """

    job: str
    model: type[W]
    does: Callable[[W, Told], Any]
    finish: Callable[[W, Any], Any]
    fail: Callable[[W, str], Any]
    faults: Mapping[Any, str | Callable[[Any], str]] = field(default_factory=dict)
    fault_words: Mapping[str, Any] = field(default_factory=dict)
    stage_words: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    is_shared: bool = False

    def __post_init__(self) -> None:
        works[self.model] = self
        job(self.job)(self._job)
        if self.is_shared:
            job(self.help_job)(self.help)
        look_after(self.take_up_left_over)

    @property
    def space(self) -> int:
        """The space of locks: equal numbers of different sorts do not meet."""
        return zlib.crc32(self.job.encode()) >> 1

    @property
    def help_job(self) -> str:
        """The job of who helps with a row that somebody began."""
        return f"{self.job}_with_others"

    @property
    def _rows(self) -> Any:
        return self.model._default_manager

    def _job(self, *, number: int) -> None:
        found: W | None = self._rows.filter(pk=number, state=WAITING).first()
        if found is not None:
            self.run(found)

    def help(self, *, number: int, round: int) -> None:  # noqa: A002 - as the block has it
        """Do one block of a round, and ask to come again: what waits meanwhile has its turn."""
        row: W | None = self._rows.filter(pk=number, state=WAITING).first()
        if row is None or not has_free_block(row, round):
            return
        asked = count()
        self.run(row, stop=lambda: is_stopping() or next(asked) > 0)
        if has_free_block(row, round):
            ask_for_help(self.help_job, number, round)
        self.take_up_left_over()

    def take_up_left_over(self) -> None:
        """Begin anew what nobody is at, and forget the blocks of what is gone; a double job does nothing."""
        for pk in self._rows.filter(state=WAITING).values_list("pk", flat=True):
            if nobody_at(self.space, pk):
                defer(self.job, number=pk)
        if self.is_shared:
            blocks = WorkBlock.objects.filter(kind=kind_of(self.model))
            blocks.exclude(number__in=self._rows.values("pk")).delete()

    def run(self, row: W, *, stop: Callable[[], bool] = is_stopping) -> W:
        """Do it, unless another process is at it (and it is not shared) or it ended; returns the row as it stands then.

        A row that somebody removed meanwhile comes back as it was given.
        """
        with alone_at(self.space, row.pk, is_shared=self.is_shared) as is_ours:
            found = self._fresh(row)
            if is_ours and found is not None and found.is_running:
                self._run(found, stop)
        return self._fresh(row) or row

    def _fresh(self, row: W) -> W | None:
        rows: Any = self._rows.select_related(*self.related or (None,))
        found: W | None = rows.filter(pk=row.pk).first()
        return found

    def _run(self, row: W, stop: Callable[[], bool]) -> None:
        try:
            found = self.does(row, self._teller(row, stop))
            if found is not None and self._is_wanted(row):
                self.finish(row, found)
        except (OperationalError, InterfaceError):
            raise  # the database was away: another worker takes it up
        except Exception as error:
            if self._is_wanted(row):
                self.fail(row, self._fault(row, error))

    def _fault(self, row: W, error: Exception) -> str:
        for kind, said in self.faults.items():
            if isinstance(error, kind):
                return said if isinstance(said, str) else said(error)
        log.exception("%s %s could not be done", self.job, row.pk)
        return UNEXPECTED

    def _is_wanted(self, row: W) -> bool:
        return bool(self._rows.filter(pk=row.pk, state=WAITING).exists())

    def _teller(self, row: W, stop: Callable[[], bool]) -> Told:
        last: list[tuple[str, float]] = []

        def told(share: float, stage: str = "", done: int = 0, total: int = 0) -> bool:
            if stop():
                return False
            if last and last[0][0] == stage and share < last[0][1] + STEP:
                return True
            if not self._is_wanted(row):
                return False
            note_progress(row, share, stage, done, total, is_shared=self.is_shared)
            last[:] = [(stage, share)]
            return True

        return told


works: dict[type[LongWork], Work[Any]] = {}
"""The sorts of long work by the model of their rows."""
