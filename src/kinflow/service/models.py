"""The models of service."""

from .cases.models import Case

__all__ = ["Case"]
