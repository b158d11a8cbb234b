"""What policies may say: alone, or whom to ask; in words, for the cells of their tables."""

from typing import Any

from django.utils.translation import gettext as _

from kinflow.organisation.positions.models import Position

WHO = "who"
ALONE, SUPERIOR, ABOVE, REFUSED = "alone", "superior", "above", "nobody"
POSITION = "position:"


def outcomes_of(matter: str) -> dict[str, list[tuple[str, Any]]]:
    """The values of a policy's outcome with their words; nothing for other tables."""
    if not matter:
        return {}
    positions = (
        Position.objects.filter(is_retired=False).select_related("unit").order_by("level", "name", "pk")
    )
    return {
        WHO: [
            (ALONE, _("alone")),
            (SUPERIOR, _("asks whom they report to")),
            (ABOVE, _("asks the one above that")),
            (REFUSED, _("nobody may")),
            *(
                (
                    f"{POSITION}{one.pk}",
                    _("asks: %(position)s, %(unit)s") % {"position": one.name, "unit": one.unit.name},
                )
                for one in positions
            ),
        ]
    }
