"""How a condition is refused: where the fault is, what it is, and what to do."""

from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import FieldError, Problem

from .fields import Words


class ConditionError(Problem):
    """A condition that cannot be understood.

    `pointer` is a JSON pointer (RFC 6901) to the place in the condition, `message` what is wrong there,
    `remedy` what to write instead; the last two are in the active language.
    """

    status = 422
    code = "condition"
    title = _("This condition cannot be understood")

    def __init__(self, pointer: str, message: Words, remedy: Words = "") -> None:
        super().__init__(message, remedy=remedy, errors=(FieldError(pointer, message),))
        self.pointer = pointer
        self.message = str(message)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.pointer, self.message, str(self.remedy))))


def refuse(pointer: str, message: Words, remedy: Words = "") -> NoReturn:
    """Raise the refusal; words that are translated lazily are told in the language that is active now."""
    raise ConditionError(pointer, str(message), str(remedy))


def below(pointer: str, key: str | int) -> str:
    """The pointer to a member or element of what `pointer` points at."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
