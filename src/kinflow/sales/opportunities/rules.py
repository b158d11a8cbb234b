"""What an opportunity is worth, and when it may move."""

from decimal import ROUND_HALF_UP, Decimal

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


def is_discount(discount: Decimal) -> bool:
    """Whether this can be a discount in percent: from 0 to less than 100, with two decimals at most."""
    return discount.is_finite() and 0 <= discount < 100 and discount == round(discount, 2)


def discounted(amount: Decimal, before: Decimal, discount: Decimal) -> Decimal:
    """The amount at this discount, of an amount at the discount `before` (both in percent)."""
    return (amount * (100 - discount) / (100 - before)).quantize(Decimal("0.01"))


MOST_DISCOUNT = Decimal("99.99")


def price_of(amount: Decimal, discount: Decimal) -> Decimal:
    """What it costs without the discount (in percent) that the amount is left after."""
    return amount * 100 / (100 - discount)


def discount_to(amount: Decimal, price: Decimal) -> Decimal:
    """How many percent the amount is below the price, to two decimals; 0 where it is not below it."""
    return max(((price - amount) * 100 / price).quantize(Decimal("0.01"), ROUND_HALF_UP), Decimal(0))


def is_amount(amount: Decimal) -> bool:
    """Whether this can be what a sale is worth: a number from 0 up."""
    return amount.is_finite() and amount >= 0
