"""What the API of automation answers."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from .my_work.across import Best


class Content(Schema):
    """What one version of a scoring says."""

    criteria: list[dict[str, Any]]
    eligibility: list[dict[str, Any]]
    fallback: int | None
    minimum_points: float | None
    tell: list[int]
    offer: dict[str, Any] | None = None


class ScoringOut(Content):
    """A scoring with the content of its current version."""

    id: int
    kind: str
    name: str
    name_zh: str
    condition: dict[str, Any]
    position: int
    is_active: bool
    version: int


class VersionOut(Content):
    """One version of a scoring."""

    number: int
    made_at: datetime
    made_by: str


class ShareOut(Schema):
    """What one person would have got, and what they have of the sample now."""

    person_id: int
    name: str
    items: int
    now_has: int


class PreviewOut(Schema):
    """What a scoring would have given on the last items of its kind."""

    sample: int
    unassigned: int
    changed: int
    mean_points: float | None
    shares: list[ShareOut]


class WhyOut(Schema):
    """Who has an item, and why: the score card of the last assignment, empty where there was none."""

    owner: int | None
    at: datetime | None
    by: str
    reason: str
    card: dict[str, Any]


class BatchOut(Schema):
    """Items by person who has them or is offered them, those nobody was eligible for, and those passed over."""

    given: dict[int, int]
    offered: dict[int, int] = Field(default_factory=dict)
    left_over: list[int]
    passed: list[int]


class OwnerOut(Schema):
    """Who has the item now."""

    owner: int | None


class NextOut(Schema):
    """The item that suits the caller best; null where there is none."""

    id: int | None
    points: float | None
    title: str = ""


class BestOut(NextOut):
    """The item over all kinds; `suits` is from 0 to 100, `worth` adds what it presses."""

    kind: str = ""
    suits: int = 0
    worth: int = 0
    reason: str = ""


def best_shown(best: Best) -> dict[str, Any]:
    """A next best item as `BestOut` says it."""
    return {
        "id": best.row.pk,
        "points": best.points,
        "title": str(best.face.title(best.row)),
        "kind": best.face.name,
        "suits": best.suits,
        "worth": best.worth,
        "reason": best.reason,
    }
