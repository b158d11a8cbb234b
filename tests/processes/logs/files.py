"""Small logs as files, and logs told in words so that two can be compared."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kinflow.processes.columns import EventColumns
from kinflow.processes.logs.events_told import events_of, numbers_of, texts_of
from kinflow.processes.logs.growing import Read
from kinflow.processes.logs.reading import How, look_at, read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def event(name: str | None, at: str | None = None, *, tag: str = "date", **more: str) -> str:
    """An event of XES; `more` is further attributes, with `__` for a colon."""
    told = [] if name is None else [f'<string key="concept:name" value="{name}"/>']
    told += [] if at is None else [f'<{tag} key="time:timestamp" value="{at}"/>']
    told += [f'<string key="{key.replace("__", ":")}" value="{value}"/>' for key, value in more.items()]
    return f"<event>{''.join(told)}</event>"


def trace(name: str | None, *events: str, more: str = "") -> str:
    """A trace of XES."""
    named = "" if name is None else f'<string key="concept:name" value="{name}"/>'
    return f"<trace>{named}{more}{''.join(events)}</trace>"


def xes(*traces: str) -> bytes:
    """An XES file."""
    return f"{HEAD}<log>{''.join(traces)}</log>".encode()


def day(number: int, hour: int = 9) -> str:
    """A moment in March 2026, UTC."""
    return f"2026-03-{number:02}T{hour:02}:00:00Z"


def at(text: str) -> int:
    """The moment as columns hold it."""
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1e6)


def steps(columns: EventColumns) -> dict[str, list[str]]:
    """The activities of each case, in order."""
    found: dict[str, list[str]] = {name: [] for name in columns.case_ids}
    for one in events_of(columns):
        found[columns.case_ids[one.case]].append(one.activity)
    return found


def told(columns: EventColumns) -> list[Any]:
    """All that a log says, in words: events in order, then what is known of each case."""
    return [
        [
            (columns.case_ids[one.case], one.activity, one.at, one.begun_at, one.resource, one.unit)
            for one in events_of(columns)
        ],
        [
            (name, sorted(texts_of(columns, case)), sorted(numbers_of(columns, case)))
            for case, name in enumerate(columns.case_ids)
        ],
    ]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def as_guessed(path: Path, **more: Any) -> Read:
    """The log in a file, read as it is guessed; `more` is what `How` takes."""
    looked = look_at(path, path.name)
    roles = {one.header: one.role for one in looked.columns}
    kind = looked.object_types[0].name if looked.object_types else ""
    return read(path, path.name, How(**{"roles": roles, "object_type": kind, **more}))


def table(headers: Sequence[str], *rows: Sequence[str]) -> str:
    """A CSV file."""
    return "\n".join(",".join(row) for row in (headers, *rows)) + "\n"
