"""What causes of waiting, tests and effects are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CAUSES: Mapping[str, Any] = {
    "batching": pgettext_lazy("cause of waiting", "collected until there are several"),
    "contention": pgettext_lazy("cause of waiting", "the person was busy with earlier work"),
    "prioritisation": pgettext_lazy("cause of waiting", "later work was done first"),
    "unavailability": pgettext_lazy("cause of waiting", "nobody was there: outside working hours, or away"),
    "extraneous": pgettext_lazy("cause of waiting", "none that the log shows: it lay there"),
}
TESTS: Mapping[str, Any] = {
    "mann_whitney": _("Mann-Whitney test"),
    "binomial": _("Exact binomial test"),
    "fisher": _("Fisher's exact test"),
    "fisher_alike": _(
        "Fisher's exact test, and Mantel-Haenszel test among cases alike in each other attribute"
    ),
    "mann_whitney_alike": _(
        "Mann-Whitney test, and van Elteren's test among cases alike in each other attribute"
    ),
    "mann_whitney_not_worse": _("Mann-Whitney test, and test of non-inferiority with a margin of 10 points"),
    "kruskal_wallis": _("Kruskal-Wallis test"),
    "equivalence": _("Two one-sided tests of sameness with a margin of 10 points, and exact binomial tests"),
    "best_rest": _(
        "Mann-Whitney test, Mantel-Haenszel test and van Elteren's test on other cases than those that chose the best"
    ),
    "chi_square": _("Chi-square test and Mann-Whitney test"),
    "binomial_mann_whitney": _("Binomial test and Mann-Whitney test"),
}
EFFECTS: Mapping[str, Any] = {
    "a12": _("waits longer in %(value)s of all comparisons (A₁₂)"),
    "share": _("share %(value)s"),
    "drop": _("%(value)s less end well"),
    "difference": _("%(value)s more"),
    "idle": _("during %(value)s of the waiting somebody was free"),
}
