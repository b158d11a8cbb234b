"""The import of products, and the products that rows of other imports name."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, bulk
from kinflow.kit.folding import folded
from kinflow.records.access import permit
from kinflow.records.importing.kinds import Importable, Row, Taken, fitted, register, register_remover
from kinflow.records.importing.targets import Target

from .events import ProductAdded, ProductRetired, ProductTakenBack
from .models import Product
from .rules import is_price

LONGEST = {"code": 60, "name": 200, "family": 60, "unit_of_measure": 20}


def key_of(name: str) -> str:
    """What spellings of a product's name or code have in common: no case, spaces and signs.

    >>> key_of("GTX-Pro") == key_of("gtx pro")
    True
    """
    return re.sub(r"[\W_]+", "", folded(name)) or folded(name)


def known_products(names: Collection[str]) -> dict[str, Product]:
    """The products that are called so, by code or by name in either language: by `key_of`; a code goes before a name."""
    wanted = {key_of(name) for name in names}
    found: dict[str, Product] = {}
    for product in Product.objects.order_by("-is_active", "pk") if wanted else ():
        for text in (product.name, product.name_zh, product.code):
            if text and (key := key_of(text)) in wanted:
                found.setdefault(key, product)
    for product in Product.objects.filter(code__in=names) if wanted else ():
        found[key_of(product.code)] = product
    return found


@cache
def product_targets() -> tuple[Target, ...]:
    """The fields of products."""
    return fitted("product", longest=LONGEST)


@action
def import_products(*, rows: Sequence[Row], by: Actor) -> Taken:
    """Make products; those known by code or name already stay as they are."""
    permit(by, kind="product")
    taken = Taken()
    known = known_products([text for row in rows for text in _texts(row)])
    used = set(Product.objects.filter(code__in=[_code(row) for row in rows]).values_list("code", flat=True))
    made: list[tuple[int, Product]] = []
    for row in rows:
        code, keys = _code(row), [key_of(text) for text in _texts(row)]
        if reason := _fault(row):
            taken.refused[row.number] = reason
        elif code in used or any(key in known for key in keys):
            taken.known += 1
        else:
            product = _product(row, code)
            made.append((row.number, product))
            used.add(code)
            known |= dict.fromkeys(keys, product)
    bulk.insert([product for _number, product in made])
    bulk.record_many((ProductAdded(product=one, code=one.code), None) for _number, one in made)
    bulk.record_many((ProductRetired(product=one), None) for _number, one in made if not one.is_active)
    taken.made = [(number, "product", product.pk) for number, product in made]
    return taken


def _texts(row: Row) -> list[str]:
    return [row.values[name] for name in ("code", "name") if row.values.get(name)]


def _code(row: Row) -> str:
    """The code, or one made of the name."""
    return row.values.get("code") or "-".join(row.values.get("name", "").upper().split())[:60]


def _fault(row: Row) -> str:
    price = row.values.get("price")
    if not _texts(row):
        return _("Give it a name.")
    return "" if price is None or is_price(price.value) else _("The price cannot be negative.")


def _product(row: Row, code: str) -> Product:
    values: dict[str, Any] = row.values
    price = values.get("price")
    product = Product(
        code=code,
        name=values.get("name") or code,
        family=values.get("family", ""),
        price=price.value.quantize(Decimal("0.01")) if price else None,
        currency=values.get("currency") or (price.currency if price else "") or "CNY",
        unit_of_measure=values.get("unit_of_measure", ""),
        notes="\n".join(row.notes),
        is_active=values.get("is_active") is not False,
    )
    product.created_at = product.changed_at = timezone.now()
    return product


@action
def take_back_products(*, ids: Sequence[int], by: Actor) -> None:
    """Remove products, as if they had never been imported."""
    permit(by, kind="product")
    products = list(Product.objects.filter(pk__in=ids))
    bulk.delete(Product.objects.filter(pk__in=ids))
    bulk.record_many((ProductTakenBack(product=one), None) for one in products)


PRODUCTS = register(
    Importable(
        "product",
        gettext_lazy("Products"),
        "catalogue.add_product",
        product_targets,
        import_products,
        order=60,
        noted=frozenset({"description"}),
    )
)
register_remover("product", 40, take_back_products)
