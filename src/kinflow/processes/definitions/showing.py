"""A process shown out: what the command line and the API say of it at a glance."""

from collections.abc import Callable
from typing import Any, Literal

from kinflow.eventlog import Actor

from ..columns import EventColumns
from ..measuring.engine import overview_by_engine
from .labels import labels_of
from .models import Process
from .reading import columns_of_process
from .steps import Level
from .working import calendars_of, working_clock

Time = Literal["elapsed", "working"]
TIMES: tuple[Time, ...] = ("elapsed", "working")
MOST_VARIANTS = 1000
Finder = Callable[[Process, EventColumns, Actor], list[dict[str, Any]]]
finders: list[Finder] = []
"""What finds faults of a process; each registers itself."""


def glance(
    process: Process,
    by: Actor,
    *,
    level: Level = "steps",
    time: Time = "elapsed",
    part: Callable[[EventColumns], EventColumns] | None = None,
    most_variants: int | None = MOST_VARIANTS,
    with_findings: bool = True,
) -> dict[str, Any]:
    """The process at a glance (see `measuring.overview`), with how its steps are called and what was found.

    `part` takes the part of the log that is asked for; findings are those of the whole log. Of working time only the
    hours count in which units work, by their calendars.
    """
    columns = columns_of_process(process, by, level=level)
    clock = working_clock(columns, calendars_of(columns.units)) if time == "working" else None
    told = overview_by_engine(part(columns) if part else columns, clock=clock, most_variants=most_variants)
    found = [each for find in finders for each in find(process, columns, by)] if with_findings else []
    return {
        "key": process.key,
        "name": process.called,
        "level": level,
        "time": time,
        **told,
        "labels": labels_of(process, columns.activities) if process.case_kind else {},
        "findings": found,
    }
