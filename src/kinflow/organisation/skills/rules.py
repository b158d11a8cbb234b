"""Levels of skill, codes of skills, and places of territories."""

import re

from django.utils.translation import gettext_lazy as _

LOWEST_LEVEL, HIGHEST_LEVEL = 1, 5
SORTS = [
    ("product", _("Product knowledge")),
    ("industry", _("Industry experience")),
    ("craft", _("Craft or method")),
]
_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def is_level(level: int) -> bool:
    """Whether the number is a level: 1 (beginner) to 5 (expert)."""
    return LOWEST_LEVEL <= level <= HIGHEST_LEVEL


def is_code(code: str) -> bool:
    """Whether the text can be a skill's code: small letters, digits and hyphens."""
    return len(code) <= 60 and _CODE.fullmatch(code) is not None


def is_place(place: str) -> bool:
    """Whether the text is a country as "CN" or a part of one as "CN-ZJ" (ISO 3166)."""
    return _PLACE.fullmatch(place) is not None
