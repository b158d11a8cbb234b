"""A process shown out: what the command line and the API say of it at a glance."""

from collections.abc import Callable
from typing import Any

from kinflow.eventlog import Actor

from ..columns import EventColumns
from ..measuring.overview import overview
from .labels import labels_of
from .models import Process
from .reading import columns_of_process
from .steps import Level

MOST_VARIANTS = 1000
Finder = Callable[[Process, EventColumns, Actor], list[dict[str, Any]]]
finders: list[Finder] = []
"""What finds faults of a process; each registers itself."""


def glance(
    process: Process,
    by: Actor,
    *,
    level: Level = "steps",
    part: Callable[[EventColumns], EventColumns] | None = None,
    most_variants: int | None = MOST_VARIANTS,
    with_findings: bool = True,
) -> dict[str, Any]:
    """The process at a glance (see `measuring.overview`), with how its steps are called and what was found.

    `part` takes the part of the log that is asked for; findings are those of the whole log.
    """
    columns = columns_of_process(process, by, level=level)
    told = overview(part(columns) if part else columns, most_variants=most_variants)
    found = [each for find in finders for each in find(process, columns, by)] if with_findings else []
    return {
        "key": process.key,
        "name": process.called,
        "level": level,
        **told,
        "labels": labels_of(process, columns.activities) if process.case_kind else {},
        "findings": found,
    }
