"""What tells one kind of happening each, and what they have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from kinflow.eventlog import Event

from .book import Book, money
from .work import ABOUT

MONEY = {"amount"}

Subjects = Mapping[str, Any]
Teller = Callable[[Book, Subjects, Mapping[str, Any]], Event]
TELLERS: dict[str, Teller] = {}


def teller(kind: str) -> Callable[[Teller], Teller]:
    """Register what tells one kind of happening."""

    def register(function: Teller) -> Teller:
        TELLERS[kind] = function
        return function

    return register


def changes_of(book: Book, details: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What changed, as the log keeps it: old and new value by field."""
    found: dict[str, list[Any]] = {}
    for name, (before, after) in details["changes"].items():
        if name == "account":
            rows = [book.of("account", key) for key in (before, after)]
            found[name] = [row.pk if row else None for row in rows]
        elif name in MONEY:
            found[name] = [str(money(before)), str(money(after))]
        else:
            found[name] = [before, after]
    return found


def given_of(book: Book, details: Mapping[str, Any]) -> dict[str, Any]:
    """Who got an item, from whom, and why."""
    return {
        "person": book.of("person", details["person"]),
        "before": book.of("person", details.get("before")),
        "reason": details.get("reason", ""),
    }


def about_of(subjects: Subjects) -> dict[str, Any]:
    """Whom and what an activity concerns."""
    return {
        "account": subjects.get("account"),
        "contact": subjects.get("contact"),
        "about": next((subjects[kind] for kind in ABOUT if kind in subjects), None),
    }
