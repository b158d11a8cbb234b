"""Which step leads to which."""

import numpy as np
from numpy.typing import NDArray


def reach(steps: int, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which step leads to which, by one way or more."""
    found = np.zeros((steps, steps), bool)
    found[sources, targets] = True
    # Each turn doubles how many ways one after the other are counted; products of numbers are faster than of truths.
    for _turn in range(steps.bit_length()):
        leads = found.astype(np.float32)
        found |= leads @ leads > 0
    return found
