"""Domain errors: what a person or a program is told when something cannot be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value: a JSON pointer to it, and words."""

    pointer: str
    message: Any


class Problem(Exception):
    """The base of all domain errors (RFC 9457): a stable code, a title, what happened here, what to do now."""

    status: ClassVar[int] = 422
    code: ClassVar[str] = "problem"
    title: ClassVar[Any] = _("This cannot be done")

    def __init__(
        self,
        detail: Any = "",
        *,
        field: str = "",
        remedy: Any = "",
        errors: Sequence[FieldError] = (),
        **extra: Any,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.remedy = remedy
        self.errors = tuple(errors)
        self.extra = extra

    def __str__(self) -> str:
        told = [str(self.detail or self.title), *(str(e.message) for e in self.errors)]
        return " ".join(told)


class Refused(Problem):
    """The actor may not do this."""

    status = 403
    code = "refused"
    title = _("You may not do this")


class NotFound(Problem):
    """What was asked for does not exist, or not for this actor."""

    status = 404
    code = "not-found"
    title = _("This was not found")


class Conflict(Problem):
    """Something changed meanwhile, or stands against it."""

    status = 409
    code = "conflict"
    title = _("This does not fit what is there now")


class TooLarge(Problem):
    """More than the stated limit."""

    status = 413
    code = "too-large"
    title = _("This is too large")


class Invalid(Problem):
    """Some values are not right; `errors` names each."""

    status = 422
    code = "invalid"
    title = _("Please check these values")


class TooMany(Problem):
    """More requests than the stated rate."""

    status = 429
    code = "too-many"
    title = _("Too many requests")
