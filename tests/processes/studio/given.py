"""A process whose log was written by hand: orders that are asked for, checked and delivered, some by detours."""

from collections.abc import Iterator
from contextlib import contextmanager

from kinflow.eventlog import SYSTEM
from kinflow.processes.columns import EventColumns
from kinflow.processes.definitions.actions import add_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.sources import Source, finders
from tests.processes.given import labels, log_of

WAYS = ["ACD", "ACD", "ACD", "ABCD", "ABCCD", "AD"]
STEPS = {"A": "Order arrives", "B": "Check credit", "C": "Pack", "D": "Deliver"}
SINCE = 490_000
"""The hour (since 1970) of the first order."""


def orders(count: int = 12) -> EventColumns:
    """So many orders, one a day, each step a few hours after the other."""
    rows = [
        (
            f"order {number}",
            STEPS[letter],
            SINCE + 24 * number + 5 * at + number % 3,
            "Li" if letter in "AD" else "Wu",
        )
        for number in range(count)
        for at, letter in enumerate(WAYS[number % len(WAYS)])
    ]
    regions = labels(*("North" if number % 2 else "South" for number in range(count)))
    return log_of(rows, units={"Li": "Sales", "Wu": "Store"}, attributes={"region": regions})


@contextmanager
def process_of(columns: EventColumns, key: str = "orders") -> Iterator[Process]:
    """A process of another system's log."""
    process = add_process(key=key, name="Orders", name_zh="订单", by=SYSTEM)
    source = Source(f"{key} {process.pk}", lambda: columns)

    def find(asked: Process) -> Source | None:
        return source if asked.pk == process.pk else None

    finders.append(find)
    try:
        yield process
    finally:
        finders.remove(find)
