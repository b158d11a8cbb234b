"""Whether shares are the same but for a margin: a difference that was not found proves nothing, so sameness is tested."""

import numpy as np
from scipy import special

MARGIN = 0.1


def not_more(hits: int, tries: int, other_hits: int, other_tries: int, margin: float = MARGIN) -> float:
    """The chance of what is seen if our share were larger than theirs by the margin or more (non-inferiority).

    Normal approximation with a hit and a miss added to each group (Agresti and Caffo 2000).
    """
    difference, spread = _difference(hits, tries, other_hits, other_tries)
    return float(special.ndtr((difference - margin) / spread))


def alike(hits: int, tries: int, other_hits: int, other_tries: int, margin: float = MARGIN) -> float:
    """The chance of what is seen if the shares differed by the margin or more either way (two one-sided tests,
    Schuirmann 1987)."""
    return max(
        not_more(hits, tries, other_hits, other_tries, margin),
        not_more(other_hits, other_tries, hits, tries, margin),
    )


def _difference(hits: int, tries: int, other_hits: int, other_tries: int) -> tuple[float, float]:
    ours, others = (hits + 1) / (tries + 2), (other_hits + 1) / (other_tries + 2)
    spread = np.sqrt(ours * (1 - ours) / (tries + 2) + others * (1 - others) / (other_tries + 2))
    return float(ours - others), float(spread)
