"""What policies may say: alone, or whom to ask; in words, for the cells of their tables."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError
from kinflow.organisation.positions.models import Position

from .tables import COLLECT, Output, Row

WHO = "who"
ALONE, SUPERIOR, ABOVE, REFUSED = "alone", "superior", "above", "nobody"
POSITION = "position:"
_KNOWN = re.compile(rf"{ALONE}|{SUPERIOR}|{ABOVE}|{REFUSED}|{POSITION}[0-9]{{1,15}}")


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


def wrong_outcomes(hit: str, outputs: Sequence[Output], rows: Sequence[Row]) -> list[FieldError]:
    """What is wrong with the table of a policy: it says who decides, once, and nothing else."""
    if [output.name for output in outputs] != [WHO]:
        words = _("A policy has one outcome, called “who”.")
        return [FieldError("/content/outputs", words)]
    if hit == COLLECT:
        return [FieldError("/content/hit", _("A policy says once who decides: choose another hit policy."))]
    return [
        FieldError(
            f"/content/rows/{at}/then/0",
            _("Say alone, superior, above, nobody, or position: and its number."),
        )
        for at, row in enumerate(rows)
        if not isinstance(row.then[0], str) or not _KNOWN.fullmatch(row.then[0])
    ]
