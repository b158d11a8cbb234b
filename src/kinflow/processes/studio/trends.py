"""Whether a process has become faster or slower by more than chance."""

from datetime import datetime, timedelta

from kinflow.eventlog import Actor

from ..definitions.models import Process
from ..definitions.numbers import DAY, TREND_DAYS, ends_of
from ..definitions.reading import columns_of_process
from ..diagnosis.chances import larger
from .moments import BEGINNING
from .remembering import remembered

FEWEST = 20
"""Cases ended on each side, below which nothing is said."""
MOST_CHANCE = 0.05


def has_turned(process: Process, by: Actor, now: datetime) -> bool:
    """Whether cases ended in the last 90 days took otherwise than those of the 90 days before (Mann-Whitney, 5 %)."""
    columns = columns_of_process(process, by)

    def test() -> bool:
        ends = ends_of(process, columns)
        age = ((now - BEGINNING) // timedelta(microseconds=1) - ends.until) / (TREND_DAYS * DAY)
        took = ends.until - ends.begun
        lately, before = (took[ends.ended & (age >= low) & (age < low + 1)] for low in (0, 1))
        if min(len(lately), len(before)) < FEWEST:
            return False
        return 2 * min(larger(lately, before).p, larger(before, lately).p) < MOST_CHANCE

    return remembered(columns, ("turned", process.version, now.date()), test)
