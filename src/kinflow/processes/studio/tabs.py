"""The tabs of a process, in order; whoever has one more adds its line."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Tab:
    """A tab: the last part of its address ("" for the first), and what it is called."""

    key: str
    label: Any

    def url(self, process: str) -> str:
        """Its address for the process of this key, without a query."""
        return f"/processes/{process}/{self.key}/" if self.key else f"/processes/{process}/"


TABS = [
    Tab("", pgettext_lazy("tab of a process", "Map")),
    Tab("variants", pgettext_lazy("tab of a process", "Variants")),
    Tab("cases", pgettext_lazy("tab of a process", "Cases")),
    Tab("times", pgettext_lazy("tab of a process", "Times")),
    Tab("model", pgettext_lazy("tab of a process", "Model")),
    Tab("compare", pgettext_lazy("tab of a process", "Compare")),
    Tab("findings", pgettext_lazy("tab of a process", "Findings")),
    Tab("settings", pgettext_lazy("tab of a process", "Settings")),
]
