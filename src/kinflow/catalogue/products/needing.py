"""What products on sale still need of skills."""

from collections.abc import Iterable

from kinflow.organisation.retiring import needs
from kinflow.organisation.skills.models import Skill

from .models import Product


@needs("skill")
def products_of(skill: Skill) -> Iterable[Product]:
    """The products on sale that take the skill."""
    return Product.objects.filter(skill=skill, is_active=True).order_by("pk")
