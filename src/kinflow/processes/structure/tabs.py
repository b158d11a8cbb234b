"""The tabs of the organisation as it is, in order; whoever has one more adds its line."""

from django.utils.translation import pgettext_lazy

from ..tabs import Tab

ROOT = "/processes/structure/"


TABS = [
    Tab("", pgettext_lazy("tab of the organisation as it is", "Chart")),
    Tab("functions", pgettext_lazy("tab of the organisation as it is", "Functions")),
    Tab("network", pgettext_lazy("tab of the organisation as it is", "Paper against log")),
    Tab("decisions", pgettext_lazy("tab of the organisation as it is", "Decisions")),
    Tab("business", pgettext_lazy("tab of the organisation as it is", "Business processes")),
    Tab("data", pgettext_lazy("tab of the organisation as it is", "Data structure")),
    Tab("data-flow", pgettext_lazy("tab of the organisation as it is", "Data flow")),
]
