"""All processes side by side: which of them matter."""

from dataclasses import dataclass
from datetime import datetime

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from .goals import rates_of
from .models import Process
from .numbers import Figures, costs_of, figures_of
from .reading import columns_by_id, refuse_strangers


@dataclass(frozen=True)
class Row:
    """A process with its figures; None where its log is gone."""

    process: Process
    figures: Figures | None


def portfolio(by: Actor, now: datetime) -> list[Row]:
    """The processes in use with their figures, in their order. Raises Refused for who sees no processes."""
    refuse_strangers(by)
    return [Row(process, figures(process, by, now)) for process in Process.objects.filter(is_active=True)]


def figures(process: Process, by: Actor, now: datetime) -> Figures | None:
    """The figures of a process at a moment; None where its log is gone. Raises Refused."""
    refuse_strangers(by)
    try:
        columns = columns_by_id(process)
    except NotFound:
        return None
    return figures_of(process, columns, now, costs_of(process, columns, rates_of(process.rates)))
