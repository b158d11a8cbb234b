"""The scopes of tokens in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kinflow.records.faces import registry


@dataclass(frozen=True)
class KindChoice:
    """The two scopes of one kind of record."""

    label: Any
    read: str
    write: str


def scope_choices() -> list[KindChoice]:
    """The kinds of records a token may be limited to."""
    return [KindChoice(face.plural, f"{name}:read", f"{name}:write") for name, face in registry.items()]


def scope_words(scopes: Iterable[str]) -> list[str]:
    """Each scope as people say it."""
    return [_in_words(scope) for scope in scopes]


def _in_words(scope: str) -> str:
    if scope == "read":
        return _("read everything")
    if scope == "write":
        return _("read and write everything")
    kind, _colon, mode = scope.partition(":")
    label = registry[kind].plural if kind in registry else kind
    told = _("read %(what)s") if mode == "read" else _("read and write %(what)s")
    return told % {"what": label}
