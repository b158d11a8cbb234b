"""All kinds of step, known once this is imported."""

from . import (
    ask_for_approval,
    ask_table,
    assign,
    branch,
    change_fields,
    create_record,
    segment,
    tell,
    wait,
    webhook,
)

__all__ = [
    "ask_for_approval",
    "ask_table",
    "assign",
    "branch",
    "change_fields",
    "create_record",
    "segment",
    "tell",
    "wait",
    "webhook",
]
