"""What a token may do at most: everything, or single kinds of records; to read, or to write too."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import accesses

MODES = ("read", "write")


def known_scopes() -> list[str]:
    """Every scope a token may have: `read` and `write` for all, `lead:read` and the like for one kind of record."""
    return [*MODES, *(f"{kind}:{mode}" for kind in sorted(accesses) for mode in MODES)]


def checked_scopes(scopes: Iterable[str]) -> list[str]:
    """The scopes, each once, in a fixed order. Raises Invalid for none at all, and for unknown ones."""
    wanted = set(scopes)
    known = known_scopes()
    if not wanted:
        raise Invalid(errors=[FieldError("/scopes", _("Choose at least one scope."))])
    if unknown := wanted - set(known):
        told = _("There is no scope “%(scope)s”.") % {"scope": sorted(unknown)[0][:60]}
        raise Invalid(errors=[FieldError("/scopes", told)])
    return [scope for scope in known if scope in wanted]
