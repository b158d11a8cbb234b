"""The satisfaction model of a process: the numbers kept for it, or else the stated ones."""

from dataclasses import dataclass
from datetime import datetime

from ...definitions.models import Process
from .models import SatisfactionModel
from .reckoning import STATED, Satisfaction, model_from


@dataclass(frozen=True)
class Kept:
    """The model of a process, and who kept its numbers last and when; nobody did while they are as they were stated."""

    model: Satisfaction = STATED
    by_name: str = ""
    kept_at: datetime | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the numbers are those stated for every process."""
        return self.model == STATED


def kept_of(process: Process) -> Kept:
    """What a process keeps; a number that lies outside its limits by now is the stated one."""
    row = SatisfactionModel.objects.filter(process=process).first()
    return Kept(model_from(row.numbers)[0], row.by_name, row.kept_at) if row else Kept()
