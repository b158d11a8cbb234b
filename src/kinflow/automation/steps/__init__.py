"""The kinds of step of a rule, one file each."""

from .step import Doing, Done, Step, registry, step

__all__ = ["Doing", "Done", "Step", "registry", "step"]
