"""Seniority against the customer's grade: the best customers meet the most experienced people."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .criterion import Criterion, Matrix, criterion, rows_by
from .situation import Situation

WANTED = {"A": 5, "B": 4, "C": 3, "D": 2}
"""The seniority that fits each grade."""


def _seniorities(situation: Situation) -> Matrix:
    return np.array([p.seniority for p in situation.people.persons], dtype=np.float64)


@criterion
@dataclass(frozen=True)
class Seniority(Criterion):
    """1 − distance / 4 between a person's seniority and the one that fits the customer's grade; 0 without a grade."""

    name = "seniority"
    label = gettext_lazy("Seniority for the customer's grade")
    help = gettext_lazy("How well the person's seniority fits the customer's grade.")

    def values(self, situation: Situation) -> Matrix:
        """1 where it fits exactly."""
        had = situation.once(_seniorities)
        return rows_by(
            situation,
            lambda item: item.grade if item.grade in WANTED else "",
            lambda grade: 1.0 - np.abs(had - WANTED[grade]) / 4.0,
        )

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The seniority beside the grade."""
        grade = situation.items[item].grade
        if grade not in WANTED:
            return _("The customer has no grade")
        had = situation.people.persons[person].seniority
        return _("Seniority %(had)d for a customer of grade %(grade)s") % {"had": had, "grade": grade}
