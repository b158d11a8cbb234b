"""What the framework and the database refuse, told as our own problems."""

from collections.abc import Iterable
from typing import Any

from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kinflow.kit.problem import Conflict, FieldError, Invalid, NotFound, Problem
from kinflow.web.problems import NotUnderstood, answer

_SOURCES = ("body", "query", "path", "header", "form", "file")


def handle_in(api: NinjaAPI) -> None:
    """Let the API answer all of them as problem documents."""
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(DataError, _data_error)
    api.add_exception_handler(IntegrityError, _integrity_error)


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, error)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = tuple(field_errors(error.errors))
    known = [str(each["ctx"]["known"]) for each in error.errors if each.get("type") == "unknown"]
    remedy = _("Known are: %(known)s.") % {"known": known[0]} if known and known[0] else ""
    return answer(request, Invalid(errors=errors, remedy=remedy))


def field_errors(errors: Iterable[dict[str, Any]]) -> Iterable[FieldError]:
    """Pydantic's errors, in words of our own; of a value's possible shapes the widest number, else the first, is told."""
    errors = list(errors)
    numbers = {_pointer(e.get("loc", ())) for e in errors if str(e.get("type")).startswith(_NUMBERS)}
    told: set[str] = set()
    for error in errors:
        pointer = _pointer(error.get("loc", ()))
        if error.get("type") == "unknown":
            yield from (FieldError(f"{pointer}{_pointer([n])}", _words(error)) for n in error["ctx"]["names"])
        elif pointer not in told:
            told.add(pointer)
            is_wider = str(error.get("type")).startswith("int_") and pointer in numbers
            yield FieldError(pointer, _words({"type": "float_type"} if is_wider else error))


def _pointer(loc: Iterable[Any]) -> str:
    """Where it is: without the source, the parameter's name, and the names of shapes."""
    parts = list(loc)
    if parts and parts[0] in _SOURCES:
        parts = parts[1:]
    if parts and parts[0] in ("given", "asked"):
        parts = parts[1:]
    kept = [str(p).replace("~", "~0").replace("/", "~1") for p in parts if not _is_shape(p)]
    return "".join(f"/{part[:60]}" for part in kept)


def _is_shape(part: Any) -> bool:
    return isinstance(part, str) and (
        part in ("int", "float", "str", "constrained-int", "constrained-str", "list[any]", "dict[str,any]")
        or "[" in part
    )


def _words(error: dict[str, Any]) -> str:
    kind, ctx = str(error.get("type", "")), error.get("ctx") or {}
    match kind:
        case "missing":
            return _("Please fill this in.")
        case "extra_forbidden" | "unknown":
            return _("There is no such input.")
        case "string_too_long":
            return _("At most %(most)d characters.") % {"most": ctx.get("max_length", 0)}
        case "string_too_short":
            return _("Please fill this in.")
        case "too_long":
            return _("At most %(most)d values.") % {"most": ctx.get("max_length", 0)}
        case "greater_than_equal" | "greater_than":
            return _("This number is too small.")
        case "less_than_equal" | "less_than":
            return _("This number is too large.")
        case "bool_type" | "bool_parsing":
            return _("Yes or no is expected here.")
        case "string_pattern_mismatch":
            return _("This is not written as it should be.")
    return _by_family(kind)


_NUMBERS = ("float_", "decimal_", "finite_")


def _by_family(kind: str) -> str:
    if kind.startswith("int_"):
        return _("A whole number is expected here.")
    if kind.startswith(_NUMBERS):
        return _("A number is expected here.")
    if kind.startswith("string_"):
        return _("A text is expected here.")
    if kind.startswith("list_"):
        return _("A list is expected here.")
    if kind.startswith(("dict_", "model_", "mapping_")):
        return _("An object is expected here.")
    return _("This value does not fit here.")


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Problem):
        return answer(request, error.__cause__)
    return answer(request, NotUnderstood(_("The address or what was sent with it makes no sense.")))


def _not_found(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(request, NotFound(_("There is nothing at this address, or it was removed.")))


def _data_error(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(request, Invalid(_("One of the values is too long or too large.")))


def _integrity_error(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(
        request, Conflict(_("Something like this exists already, or something else still needs it."))
    )
