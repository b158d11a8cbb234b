"""The tabs of a process, in order; whoever has one more adds its line."""

from django.utils.translation import pgettext_lazy

from ..tabs import Tab

TABS = [
    Tab("", pgettext_lazy("tab of a process", "Map")),
    Tab("variants", pgettext_lazy("tab of a process", "Variants")),
    Tab("cases", pgettext_lazy("tab of a process", "Cases")),
    Tab("times", pgettext_lazy("tab of a process", "Times")),
    Tab("model", pgettext_lazy("tab of a process", "Model")),
    Tab("compare", pgettext_lazy("tab of a process", "Compare")),
    Tab("findings", pgettext_lazy("tab of a process", "Findings")),
    Tab("simulation", pgettext_lazy("tab of a process", "Simulation")),
    Tab("what-ifs", pgettext_lazy("tab of a process", "What-ifs")),
    Tab("settings", pgettext_lazy("tab of a process", "Settings")),
]
