"""The one place that turns a Python function into machine code.

The machine code on disk is renewed when the file of the function changes. So that it never goes
stale, a compiled function calls compiled functions of its own file only.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

FAST = {"nnan", "nsz"}
"""What the compiler may assume: no NaN arrives (refused before) and the sign of zero is nobody's
business. Sums are never reordered, so every result is the same on every machine."""


def compiled(function: Function) -> Function:
    """Compile `function` on its first call and keep the machine code on disk; one thread, no randomness."""
    return cast(Function, numba.njit(cache=True, nogil=True, fastmath=FAST)(function))
