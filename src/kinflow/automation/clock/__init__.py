"""The clock: moments that are due at a time, each worked off once, without anybody scanning tables for them."""

from .moments import (
    at_moment,
    at_moments,
    drop_free_moments,
    drop_moment,
    free_moments,
    set_moment,
    set_moments,
    take_lock,
)
from .working import run_due

__all__ = [
    "at_moment",
    "at_moments",
    "drop_free_moments",
    "drop_moment",
    "free_moments",
    "run_due",
    "set_moment",
    "set_moments",
    "take_lock",
]
