"""Where an account stands in its life with us, and how much it means."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

LIFE_STAGES = [
    ("none", _("Non-customer")),
    ("potential", _("Potential customer")),
    ("target", _("Target customer")),
    ("actual", _("Actual customer")),
    ("lost", _("Lost customer")),
]
ACTUAL = "actual"
GRADES = [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")]
INDUSTRIES = [
    ("power", _("Power generation")),
    ("water", _("Water and sewage")),
    ("chemical", _("Chemicals")),
    ("food", _("Food and beverage")),
    ("pharma", _("Pharmaceuticals")),
    ("paper", _("Pulp and paper")),
    ("mining", _("Mining and metals")),
    ("building", _("Building and fire safety")),
    ("marine", _("Shipbuilding and marine")),
    ("oil", _("Oil and gas")),
    ("textile", _("Textiles")),
    ("trade", _("Trade and distribution")),
    ("other", _("Other")),
]


def is_country(code: str) -> bool:
    """Whether the text is empty or shaped like an ISO 3166 code of two letters."""
    return not code or (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper())


def closes_circle(account_id: int | None, ancestor_ids: Iterable[int]) -> bool:
    """Whether an account would belong to itself under a parent with these ancestors (the parent among them)."""
    return account_id is not None and account_id in ancestor_ids
