"""Small pieces of the pages of import."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from kinflow.web.templatetags.ui import chip

from ..importing.face import TONES
from ..importing.kinds import importables
from ..importing.models import ImportRun

register = template.Library()


@register.simple_tag
def import_state(run: ImportRun) -> SafeString:
    """The state as a chip."""
    found: SafeString = chip(run.get_state_display(), TONES.get(run.state, ""))
    return found


@register.simple_tag
def import_kind(kind: str) -> Any:
    """What each row of an import was."""
    return importables[kind].label if kind in importables else kind


@register.simple_tag
def import_pointer(pointer: str) -> str:
    """The header that an error of the mapping points to."""
    return pointer.removeprefix("/map/")
