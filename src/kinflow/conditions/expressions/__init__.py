"""The one safe expression language: values worked out from a record, an event and the calendar, never by `eval`."""

from .calendar import count_working_days_by
from .evaluating import evaluate
from .functions import FUNCTIONS
from .parsing import parse_expression
from .reach import fits, relevant_fields
from .refusal import ExpressionError
from .templates import parse_text, render
from .tree import Expression, Length, Literal, Sort, Text
from .wording import expression_words, text_words

__all__ = [
    "FUNCTIONS",
    "Expression",
    "ExpressionError",
    "Length",
    "Literal",
    "Sort",
    "Text",
    "count_working_days_by",
    "evaluate",
    "expression_words",
    "fits",
    "parse_expression",
    "parse_text",
    "relevant_fields",
    "render",
    "text_words",
]
