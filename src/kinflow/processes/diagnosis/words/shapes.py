"""What a kind of finding says: a title, what was seen, the likely cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """Sentences with places for facts; `more` are said where all their facts are known: (facts, sentence)."""

    title: Any
    seen: Any
    cause: Any
    more: tuple[tuple[str, Any], ...] = ()
