"""The models of processes, one import line per noun, as Django asks."""

from .conformance.models import ReferenceModel
from .definitions.models import Process
from .deployments.models import Deployment, Placement, VersionMove
from .designs.models import DesignVersion, ProcessDesign
from .diagnosis.models import Diagnosis, Dismissal
from .execution.models import ProcessInstance, ProcessToken, ProcessWait
from .logs.models import ImportedLog
from .redesigns.models import Redesign
from .simulation.calibrating.models import Calibration
from .simulation.satisfaction.models import SatisfactionModel
from .simulation.search.models import MoveSearch, SearchPoint
from .simulation.sensitivity.models import Sensitivity
from .simulation.whatif.models import WhatIf

__all__ = [
    "Calibration",
    "Deployment",
    "DesignVersion",
    "Diagnosis",
    "Dismissal",
    "ImportedLog",
    "MoveSearch",
    "Placement",
    "Process",
    "ProcessDesign",
    "ProcessInstance",
    "ProcessToken",
    "ProcessWait",
    "Redesign",
    "ReferenceModel",
    "SatisfactionModel",
    "SearchPoint",
    "Sensitivity",
    "VersionMove",
    "WhatIf",
]
