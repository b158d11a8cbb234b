"""The models of processes, one import line per noun, as Django asks."""

from .conformance.models import ReferenceModel
from .definitions.models import Process
from .diagnosis.models import Diagnosis, Dismissal
from .logs.models import ImportedLog

__all__ = ["Diagnosis", "Dismissal", "ImportedLog", "Process", "ReferenceModel"]
