"""The models of processes, one import line per noun, as Django asks."""

from .definitions.models import Process
from .logs.models import ImportedLog

__all__ = ["ImportedLog", "Process"]
