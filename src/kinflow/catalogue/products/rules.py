"""What a product's values must be."""

from decimal import Decimal

from django.utils.translation import pgettext_lazy

CURRENCIES = [
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("JPY", "JPY"),
    ("GBP", "GBP"),
    ("HKD", "HKD"),
    ("SGD", "SGD"),
]
MEASURES = {
    "unit": pgettext_lazy("unit of measure", "unit"),
    "piece": pgettext_lazy("unit of measure", "piece"),
    "set": pgettext_lazy("unit of measure", "set"),
    "box": pgettext_lazy("unit of measure", "box"),
    "kg": pgettext_lazy("unit of measure", "kg"),
    "m": pgettext_lazy("unit of measure", "metre"),
    "l": pgettext_lazy("unit of measure", "litre"),
    "hour": pgettext_lazy("unit of measure", "hour"),
}
"""The words for what products are usually counted in; any other unit may be written."""


def is_price(price: Decimal | None) -> bool:
    """Whether this can be a list price: none at all, or a number from 0 up."""
    return price is None or (price.is_finite() and price >= 0)


def is_currency(code: str) -> bool:
    """Whether the text is shaped like an ISO 4217 code."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
