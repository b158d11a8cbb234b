"""What the rows have in common: a process, where they are shown, and for those that play it what they keep of it."""

from typing import ClassVar

from django.db import models

from kinflow.records.long_work.models import AskedWork

from ...definitions.models import Process


class ProcessWork(AskedWork):
    """Work on a `process`; `PLACE` is where its pages are below the process's."""

    PLACE: ClassVar[str]
    process: Process
    process_id: int

    class Meta(AskedWork.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.process_id}: {self.pk}"

    def whole(self) -> Process:
        """The process."""
        return self.process

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/processes/{self.process.key}/{self.PLACE}/{self.pk}/"


class PlayedWork(ProcessWork):
    """Work that plays the scenario of a calibration; `pay` is what people cost when it began, as `paying.pay_now`."""

    pay = models.JSONField(default=dict)

    class Meta(ProcessWork.Meta):
        abstract = True
