"""The models of the catalogue."""

from .products.models import Product

__all__ = ["Product"]
