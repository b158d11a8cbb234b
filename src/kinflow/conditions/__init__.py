"""The one condition language: parsed, translated to SQL, evaluated in memory, said as a sentence."""

from .fields import Field, Kind, Vocabulary

__all__ = ["Field", "Kind", "Vocabulary"]
