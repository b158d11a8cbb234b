"""How designs are called, on screen and in the log's sentences."""

from django.utils import translation

from .models import ProcessDesign


def design_called(design: ProcessDesign) -> str:
    """The name of a design in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    return (design.name_zh if is_chinese else "") or design.name
