"""How designs are called, on screen and in the log's sentences."""

import re
from unicodedata import category

from django.utils import translation

from .models import ProcessDesign


def design_called(design: ProcessDesign) -> str:
    """The name of a design in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (design.name_zh if is_chinese else "") or design.name


TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that let text run the other way, over what stands beside it."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_unseen(char: str) -> bool:
    """Whether a character cannot be seen, or is none."""
    return category(char) in _UNSEEN
