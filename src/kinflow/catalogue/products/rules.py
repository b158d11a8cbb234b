"""What a product's values must be."""

from decimal import Decimal

CURRENCIES = [
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("JPY", "JPY"),
    ("GBP", "GBP"),
    ("HKD", "HKD"),
    ("SGD", "SGD"),
]


def is_price(price: Decimal | None) -> bool:
    """Whether this can be a list price: none at all, or a number from 0 up."""
    return price is None or (price.is_finite() and price >= 0)


def is_currency(code: str) -> bool:
    """Whether the text is shaped like an ISO 4217 code."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
