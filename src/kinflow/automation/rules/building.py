"""Triggers, conditions and steps of rules in few words."""

from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]
Said = Mapping[str, str] | str
"""A text, or one for each language."""


def is_(field: str, value: Any) -> Content:
    """A test for one value."""
    return {"field": field, "op": "is", "value": value}


def one_of(field: str, *values: Any) -> Content:
    """A test for one of several values."""
    return {"field": field, "op": "any_of", "value": list(values)}


def test(field: str, op: str, value: Any) -> Content:
    """Any other test."""
    return {"field": field, "op": op, "value": value}


def every(*parts: Content) -> dict[str, Any]:
    """All of the parts."""
    return {"all": list(parts)}


def state(amount: int = 0, unit: str = "days", calendar: str = "") -> dict[str, Any]:
    """A state that has held for so long."""
    held = {"amount": amount, "unit": unit} if amount else {}
    return {"when": "state", "for": held, "calendar": calendar, "existing": False}


def event(*names: str) -> dict[str, Any]:
    """Something that happens."""
    return {"when": "event", "events": list(names)}


def create(kind: str, /, **values: Any) -> dict[str, Any]:
    """A step that makes a record."""
    return {"step": "create_record", "parameters": {"record_type": kind, "values": values}}


def change(**values: Any) -> dict[str, Any]:
    """A step that changes fields."""
    return {"step": "change_fields", "parameters": {"values": values}}


def tell(to: str, subject: Said, urgency: str = "normal") -> dict[str, Any]:
    """A step that tells whoever owns the record ("owner"), or whom they report to ("lead")."""
    return {"step": "tell", "parameters": {"to": to, "subject": subject, "urgency": urgency}}


def ask_lead(
    question: Said, *, approved: list[Any], refused: list[Any], unanswered: list[Any]
) -> dict[str, Any]:
    """A step that asks whom the record's owner reports to, and waits a day for the answer."""
    parameters = {
        "to": "lead",
        "question": question,
        "within": {"amount": 1, "unit": "days"},
        "approved": approved,
        "refused": refused,
        "unanswered": unanswered,
    }
    return {"step": "ask_for_approval", "parameters": parameters}


ASSIGN: dict[str, Any] = {"step": "assign", "parameters": {}}
OPEN_CASE = one_of("status", "new", "open")


def content(trigger: Any, condition: Any, *steps: Any) -> dict[str, Any]:
    """A whole rule."""
    return {"trigger": trigger, "condition": condition, "steps": list(steps)}
