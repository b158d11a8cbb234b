"""Whether a difference between groups also holds among cases that are alike in something else that is known of them.

A group that is lost more often only because it comes from a region in which everything is lost is no cause. For every
other attribute cases are compared value by value (Mantel and Haenszel for shares, van Elteren for times); what
remains in the least favourable of these comparisons counts. An attribute that says of most of the group's cases that
they belong to it (a product of its family) tells nothing and is left out.
"""

from collections.abc import Iterator

import numpy as np

from .chances import Comparison, more_often_alike
from .ranks import larger_alike
from .view import Hours, Mask, View

MOST_VALUES = 60
COMPARABLE = 0.5
"""This share of the group's cases must have others of the same kind beside them."""


def _kinds(view: View, attribute: str, ours: Mask, others: Mask) -> Iterator[np.ndarray]:
    """For each other attribute of which it makes sense: a kind for each case of both groups."""
    either = ours | others
    mine = ours[either]
    for name, labels in view.attributes.items():
        if name == attribute or not 1 < len(labels.values) <= MOST_VALUES:
            continue
        kinds = labels.codes[either].astype(np.int64) + 1
        theirs = np.bincount(kinds[~mine], minlength=len(labels.values) + 1)
        if (theirs[kinds[mine]] > 0).mean() >= COMPARABLE:
            yield kinds


def least_more_often(view: View, attribute: str, bad: Mask, ours: Mask, others: Mask) -> Comparison:
    """How much more often ours are bad than others that are alike, where it is least; p is 0 where nothing is known."""
    either = ours | others
    return _least(
        more_often_alike(bad[either], ours[either], kinds) for kinds in _kinds(view, attribute, ours, others)
    )


def least_larger(view: View, attribute: str, values: Hours, ours: Mask, others: Mask) -> Comparison:
    """How much larger ours are than others that are alike, where it is least; p is 0 where nothing is known."""
    either = ours | others
    return _least(
        larger_alike(values[either], ours[either], kinds) for kinds in _kinds(view, attribute, ours, others)
    )


def _least(found: Iterator[Comparison]) -> Comparison:
    return max(found, key=lambda each: each.p, default=Comparison(0.0, 1.0))
