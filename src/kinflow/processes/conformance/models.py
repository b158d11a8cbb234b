"""The reference model."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record


class ReferenceModel(Record):
    """A BPMN model of how a process should go: the file as it was given, for a process by its key."""

    process_key = models.SlugField(_("process"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    content = models.BinaryField(editable=False)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["process_key"], name="referencemodel_process")]

    def __str__(self) -> str:
        return self.name
