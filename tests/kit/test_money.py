"""Money adds up."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kinflow.kit.money import Money, NoMoney, OtherCurrency, shown, total

amounts = st.decimals(-(10**9), 10**9, places=2)


def yuan(amount: object) -> Money:
    return Money(Decimal(str(amount)), "CNY")


@settings(deadline=None)
@given(amounts, amounts, amounts)
def test_sums_do_not_depend_on_order(one, two, three):
    assert (yuan(one) + yuan(two)) + yuan(three) == yuan(three) + (yuan(two) + yuan(one))
    assert total([yuan(one), yuan(two), yuan(three)], "CNY") == yuan(one + two + three)
    assert yuan(one) - yuan(one) == yuan(0) == yuan(one) + -yuan(one)


def test_no_amounts_sum_to_nothing():
    assert total([], "EUR") == Money(Decimal(0), "EUR")
    assert not total([], "EUR")


@pytest.mark.parametrize(
    ("given_amount", "currency", "wanted"),
    [("1.005", "CNY", "1.01"), ("-1.005", "CNY", "-1.01"), ("1.5", "JPY", "2"), ("1.0005", "KWD", "1.001")],
)
def test_rounding_is_to_the_minor_unit_halves_away_from_zero(given_amount, currency, wanted):
    assert Money(Decimal(given_amount), currency).rounded().amount == Decimal(wanted)


@settings(deadline=None)
@given(amounts, st.lists(st.integers(0, 50), min_size=1, max_size=8), st.sampled_from(["CNY", "JPY"]))
def test_shares_add_up_to_the_whole(amount, weights, currency):
    assume(any(weights))
    money = Money(amount, currency)
    shares = money.shared(weights)
    assert total(shares, currency) == money.rounded()
    assert all(not share for share, weight in zip(shares, weights, strict=True) if weight == 0)


def test_currencies_do_not_mix():
    for mixed in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b):
        with pytest.raises(OtherCurrency, match="CNY and USD"):
            mixed(yuan(1), Money(Decimal(1), "USD"))


@pytest.mark.parametrize(
    ("amount", "currency"), [("NaN", "CNY"), ("Infinity", "CNY"), ("1", "yuan"), ("1", "")]
)
def test_what_is_no_money(amount, currency):
    with pytest.raises(NoMoney):
        Money(Decimal(amount), currency)


def test_amounts_compare_and_scale():
    assert yuan(1) < yuan(2) <= yuan(2)
    assert yuan(3) > yuan(2) >= yuan(2)
    assert yuan(3) * 2 == 2 * yuan(3) == yuan(12) / 2


@pytest.mark.parametrize(
    ("amount", "currency", "language", "wanted"),
    [
        ("1234.5", "CNY", "zh-hans", "¥1,234.50"),
        ("1234.5", "CNY", "en", "CN¥1,234.50"),
        ("1234.5", "USD", "en", "$1,234.50"),
        ("-1234.5", "USD", "zh-hans", "-US$1,234.50"),
        ("0", "JPY", "en", "¥0"),
    ],
)
def test_amounts_are_shown_as_readers_write_them(amount, currency, language, wanted):
    assert shown(Money(Decimal(amount), currency), language) == wanted
