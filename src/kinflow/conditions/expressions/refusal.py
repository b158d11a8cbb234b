"""How an expression is refused: where the fault is, what it is, and what to do."""

from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Problem

from ..fields import Words


class ExpressionError(Problem):
    """An expression that cannot be understood, or that has no value for a record.

    `position` is the index of the character at which the fault is seen, `message` what is wrong there, `remedy` what to
    write instead; the last two are in the active language.
    """

    status = 422
    code = "expression"
    title = _("This expression cannot be understood")

    def __init__(self, message: Words, position: int, remedy: Words = "") -> None:
        super().__init__(str(message), remedy=str(remedy), position=position)
        self.message = str(message)
        self.position = position

    def __str__(self) -> str:
        return " ".join(filter(None, (self.message, str(self.remedy))))


def refuse(message: Words, position: int, remedy: Words = "") -> NoReturn:
    """Raise the refusal."""
    raise ExpressionError(message, position, remedy)
