"""Products: kept with a code of their own, changed, taken off sale."""

from decimal import Decimal

import pytest

from kinflow.catalogue.models import Product
from kinflow.catalogue.products.actions import (
    AlreadyRetired,
    CodeTaken,
    add_product,
    change_product,
    retire_product,
)
from kinflow.catalogue.products.rules import is_currency, is_price
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.records.access import ADMINISTRATOR, MARKETER, ROLES
from kinflow.records.changing import Stale
from tests.customers.cast import actor_for, all_rows, colleague, names_told


@pytest.mark.parametrize(
    ("price", "fits"),
    [
        (None, True),
        (Decimal(0), True),
        (Decimal("9.5"), True),
        (Decimal(-1), False),
        (Decimal("NaN"), False),
    ],
)
def test_a_price_is_a_number_from_nought_up_or_none(price, fits):
    assert is_price(price) is fits


@pytest.mark.parametrize(("code", "fits"), [("CNY", True), ("cny", False), ("元", False), ("", False)])
def test_a_currency_has_three_capital_letters(code, fits):
    assert is_currency(code) is fits


@pytest.mark.django_db
def test_a_product_is_added_changed_and_taken_off_sale():
    product = add_product(code=" KF-80 ", name="Pump", price=Decimal("12.50"), by=SYSTEM)
    product = change_product(product=product, changes={"name": "Slurry pump"}, by=SYSTEM)
    product = retire_product(product=product, by=SYSTEM)
    assert (product.code, product.name, product.is_active) == ("KF-80", "Slurry pump", False)
    assert names_told("product", product.pk) == [
        "catalogue.product_added",
        "catalogue.product_changed",
        "catalogue.product_retired",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"code": " "}, "/code"),
        ({"name": ""}, "/name"),
        ({"price": Decimal(-1)}, "/price"),
        ({"currency": "yuan"}, "/currency"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(wrong, pointer):
    with pytest.raises(Invalid) as refused:
        add_product(**{"code": "A", "name": "Pump", **wrong}, by=SYSTEM)
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert not Product.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_two_products_cannot_have_one_code():
    product = add_product(code="A", name="Pump", by=SYSTEM)
    with pytest.raises(CodeTaken):
        add_product(code="A", name="Valve", by=SYSTEM)
    other = add_product(code="B", name="Valve", by=SYSTEM)
    before = all_rows(product, other)
    with pytest.raises(CodeTaken):
        change_product(product=other, changes={"code": "A"}, by=SYSTEM)
    assert all_rows(product, other) == before


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    product = add_product(code="A", name="Pump", by=SYSTEM)
    change_product(product=product, changes={"name": "New"}, by=SYSTEM)
    before = all_rows(product)
    with pytest.raises(Stale):
        change_product(product=product, changes={"name": "Mine"}, seen={"name": "Pump"}, by=SYSTEM)
    assert all_rows(product) == before


@pytest.mark.django_db
def test_a_retired_product_cannot_be_retired_again():
    product = retire_product(product=add_product(code="A", name="Pump", by=SYSTEM), by=SYSTEM)
    before = all_rows(product)
    with pytest.raises(AlreadyRetired):
        retire_product(product=product, by=SYSTEM)
    assert all_rows(product) == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_marketing_and_administrators_keep_the_offer(role):
    by = actor_for(role, colleague())
    if role in (MARKETER, ADMINISTRATOR):
        assert add_product(code="A", name="Pump", by=by).pk
    else:
        with pytest.raises(Refused):
            add_product(code="A", name="Pump", by=by)
        assert not Product.objects.exists()
