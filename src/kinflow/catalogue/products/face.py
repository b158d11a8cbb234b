"""How products look: fields, list, page, and what can be done with them."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.conditions import Kind
from kinflow.records.faces import Field, RecordType, Verb, register

from . import actions
from .models import Product
from .rules import CURRENCIES, MEASURES


def title_of(product: Any) -> str:
    """The product's name in the reader's language."""
    is_chinese = (get_language() or "").startswith("zh")
    return str((product.name_zh if is_chinese else "") or product.name)


PRODUCT = register(
    RecordType(
        name="product",
        model=Product,
        label=_("Product"),
        plural=_("Products"),
        slug="products",
        icon="box",
        prefix="P",
        place="sales",
        title=title_of,
        subtitle=lambda product: product.code,
        with_related=("skill",),
        fields=(
            Field("id", _("No."), Kind.INTEGER, sortable=True, shape="number"),
            Field("code", _("Code"), Kind.TEXT, sortable=True, editable=True),
            Field("name", _("Name"), Kind.TEXT, sortable=True, editable=True),
            Field("name_zh", _("Chinese name"), Kind.TEXT, editable=True),
            Field("family", _("Product family"), Kind.TEXT, sortable=True, editable=True),
            Field("skill", _("Skill it takes"), Kind.RELATION, target="skill", editable=True),
            Field(
                "price",
                _("List price"),
                Kind.MONEY,
                sortable=True,
                editable=True,
                shape="money",
                currency="currency",
            ),
            Field("currency", _("Currency"), Kind.CHOICE, choices=CURRENCIES, editable=True),
            Field("unit_of_measure", _("Unit of measure"), Kind.TEXT, editable=True, labels=MEASURES),
            Field("is_active", _("On sale"), Kind.BOOLEAN),
            Field("notes", _("Notes"), Kind.LONG_TEXT, editable=True),
            Field("created_at", _("Created"), Kind.MOMENT, sortable=True),
            Field("changed_at", _("Changed"), Kind.MOMENT, sortable=True),
        ),
        columns=("code", "name", "name_zh", "family", "skill", "price", "unit_of_measure", "is_active"),
        facts=(
            (_("Product"), ("code", "name", "name_zh", "family", "skill", "is_active")),
            (_("Price"), ("price", "currency", "unit_of_measure")),
            (_("Times"), ("created_at", "changed_at")),
            (_("Notes"), ("notes",)),
        ),
        search=("code", "name", "name_zh", "family"),
        name_parts=("code", "name", "name_zh"),
        order="code",
        verbs=(
            Verb(
                "retire",
                _("Take off sale"),
                actions.retire_product,
                icon="archive",
                key="z",
                bulk=True,
                danger=True,
                possible=lambda product: product.is_active,
            ),
        ),
        create=actions.add_product,
        change=actions.change_product,
        empty=_("Products appear here when they are added or imported."),
        views=(("active", _("On sale"), {"field": "is_active", "op": "is", "value": True}),),
    )
)
