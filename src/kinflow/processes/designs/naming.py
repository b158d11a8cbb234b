"""How designs are called, on screen and in the log's sentences."""

from unicodedata import category

from django.utils import translation

from .models import ProcessDesign


def design_called(design: ProcessDesign) -> str:
    """The name of a design in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (design.name_zh if is_chinese else "") or design.name


_JOINERS = "\u200c\u200d"
"""Without these, words in some scripts and many emoji are not what they are."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_unseen(char: str) -> bool:
    """Whether a character cannot be seen, or is none."""
    return category(char) in _UNSEEN and char not in _JOINERS
