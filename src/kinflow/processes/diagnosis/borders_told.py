"""The waits between units in the reader's words: for screens and the API."""

from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import Actor
from kinflow.organisation.models import Unit

from ..definitions.models import Process
from ..definitions.reading import refuse_strangers
from ..studio.spans import count, share
from .causes import CAUSES
from .keeping import waits_of
from .models import Diagnosis
from .naming import called
from .waiting import BorderWait
from .words.proofs import CAUSES as WORDS
from .words.saying import hours


@dataclass(frozen=True)
class ToldBorder:
    """A border as a reader sees it."""

    wait: BorderWait
    giver: str
    taker: str

    @property
    def times(self) -> str:
        """How many hand-overs."""
        return count(self.wait.times)

    @property
    def mean(self) -> str:
        """How long each waited."""
        return hours(self.wait.mean)

    @property
    def per_month(self) -> str:
        """How much waiting that is in a month."""
        return hours(self.wait.per_month)

    @property
    def causes(self) -> list[dict[str, str]]:
        """Each cause with its share and, for drawing, its width."""
        return [
            {"key": key, "name": str(WORDS[key]), "share": share(value), "width": f"{100 * value:.1f}"}
            for key, value in zip(CAUSES, self.wait.causes, strict=True)
        ]

    def answer(self) -> dict[str, Any]:
        """The border as the API gives it."""
        return {
            "giver": self.giver,
            "taker": self.taker,
            "times": self.wait.times,
            "mean_hours": round(self.wait.mean, 2),
            "hours_per_month": round(self.wait.per_month, 2),
            "causes": {k: round(v, 4) for k, v in zip(CAUSES, self.wait.causes, strict=True)},
        }


def borders_of(process: Process, by: Actor) -> list[ToldBorder]:
    """The borders at which cases wait as they were found last, the longest waiting first. Raises Refused."""
    refuse_strangers(by)
    row = Diagnosis.objects.filter(process=process).only("waits").first()
    waits = waits_of(row) if row else []
    keys = {key for wait in waits for key in (wait.giver, wait.taker)}
    names = called(Unit, keys) if process.case_kind else {}
    return [
        ToldBorder(wait, names.get(wait.giver, wait.giver), names.get(wait.taker, wait.taker))
        for wait in waits
    ]


def cause_names() -> list[dict[str, str]]:
    """The five causes, for the legend."""
    return [{"key": key, "name": str(WORDS[key])} for key in CAUSES]
