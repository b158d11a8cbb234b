"""The variants of a log as conformance needs them: each way of going once, with the cases that went it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns


@dataclass(frozen=True)
class Variant:
    """Steps in their order, and the numbers of the cases that took them."""

    steps: tuple[str, ...]
    cases: NDArray[np.int64]


def variants_of(columns: EventColumns, names: Sequence[str] | None = None) -> list[Variant]:
    """All variants, the most frequent first; `names` are what the activities are called instead of their own names."""
    names = columns.activities if names is None else names
    grouped: dict[bytes, list[int]] = {}
    raw = columns.activity.astype(np.int32).tobytes()
    offsets = (columns.offsets * 4).tolist()
    for case in range(columns.cases):
        grouped.setdefault(raw[offsets[case] : offsets[case + 1]], []).append(case)
    found = [
        Variant(
            tuple(names[code] for code in np.frombuffer(key, np.int32).tolist()), np.array(cases, np.int64)
        )
        for key, cases in grouped.items()
    ]
    return sorted(found, key=lambda variant: (-len(variant.cases), variant.steps))
