"""Long work told to people and programs: how far it is, or why it failed, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from .faults import said_with
from .models import LongWork, WorkProgress
from .progress import NONE, progress_of
from .works import Work, works


class LongWorkOut(Schema):
    """What all long work tells of itself."""

    id: int
    state: str = Field(description="waiting (it runs, or will), done, cancelled or failed.")
    percent: int = Field(description="How much is done, 0 to 100.")
    stage: str = Field(description="What is being done, in the caller's language.")
    fault: str = Field(description="Why it failed, as a word; empty unless it did.")
    fault_words: str = Field(description="Why it failed, in the caller's language.")
    made_at: datetime
    ended_at: datetime | None


def work_told(row: Any, progress: WorkProgress | None = None) -> dict[str, Any]:
    """What `LongWorkOut` tells of a row."""
    plain = {name: getattr(row, name) for name in ("state", "fault", "made_at", "ended_at")}
    return {"id": row.pk, "fault_words": fault_words(row), **plain, **_how_far(row, progress)}


def works_told(rows: Iterable[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Rows, each with what `LongWorkOut` tells of it, in one query."""
    known = list(rows)
    running = progress_of([row for row in known if row.is_running])
    return [(row, work_told(row, running.get(row.pk, NONE))) for row in known]


def fault_words(row: LongWork) -> str:
    """Why it failed, in the reader's language; "" where it did not."""
    return str(said_with(_work(row).fault_words)(row.fault, {}))


def on_page(row: LongWork | None) -> dict[str, Any]:
    """What `records/long_work/state.html` shows of a row."""
    if row is None:
        return {}
    return {"row": row, "fault": fault_words(row), **_how_far(row)}


def _how_far(row: LongWork, progress: WorkProgress | None = None) -> dict[str, Any]:
    if not row.is_running:
        return {"percent": 100 if row.state == row.ENDS_WELL else 0, "stage": ""}
    progress = progress or progress_of([row]).get(row.pk, NONE)
    words = _work(row).stage_words.get(progress.stage, "")
    stage = str(words) % {"done": progress.done, "total": progress.total} if words else ""
    return {"percent": int(100 * progress.share), "stage": stage}


def _work(row: LongWork) -> Work[Any]:
    return works[type(row)]
