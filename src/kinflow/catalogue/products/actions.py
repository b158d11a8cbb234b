"""All that can be done with products."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.retiring import refuse_retired
from kinflow.organisation.skills.models import Skill
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from .events import ProductAdded, ProductChanged, ProductRetired
from .models import Product
from .rules import CURRENCIES, is_currency, is_price


class CodeTaken(Conflict):
    """Another product has this code."""

    code = "code-taken"


class AlreadyRetired(Conflict):
    """The product is off sale already."""

    code = "already-retired"


def _refuse_wrong(product: Product) -> None:
    errors = []
    if not product.code:
        errors.append(FieldError("/code", _("Give it a code.")))
    if not product.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if not is_price(product.price):
        errors.append(FieldError("/price", _("The price cannot be negative.")))
    if not is_currency(product.currency):
        errors.append(FieldError("/currency", _("Give a currency of three letters, such as CNY.")))
    if errors:
        raise Invalid(errors=errors)
    if Product.objects.filter(code=product.code).exclude(pk=product.pk).exists():
        raise CodeTaken(
            _("There is a product with the code %(code)s already.") % {"code": product.code},
            field="/code",
            remedy=_("Use that product, or give this one another code."),
        )


@action
def add_product(
    *,
    code: Annotated[str, Ask(gettext_lazy("Code"))],
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    name_zh: Annotated[str, Ask(gettext_lazy("Chinese name"))] = "",
    family: Annotated[str, Ask(gettext_lazy("Product family"))] = "",
    skill: Annotated[Skill | None, Ask(gettext_lazy("Skill it takes"))] = None,
    price: Annotated[Decimal | None, Ask(gettext_lazy("List price"))] = None,
    currency: Annotated[str, Ask(gettext_lazy("Currency"), choices=CURRENCIES)] = "CNY",
    unit_of_measure: Annotated[str, Ask(gettext_lazy("Unit of measure"))] = "",
    notes: Annotated[str, Ask(gettext_lazy("Notes"), long=True)] = "",
    by: Actor,
) -> Product:
    """Put a product on sale; `skill` is the knowledge that selling or repairing it takes.

    Raises Invalid for an empty code or name, a negative price or no currency; CodeTaken where the code is used.
    """
    permit(by, kind="product")
    product = Product(
        code=code.strip(),
        name=name.strip(),
        name_zh=name_zh.strip(),
        family=family.strip(),
        skill=skill,
        price=price,
        currency=currency,
        unit_of_measure=unit_of_measure.strip(),
        notes=notes.strip(),
    )
    _refuse_wrong(product)
    refuse_retired(product.skill, "/skill")
    product.save()
    record(ProductAdded(product=product, code=product.code))
    return product


@action
def change_product(
    *, product: Product, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Product:
    """Change fields; `seen` are the values the editor saw."""
    product = hold(product)
    permit(by, product)
    changed = apply_changes(product, changes, seen=seen)
    if changed:
        _refuse_wrong(product)
        refuse_retired(product.skill if "skill" in changed else None, "/skill")
        product.save()
        record(ProductChanged(product=product, changes=changed))
    return product


@action
def retire_product(*, product: Product, by: Actor) -> Product:
    """Take the product off sale; what was sold of it keeps it.

    Raises AlreadyRetired where it is off sale.
    """
    product = hold(product)
    permit(by, product)
    if not product.is_active:
        raise AlreadyRetired(_("%(product)s is off sale already.") % {"product": product.name})
    product.is_active = False
    product.save()
    record(ProductRetired(product=product))
    return product
