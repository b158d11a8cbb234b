"""The models of processes, one import line per noun, as Django asks."""

from .definitions.models import Process

__all__ = ["Process"]
