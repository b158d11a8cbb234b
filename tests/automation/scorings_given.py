"""Scorings for tests."""

from typing import Any

from kinflow.automation.scorings.actions import add_scoring
from kinflow.automation.scorings.models import Scoring

from .given import OWNER

RULES = (
    {"rule": "has_role", "parameters": {"role": "representative"}},
    {"rule": "takes_work"},
    {"rule": "present"},
)


def weights(**given: float) -> list[dict[str, Any]]:
    """Criteria with weights and parameters as they are from the start."""
    return [{"criterion": name, "weight": weight} for name, weight in given.items()]


def lead_scoring(
    *, rules: tuple[dict[str, Any], ...] = (*RULES, {"rule": "has_room"}), **more: Any
) -> Scoring:
    """A scoring for leads by product knowledge and load."""
    criteria = more.pop("criteria", weights(product_knowledge=25, load=10))
    name = more.pop("name", "Leads")
    return add_scoring(kind="lead", name=name, criteria=criteria, eligibility=rules, by=OWNER, **more)
