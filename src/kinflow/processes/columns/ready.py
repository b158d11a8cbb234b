"""Columns in the one layout for which the kernels are compiled."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)


def ready(column: NDArray[Kind]) -> NDArray[Kind]:
    """The same numbers side by side and not read-only; another layout would be compiled for anew."""
    found: NDArray[Kind] = np.require(column, None, ["C", "A", "W", "E"])
    return found
