"""One action: one transaction, one actor, and no change left unrecorded."""

import functools
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from django.db import connection, transaction

from .actor import Actor
from .copying import Crowd

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[str, int]


class Waiting(NamedTuple):
    """An event that is not written yet: whose it is, when it happened (None: now), its data, and what it mentions.

    `text` is the data as JSON, where that was made for many events alike; else empty.
    """

    by: Actor
    name: str
    at: datetime | None
    data: Mapping[str, Any]
    mentions: Sequence[tuple[str, str, int]]
    text: str


class WriteOutsideAction(RuntimeError):
    """A domain row was written by code that is not an action."""


class Trespass(RuntimeError):
    """A row was written by an action of another domain; call that domain's action instead."""


class SilentChange(RuntimeError):
    """An action changed a row that none of its events mention."""


class SwallowedFailure(RuntimeError):
    """An action inside this one failed, and the failure was caught without `attempt`; nothing is kept."""


@dataclass
class Command:
    """What the running action has done so far; rows are (model label, primary key)."""

    name: str
    by: Actor
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    domains: list[str] = field(default_factory=list)
    changed: set[Row] = field(default_factory=set)
    mentioned: set[Row] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    pending: list[Waiting | Crowd] = field(default_factory=list)
    failed: bool = False
    writing: int = 0
    linked: set[str] = field(default_factory=set)

    @contextmanager
    def writes_rows(self) -> Iterator[None]:
        """A part in which the rows' own `save`, `delete` and `bulk` write; any other statement is refused."""
        self.writing += 1
        try:
            yield
        finally:
            self.writing -= 1

    def silent(self) -> set[Row]:
        """The rows changed without an event that mentions them."""
        return self.changed - self.mentioned


_current: ContextVar[Command | None] = ContextVar("current command", default=None)


def running() -> Command | None:
    """The command that is running in this context, if any."""
    return _current.get()


def domain_of(module: str) -> str:
    """The package a module belongs to: kinflow.sales.leads.actions → sales."""
    return module.split(".")[1]


def _step(command: Command, domain: str, call: Callable[[], R]) -> R:
    command.domains.append(domain)
    try:
        return call()
    except BaseException:
        command.failed = True
        raise
    finally:
        command.domains.pop()


def _say_who_writes(command: Command) -> None:
    """Tell the triggers which command writes; goes to the server together with the BEGIN that it opens with."""
    wire: Any = connection.connection
    with connection.wrap_database_errors, wire.pipeline(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kinflow.command', %s, true), set_config('kinflow.touched', ' ', true)",
            [str(command.id)],
        )


def _outermost(command: Command, domain: str, call: Callable[[], R]) -> R:
    from .recording import flush
    from .watching import watched

    with transaction.atomic(), watched(command):
        _say_who_writes(command)
        result = _step(command, domain, call)
        if command.failed:
            raise SwallowedFailure(f"{command.name}: wrap what may fail in attempt()")
        if silent := command.silent():
            raise SilentChange(f"{command.name} changed {sorted(silent)[:5]} without an event")
        touched = set(flush(command, last=True).split())
        if unseen := touched - command.tables:
            raise SilentChange(f"{command.name} wrote to {sorted(unseen)} behind the log's back")
        return result


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function as one transaction of one actor; a nested action joins its caller's.

    The function takes keyword arguments only, among them `by: Actor`. When it ends, every row it changed must be
    mentioned by an event it recorded; otherwise SilentChange is raised and nothing is kept.
    """
    domain = domain_of(function.__module__)
    name = f"{domain}.{function.__name__}"

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{name} takes keyword arguments only")

        def call() -> R:
            return function(*args, **kwargs)

        if command := _current.get():
            return _step(command, domain, call)
        command = Command(name, cast(Actor, kwargs["by"]))
        token = _current.set(command)
        try:
            return _outermost(command, domain, call)
        finally:
            _current.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    run.action_name = name  # type: ignore[attr-defined]
    return run


def acting_as(by: Actor) -> AbstractContextManager[None]:
    """A part of the running action that another actor does: one transaction holds what many of them do."""
    command = _current.get()
    if command is None:
        raise WriteOutsideAction("acting_as() belongs inside an action")
    return _ActingAs(command, by)


class _ActingAs(AbstractContextManager[None]):
    def __init__(self, command: Command, by: Actor) -> None:
        self.command, self.by, self.before = command, by, command.by

    def __enter__(self) -> None:
        self.before, self.command.by = self.command.by, self.by

    def __exit__(self, *_error: Any) -> None:
        self.command.by = self.before


@contextmanager
def attempt() -> Iterator[None]:
    """A part of an action that may fail: if it raises, only this part is undone, and the caller may go on."""
    with attempt_in_memory() as reach:
        reach()
        yield


def attempt_in_memory() -> AbstractContextManager[Callable[[], None]]:
    """Like `attempt`, for a part that may do without the database: call what is yielded before it writes there."""
    command = _current.get()
    if command is None:
        raise WriteOutsideAction("attempt() belongs inside an action")
    return _Attempt(command)


class _Attempt(AbstractContextManager[Callable[[], None]]):
    """A class, since a generator takes three times as long, and each step of a process is an attempt."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.before = command.changed, command.mentioned, command.tables
        self.mark, self.had_failed = len(command.pending), command.failed
        self.waiting: list[Waiting | Crowd] = []
        self.opened: Any = None

    def __enter__(self) -> Callable[[], None]:
        command = self.command
        command.changed, command.mentioned, command.tables = set(), set(), set()
        return self.reach

    def reach(self) -> None:
        if self.opened is None:
            self.waiting = self.command.pending[: self.mark]
            opened = transaction.atomic()
            opened.__enter__()
            self.opened = opened

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if self.opened is not None:
                self.opened.__exit__(kind, error, trace)
        except BaseException:
            self._undo()
            raise
        if kind is not None:
            self._undo()
            return
        command, (changed, mentioned, tables) = self.command, self.before
        changed |= command.changed
        mentioned |= command.mentioned
        tables |= command.tables
        command.changed, command.mentioned, command.tables = self.before

    def _undo(self) -> None:
        """What waited before may have been written meanwhile, which was undone, too."""
        command = self.command
        command.pending[:] = self.waiting if self.opened is not None else command.pending[: self.mark]
        command.failed = self.had_failed
        command.changed, command.mentioned, command.tables = self.before
