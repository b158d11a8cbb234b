"""Days that people and programs give for a span that is looked at."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError

FIRST_YEAR, LAST_YEAR = 2000, 2200


def day_given(given: Any, pointer: str, errors: list[FieldError]) -> date | None:
    """The day of a form or a document, None where there is none; what is no day adds an error at `pointer`."""
    if given in (None, ""):
        return None
    try:
        day = date.fromisoformat(str(given))
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        errors.append(FieldError(pointer, _("Give a day, such as 2026-11-27.")))
        return None
    return day
