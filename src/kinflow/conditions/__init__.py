"""The one condition language: parsed, translated to SQL, evaluated in memory, said as a sentence."""

from .context import Context
from .fields import Field, Kind, Step, Vocabulary
from .memory import holds
from .operators import OPERATORS, Op
from .parsing import parse, parse_text
from .reach import constants, related_ids, relevant_fields
from .refusal import ConditionError
from .sql import to_q
from .tree import EVERYTHING, All, Condition, Has, Not, Some, Test
from .writing import to_json

__all__ = [
    "EVERYTHING",
    "OPERATORS",
    "All",
    "Condition",
    "ConditionError",
    "Context",
    "Field",
    "Has",
    "Kind",
    "Not",
    "Op",
    "Some",
    "Step",
    "Test",
    "Vocabulary",
    "constants",
    "holds",
    "parse",
    "parse_text",
    "related_ids",
    "relevant_fields",
    "to_json",
    "to_q",
]
