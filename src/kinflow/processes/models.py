"""The models of processes, one import line per noun, as Django asks."""

from .conformance.models import ReferenceModel
from .definitions.models import Process
from .designs.models import DesignVersion, ProcessDesign
from .diagnosis.models import Diagnosis, Dismissal
from .execution.models import ProcessInstance, ProcessToken, ProcessWait
from .logs.models import ImportedLog

__all__ = [
    "DesignVersion",
    "Diagnosis",
    "Dismissal",
    "ImportedLog",
    "Process",
    "ProcessDesign",
    "ProcessInstance",
    "ProcessToken",
    "ProcessWait",
    "ReferenceModel",
]
