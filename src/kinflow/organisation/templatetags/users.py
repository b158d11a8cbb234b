"""What the sign-in pages need."""

from collections.abc import Sequence

from django import template
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from kinflow.kit.place_words import language_words

register = template.Library()


@register.filter
def in_words(code: str) -> str:
    """A language's code in the reader's words."""
    return language_words(code)


@register.simple_tag
def sign_ins_shown() -> Sequence[tuple[str, str, str]]:
    """Role, login and password of those who may be seen at the door: the demo's people, and nobody elsewhere."""
    if not settings.SIGN_INS_SHOWN:
        return ()
    try:
        shown: Sequence[tuple[str, str, str]] = import_string(settings.SIGN_INS_SHOWN)
    except ImportError:
        return ()
    return [(gettext(role), login, password) for role, login, password in shown]
