"""The one condition language: parsed, translated to SQL, evaluated in memory, said as a sentence."""

from .chips import Chip, chips
from .context import Context
from .dependence import constants, related_ids, relevant_fields
from .fields import Field, Kind, Step, Vocabulary
from .memory import holds, predicate
from .operators import OPERATORS, Op
from .parsing import parse, parse_text
from .refusal import ConditionError
from .sentences import sentence
from .sql import to_q
from .tree import EVERYTHING, All, Condition, Has, Not, Some, Test
from .value_words import Names
from .words import operator_words
from .writing import to_json

__all__ = [
    "EVERYTHING",
    "OPERATORS",
    "All",
    "Chip",
    "Condition",
    "ConditionError",
    "Context",
    "Field",
    "Has",
    "Kind",
    "Names",
    "Not",
    "Op",
    "Some",
    "Step",
    "Test",
    "Vocabulary",
    "chips",
    "constants",
    "holds",
    "operator_words",
    "parse",
    "parse_text",
    "predicate",
    "related_ids",
    "relevant_fields",
    "sentence",
    "to_json",
    "to_q",
]
