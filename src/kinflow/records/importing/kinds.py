"""What can be imported: each noun says how rows become its records, and how these are taken out again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from .choice_words import words_for
from .synonyms import targets_of
from .tables import Cell
from .targets import Target


@dataclass(slots=True)
class Row:
    """A row ready to be taken: values by field (only those that are there), and lines for the notes."""

    number: int
    values: dict[str, Any]
    notes: list[str]
    cells: Sequence[Cell] = ()


@dataclass
class Taken:
    """What became of some rows.

    `made` holds row number, kind and primary key of each new record; `refused` the reason by row number; `known` counts
    the rows whose customer was known already.
    """

    made: list[tuple[int, str, int]] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    known: int = 0


class Take(Protocol):
    """The action that makes records of rows, all in the running transaction."""

    def __call__(self, *, rows: Sequence[Row], by: Actor) -> Taken:
        """Make them."""


class Remove(Protocol):
    """The action that takes records out again which nothing else needs."""

    def __call__(self, *, ids: Sequence[int], by: Actor) -> None:
        """Remove them."""


@dataclass(frozen=True)
class Importable:
    """A kind of record that can be imported.

    `needs` is the action by which one such record is made by hand: who may not run it may not import either. Columns of
    the fields in `noted` have no place of their own in the records, and become lines of the notes.
    """

    record: str
    label: Any
    needs: str
    targets: Callable[[], tuple[Target, ...]]
    take: Take
    order: int = 0
    noted: frozenset[str] = frozenset()


importables: dict[str, Importable] = {}
removers: dict[str, tuple[int, Remove]] = {}


class NoSuchKind(NotFound):
    """There is no import for such records."""

    code = "no-such-import"


def register(one: Importable) -> Importable:
    """Let a kind of record be imported."""
    importables[one.record] = one
    return one


def register_remover(kind: str, order: int, remove: Remove) -> None:
    """Let an import of records of the kind be undone; what needs others is removed before them (smaller order)."""
    removers[kind] = (order, remove)


def importable(record: str) -> Importable:
    """How records of the kind are imported. Raises NoSuchKind."""
    if record not in importables:
        raise NoSuchKind(
            _("Records of the kind “%(kind)s” cannot be imported.") % {"kind": record[:40]},
            remedy=_("Choose one of: %(kinds)s.") % {"kinds": ", ".join(sorted(importables))},
        )
    return importables[record]


def fitted(
    record: str,
    *,
    choices: Mapping[str, Sequence[tuple[Any, Any]]] | None = None,
    fallbacks: Mapping[str, Any] | None = None,
    longest: Mapping[str, int] | None = None,
) -> tuple[Target, ...]:
    """The fields known for a record type, with the choices and greatest lengths that its models have."""
    choices, fallbacks, longest = choices or {}, fallbacks or {}, longest or {}
    return tuple(
        replace(
            one,
            choices=tuple(choices.get(one.name, ())),
            also=words_for(record, one.name) if one.name in choices else (),
            fallback=fallbacks.get(one.name),
            longest=longest.get(one.name, 0),
        )
        for one in targets_of(record)
    )
