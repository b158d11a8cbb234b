"""Which step leads to which."""

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import bare


def reach(steps: int, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which step leads to which, by one way or more."""
    found = np.zeros((steps, steps), bool)
    found[sources, targets] = True
    _close(found)
    return found


@bare
def _close(found: NDArray[np.bool_]) -> None:
    """Have what leads to a step lead to all that it leads to."""
    for middle in range(len(found)):
        for source in range(len(found)):
            if found[source, middle]:
                for target in range(len(found)):
                    found[source, target] |= found[middle, target]
