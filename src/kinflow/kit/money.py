"""Amounts of money: exact, of one currency, rounded only where somebody says so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Invalid

_CODE = re.compile(r"[A-Z]{3}")
_EMPTY_DECIMALS = re.compile(r"\.0+(?=\D*$)")


class NoMoney(Invalid):
    """An amount is no finite number, or a currency no code of three capital letters."""

    code = "no-money"
    title = _("This is no amount of money")


class OtherCurrency(Invalid):
    """Amounts of two currencies meet in one sum."""

    code = "other-currency"
    title = _("Two currencies cannot be put together")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217); not rounded, so that sums are exact."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not _CODE.fullmatch(self.currency):
            raise NoMoney(f"{self.amount} {self.currency}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._alike(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._alike(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Decimal | int) -> "Money":
        return Money(self.amount / divisor, self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._alike(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._alike(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._alike(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._alike(other)

    def rounded(self) -> "Money":
        """The amount in whole minor units (fen, cents; none for the yen), halves away from zero."""
        return Money(self.amount.quantize(_minor_unit(self.currency), ROUND_HALF_UP), self.currency)

    def shared(self, weights: Sequence[Decimal | int]) -> list["Money"]:
        """The rounded amount in shares by weight, in whole minor units; their total is exactly the rounded amount.

        What is left over after rounding down goes to the largest remainders. Weights are not negative, and not all 0.
        """
        total, whole, unit = sum(weights, Decimal(0)), self.rounded().amount, _minor_unit(self.currency)
        exact = [whole * weight / total for weight in weights]
        shares = [share.quantize(unit, ROUND_DOWN) for share in exact]
        left = int((whole - sum(shares)) / unit)
        by_rest = sorted(range(len(exact)), key=lambda at: -abs(exact[at] - shares[at]))
        for at in by_rest[: abs(left)]:
            shares[at] += unit if left > 0 else -unit
        return [Money(share, self.currency) for share in shares]

    def _alike(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise OtherCurrency(_("%(one)s and %(other)s") % {"one": self.currency, "other": other.currency})
        return other.amount


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts in `currency`; nothing sums to 0. Raises OtherCurrency."""
    return sum(amounts, Money(Decimal(0), currency))


def shown(money: Money, language: str = "en") -> str:
    """The rounded amount as readers of a language ("en", "zh-hans") write it.

    >>> shown(Money(Decimal("1234.5"), "CNY"), "zh-hans"), shown(Money(Decimal("1234.5"), "JPY"), "en")
    ('¥1,234.50', '¥1,235')
    """
    return str(format_currency(money.rounded().amount, money.currency, locale=_locale(language)))


def brief(money: Money, language: str = "en") -> str:
    """The amount as `shown`, without decimals that are all 0.

    >>> brief(Money(Decimal("1286000"), "CNY"), "zh-hans"), brief(Money(Decimal("9.5"), "EUR"), "en")
    ('¥1,286,000', '€9.50')
    """
    return _EMPTY_DECIMALS.sub("", shown(money, language))


@lru_cache(maxsize=256)
def _minor_unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-get_currency_precision(currency))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
