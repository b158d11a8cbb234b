"""Decision tables for tests."""

from typing import Any

from kinflow.automation.decisions.actions import add_table, put_table_live
from kinflow.automation.decisions.models import DecisionTable
from kinflow.eventlog import SYSTEM


def content(*rows: tuple[str, ...], hit: str = "first", about: str = "record.seniority") -> dict[str, Any]:
    """One condition and one outcome, a text."""
    return {
        "hit": hit,
        "collect": "",
        "inputs": [{"expression": about, "label": "Seniority", "label_zh": "资历", "allowed": ""}],
        "outputs": [{"name": "rank", "label": "Rank", "label_zh": "级别", "sort": "text", "values": []}],
        "rows": [{"when": list(row[:-1]), "then": [row[-1]], "note": ""} for row in rows],
    }


RANKS = content((">= 4", "senior"), ("< 4", "junior"))


def table(name: str = "Ranks", *, is_live: bool = True, **more: Any) -> DecisionTable:
    """A table about people."""
    kind, told = more.pop("kind", "person"), more.pop("content", RANKS)
    made = add_table(kind=kind, name=name, content=told, by=SYSTEM, **more)
    return put_table_live(decisiontable=made, by=SYSTEM) if is_live else made
