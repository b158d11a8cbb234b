"""Values that a step writes: as they were given, or worked out from what the rule is about."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError
from kinflow.records.faces import RecordType

from .step import Doing

MARK = "="
"""What a text begins with that is worked out: =today + days(3)"""


def is_expression(given: Any) -> bool:
    """Whether the value is worked out when the step runs."""
    return isinstance(given, str) and given.startswith(MARK)


def value_now(given: Any, doing: Doing) -> Any:
    """The value to write. Raises Problem where it cannot be worked out."""
    return given


def check_values(values: Mapping[str, Any], kind: str) -> Iterator[FieldError]:
    """What is wrong with expressions among the values."""
    return iter(())


def value_words(face: RecordType, name: str, given: Any) -> str:
    """A value as it stands in a sentence."""
    if is_expression(given):
        return str(given)[1:].strip()
    field = face.by_name.get(name)
    if given in (None, ""):
        return _("nothing")
    return str(field.word(given)) if field is not None else str(given)
