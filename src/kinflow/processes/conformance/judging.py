"""A log held against a model: what each variant does otherwise, and what all of it amounts to."""

from collections.abc import Sequence
from dataclasses import dataclass

from .aligning import Alignment, Effort, Move, align
from .behaviour import Behaviour
from .variants import Variant


@dataclass(frozen=True)
class Judged:
    """A variant with its alignment; none where it was given up."""

    variant: Variant
    alignment: Alignment | None


@dataclass(frozen=True)
class Judgement:
    """All variants, judged; `shortest` is how many steps the shortest way through the model has."""

    judged: tuple[Judged, ...]
    shortest: int

    @property
    def cases(self) -> int:
        """How many cases were judged."""
        return sum(len(one.variant.cases) for one in self.judged if one.alignment)

    @property
    def given_up(self) -> int:
        """How many cases were not judged, since that would have taken too long."""
        return sum(len(one.variant.cases) for one in self.judged if not one.alignment)

    @property
    def fitting(self) -> int:
        """How many cases go as the model says, wholly."""
        return sum(len(one.variant.cases) for one in self.judged if one.alignment and not one.alignment.cost)

    @property
    def fitness(self) -> float:
        """1 less what the alignments cost, as a share of the worst case: all steps of the log extra, all of the
        model skipped.

        The alignment-based fitness of a log (Adriansyah 2014); 1 for a log of which nothing was judged.
        """
        cost = worst = 0
        for one in self.judged:
            if one.alignment:
                count = len(one.variant.cases)
                cost += count * one.alignment.cost
                worst += count * (len(one.variant.steps) + self.shortest)
        return 1 - cost / worst if worst else 1.0


def judge(behaviour: Behaviour, variants: Sequence[Variant], effort: Effort | None = None) -> Judgement:
    """Aligns each variant once, the most frequent first, until the effort is used up."""
    effort = effort or Effort()
    shortest = align(behaviour, (), Effort(effort.each, effort.each))
    return Judgement(
        tuple(Judged(variant, align(behaviour, variant.steps, effort)) for variant in variants),
        shortest.cost if shortest else 0,
    )


def as_modelled(alignment: Alignment) -> tuple[str, ...]:
    """The steps of the model in an alignment: how the case would have gone by the model."""
    return tuple(step for move, step in alignment.moves if move is not Move.EXTRA)
