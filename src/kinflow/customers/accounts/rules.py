"""Where an account stands in its life with us, and how much it means."""

from django.utils.translation import gettext_lazy as _

LIFE_STAGES = [
    ("none", _("Non-customer")),
    ("potential", _("Potential customer")),
    ("target", _("Target customer")),
    ("actual", _("Actual customer")),
    ("lost", _("Lost customer")),
]
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
