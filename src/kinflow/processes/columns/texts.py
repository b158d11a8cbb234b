"""Many texts in little memory: a sequence of str over one column, not an object for each."""

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray


class Texts(Sequence[str]):
    """Texts kept as one column; a million short ones take 16 MB."""

    def __init__(self, column: pl.Series) -> None:
        self.column = column

    def __len__(self) -> int:
        return len(self.column)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> "Texts": ...
    def __getitem__(self, place: int | slice) -> "str | Texts":
        if isinstance(place, slice):
            return Texts(self.column[place])
        text: str = self.column[int(place)]
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self.column)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    def at(self, places: NDArray[np.int64]) -> "Texts":
        """The texts at these places."""
        return Texts(self.column.gather(places))


def chosen(texts: Sequence[str], places: NDArray[np.int64]) -> Sequence[str]:
    """The texts at these places, kept as they were."""
    if isinstance(texts, Texts):
        return texts.at(places)
    return [texts[place] for place in places.tolist()]
