"""Which stage, or which end, a word of another system means."""

from dataclasses import dataclass

from kinflow.records.importing.choice_words import words_for
from kinflow.records.importing.mapping import plain

from ..pipelines.models import Pipeline, Stage

ENDS = ("won", "lost")


@dataclass(frozen=True)
class Standing:
    """Where an opportunity stands: its stage, and "open", "won" or "lost"."""

    stage: Stage
    outcome: str


class Stages:
    """The stages of all pipelines by their names, those of the usual pipeline first."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.first, *others = pipeline.stages.order_by("position")
        self.last = others[-1] if others else self.first
        self.usual = {stage.code: stage for stage in (self.first, *others)}
        every = Stage.objects.select_related("pipeline").order_by("pipeline", "position")
        self.by_name: dict[str, Stage] = {}
        for stage in (*self.usual.values(), *every):
            for name in (stage.name, stage.name_zh, stage.code):
                if name:
                    self.by_name.setdefault(plain(name), stage)
        self.words = {plain(word): value for word, value in words_for("opportunity", "stage")}

    def standing(self, said: str) -> Standing | None:
        """What the word means; an empty one is the first stage, None an unknown one."""
        word = plain(said)
        if not word:
            return Standing(self.first, "open")
        if word in self.by_name:
            return Standing(self.by_name[word], "open")
        meant = self.words.get(word, "")
        if meant in ENDS:
            return Standing(self.last if meant == "won" else self.first, meant)
        return Standing(self.usual[meant], "open") if meant in self.usual else None

    def has_before(self, stage: Stage) -> Stage | None:
        """The first stage of the stage's pipeline, where that is another one."""
        if stage.pipeline_id == self.first.pipeline_id:
            return self.first if stage.pk != self.first.pk else None
        first = Stage.objects.filter(pipeline_id=stage.pipeline_id).order_by("position")[0]
        return first if first.pk != stage.pk else None
