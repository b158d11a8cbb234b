"""Why long work failed, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

UNEXPECTED = "unexpected"
COMMON = {UNEXPECTED: _("It broke off for a reason that is noted in the program’s own log.")}


def said_with(words: Mapping[str, Any]) -> Callable[[Any, Mapping[str, Any]], Any]:
    """How events say a fault that is a word of these, or the words themselves."""
    known = {**COMMON, **words}
    return lambda fault, _data: known.get(fault, fault)
