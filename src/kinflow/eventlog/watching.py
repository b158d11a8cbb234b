"""Every statement of a running action seen as it goes out: nothing writes rows beside `save`, `delete` and `bulk`.

The triggers know which tables were written to, not by whom; a statement of its own on a table that the action wrote
lawfully as well would pass them.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from django.db import connection

from .command import Command, SilentChange

_WRITES = re.compile(
    r'\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate|copy)\s+(?:table\s+|only\s+)*"?(\w+)',
    re.I,
)


@cache
def _guarded() -> frozenset[str]:
    from .guard import recorded_tables

    return frozenset(recorded_tables())


def written_tables(sql: str) -> set[str]:
    """The tables of records that a statement writes to, by its words."""
    return {name for name in _WRITES.findall(sql) if name in _guarded()}


def watched(command: Command) -> AbstractContextManager[None]:
    """Refuse, while the command runs, every statement that writes rows around the models."""

    def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not command.writing and isinstance(sql, str) and not sql.startswith("SELECT"):
            found = written_tables(sql) - command.linked
            if found:
                raise SilentChange(f"{command.name} wrote to {sorted(found)} behind the log's back")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(watch)
