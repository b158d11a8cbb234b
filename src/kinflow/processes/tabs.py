"""A tab of a screen that has several: the last part of its address, and what it is called."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tab:
    """`key` is the last part of its address, "" for the first tab."""

    key: str
    label: Any

    def url(self, root: str) -> str:
        """Its address below the screen's, which ends with a slash; without a query."""
        return f"{root}{self.key}/" if self.key else root


def tab_links(tabs: list[Tab], root: str, key: str, query: str = "") -> list[dict[str, Any]]:
    """The tabs for the template, with the query behind each address; the one of this key is on."""
    return [{"label": each.label, "url": each.url(root) + query, "on": each.key == key} for each in tabs]
