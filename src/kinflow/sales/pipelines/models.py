"""The pipeline and its stages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record


class Pipeline(Record):
    """A way of selling, as an order of stages."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    is_default = models.BooleanField(_("default"), default=False)

    def __str__(self) -> str:
        return self.name


class Stage(Recorded):
    """One step of a pipeline, with the probability to win from there."""

    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="stages")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"))
    probability = models.PositiveSmallIntegerField(_("probability in percent"), default=10)

    class Meta(Recorded.Meta):
        ordering = ["pipeline", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "code"], name="stage_code_once"),
            models.CheckConstraint(condition=models.Q(probability__lte=100), name="stage_probability"),
        ]

    def __str__(self) -> str:
        return self.name

    def whole(self) -> Pipeline:
        """The pipeline."""
        return self.pipeline
