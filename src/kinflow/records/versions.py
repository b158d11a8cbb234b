"""Records of which every content is kept as a numbered version: what each of them asks and reads alike."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.lines import straight
from kinflow.kit.problem import FieldError, Invalid, NotFound

from .changing import Stale

LONGEST = 120
LAST_POSITION = 30_000


def refuse_strangers(changes: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise Invalid naming each field that cannot be changed."""
    if unknown := set(changes) - set(known):
        wrong = [FieldError(f"/{name}", _("This field cannot be changed.")) for name in sorted(unknown)]
        raise Invalid(errors=wrong)


def refuse_outdated(now: int, seen: int | None) -> None:
    """Raise Stale where the editor began with another version (`seen`) than the one that counts `now`."""
    if seen is not None and seen != now:
        raise Stale(
            _("Somebody else saved version %(now)d meanwhile.") % {"now": now},
            field="/seen",
            remedy=_("Look at that version, and make your change again if it is still right."),
            now=now,
            seen=seen,
        )


def earlier_version(row: Any, number: int) -> Any:
    """The row's version of this number. Raises NotFound where there is none."""
    found = row.versions.filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no version %(number)d.") % {"number": number})
    return found


def read_text(
    given: Mapping[str, Any],
    name: str,
    errors: list[FieldError],
    *,
    pointer: str = "",
    longest: int = LONGEST,
) -> str:
    """A short text without spaces around it; what is none adds an error at `pointer`/`name`."""
    text = given.get(name) or ""
    if not isinstance(text, str) or "\0" in text or text.encode(errors="replace").decode() != text:
        errors.append(FieldError(f"{pointer}/{name}", _("A text is expected here.")))
        return ""
    return straight(text).strip()[:longest]


def read_position(number: float | None, errors: list[FieldError]) -> int:
    """The place in an order, from 0 to 30,000; what is none adds an error."""
    if number is None or number != int(number) or not 0 <= number <= LAST_POSITION:
        errors.append(FieldError("/position", _("Give a number from 0 to 30,000.")))
        return 0
    return int(number)
