"""A redesign: which version of a design the moves of a what-if made, what they promised, what else they ask for."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded

from ..designs.models import ProcessDesign
from ..simulation.whatif.models import WhatIf


class Redesign(Recorded):
    """The moves of a what-if made in version `number` of a design; `before` is the version before, none for a new design.

    `moves` tells of each move [{"move", "words", "model", "done", "left_out"}], words by language, `model` whether it
    changed the flow, `done` whether it was made in the organisation, `left_out` what other tools said and could not
    stay, `covers` how many of the past records its policy covers;
    `skills` what people were trained in with it [{"person", "skill", "level", "before"}], `structure` what was changed in
    the organisation, as `done` says, `stayed` what of it could not be taken back; `promise` what the simulation
    foretold and `milestone` the step until which, as deployments keep them; `found` what was found, by language;
    `undone_number` the version that undid it. A what-if that was removed is still named.
    """

    design = models.ForeignKey(ProcessDesign, models.CASCADE, related_name="redesigns")
    number = models.PositiveIntegerField(_("version"))
    before = models.PositiveIntegerField(null=True)
    what_if = models.ForeignKey(WhatIf, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    finding = models.CharField(max_length=500, blank=True, default="")
    found = models.JSONField(default=dict)
    moves = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    structure = models.JSONField(default=list, db_default=[])
    stayed = models.JSONField(default=list, db_default=[])
    promise = models.JSONField(default=list)
    milestone = models.JSONField(default=dict)
    horizon_days = models.PositiveSmallIntegerField(default=14)
    undone_number = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="redesign_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.design_id} v{self.number}"

    def whole(self) -> Any:
        """The design."""
        return self.design
