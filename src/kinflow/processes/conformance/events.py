"""What happens to reference models."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..definitions.models import Process
from .models import ReferenceModel


@dataclass(frozen=True, kw_only=True)
class ReferenceModelAdded(Event):
    """Somebody gave a model of how a process should go."""

    referencemodel: ReferenceModel
    process: Process
    icon = "flow"
    sentence = _("{by} added model {referencemodel} to hold {process} against")


@dataclass(frozen=True, kw_only=True)
class ReferenceModelRemoved(Event):
    """A model is not held against its process any more."""

    referencemodel: ReferenceModel
    process: Process
    name_given: str
    icon = "trash"
    sentence = _("{by} removed model {name_given} from {process}")
