"""How many wait and are worked on at each step at a moment of a play."""

from dataclasses import dataclass

import numpy as np

from .walking import BORDER, Walks


@dataclass(frozen=True)
class Numbers:
    """At one moment: by step (its place in the scenario) cases that wait there, pieces of work begun and not done, and
    people at work; in the whole process, cases that came and have not ended.
    """

    waiting: dict[int, int]
    in_work: dict[int, int]
    people: dict[int, int]
    open: int


def numbers_at(walks: Walks, moment: int) -> Numbers:
    """The numbers at a moment, in microseconds since what is shown begins."""

    def by_step(since: str, until: str) -> dict[int, int]:
        there = (
            (getattr(walks, since) <= moment) & (moment < getattr(walks, until)) & (walks.target != BORDER)
        )
        steps, counts = np.unique(walks.target[there], return_counts=True)
        return dict(zip(steps.tolist(), counts.tolist(), strict=True))

    is_open = (walks.arrival <= moment) & (moment < walks.finish)
    return Numbers(
        by_step("wanted", "begun"), by_step("begun", "done"), by_step("counted", "done"), int(is_open.sum())
    )
