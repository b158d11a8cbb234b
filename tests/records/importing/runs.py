"""Imports from bytes to records, as the worker runs them."""

from pathlib import Path
from typing import Any

from kinflow.eventlog import SYSTEM, Actor
from kinflow.records.importing.actions import prepare_import, start_import
from kinflow.records.importing.giving import Given
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.running import run_import
from kinflow.records.importing.storing import blocks_of, store


def given(content: bytes | str | Path, name: str = "leads.csv") -> Given:
    """A file as somebody gives it."""
    if isinstance(content, Path):
        return Given(content.name, store(blocks_of(content)))
    return Given(name, store([content.encode() if isinstance(content, str) else content]))


def prepared(content: bytes | str | Path, kind: str = "lead", by: Actor = SYSTEM, **more: Any) -> ImportRun:
    """An import that waits for somebody to start it."""
    return prepare_import(kind=kind, given=given(content, **more), by=by)


def started(content: bytes | str | Path, kind: str = "lead", by: Actor = SYSTEM) -> ImportRun:
    """An import that the worker may take up."""
    return start_import(importrun=prepared(content, kind, by), by=by)


def imported(content: bytes | str | Path, kind: str = "lead", by: Actor = SYSTEM, **more: Any) -> ImportRun:
    """An import at its end."""
    return run_import(started(content, kind, by), **more)
