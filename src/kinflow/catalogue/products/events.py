"""What happens to products."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import Product


@dataclass(frozen=True, kw_only=True)
class ProductAdded(Event):
    """Something new is on sale."""

    product: Product
    code: str
    icon = "box"
    sentence = _("{by} added product {product} ({code})")


@dataclass(frozen=True, kw_only=True)
class ProductChanged(Event):
    """Fields of a product got other values."""

    product: Product
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {product}")


@dataclass(frozen=True, kw_only=True)
class ProductRetired(Event):
    """A product is no longer sold."""

    product: Product
    icon = "archive"
    sentence = _("{by} took {product} off sale")


@dataclass(frozen=True, kw_only=True)
class ProductTakenBack(Event):
    """A product is gone again, since the import that brought it was undone."""

    product: Product
    icon = "undo"
    sentence = _("{by} took back {product}: the import was undone")
