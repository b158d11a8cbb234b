"""What an opportunity is worth, and when it may move."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

LOST_REASONS = [
    ("price", _("Price")),
    ("delivery", _("Delivery time")),
    ("quality", _("Quality or product fit")),
    ("late", _("We were too slow")),
    ("competitor", _("Relation to a competitor")),
    ("cancelled", _("Project cancelled")),
    ("credit", _("Credit check refused")),
    ("other", _("Other")),
]


def expected_amount(amount: Decimal, probability: int) -> Decimal:
    """The amount weighted by the probability in percent."""
    return (amount * probability / 100).quantize(Decimal("0.01"))


def is_amount(amount: Decimal) -> bool:
    """Whether this can be what a sale is worth: a number from 0 up."""
    return amount.is_finite() and amount >= 0
