"""The tabs of the organisation as it is, in order; whoever has one more adds its line."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

ROOT = "/processes/structure/"


@dataclass(frozen=True)
class Tab:
    """A tab: the last part of its address ("" for the first), and what it is called."""

    key: str
    label: Any

    @property
    def url(self) -> str:
        """Its address."""
        return f"{ROOT}{self.key}/" if self.key else ROOT


TABS = [
    Tab("", pgettext_lazy("tab of the organisation as it is", "Chart")),
    Tab("functions", pgettext_lazy("tab of the organisation as it is", "Functions")),
    Tab("network", pgettext_lazy("tab of the organisation as it is", "Paper against log")),
    Tab("decisions", pgettext_lazy("tab of the organisation as it is", "Decisions")),
    Tab("business", pgettext_lazy("tab of the organisation as it is", "Business processes")),
    Tab("data", pgettext_lazy("tab of the organisation as it is", "Data structure")),
    Tab("data-flow", pgettext_lazy("tab of the organisation as it is", "Data flow")),
]
