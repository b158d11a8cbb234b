"""Retiring what people hold, know, look after or work by: it keeps its history, and is given to nobody any more."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kinflow.eventlog import Actor, hold
from kinflow.kit.problem import Conflict
from kinflow.records.access import permit
from kinflow.records.models import Record

Using = Callable[[Any], Iterable[Any]]
"""From a record to what needs it still; more than a few of them need not be named."""
SHOWN = 3
_using: dict[str, list[Using]] = defaultdict(list)


class Retirable(Record):
    """A record that can be retired."""

    is_retired = models.BooleanField(gettext_lazy("retired"), default=False)

    class Meta(Record.Meta):
        abstract = True


R = TypeVar("R", bound=Retirable)


class StillInUse(Conflict):
    """Somebody or something needs the record still."""

    code = "still-in-use"


class Retired(Conflict):
    """The record is retired, or is in use already."""

    code = "retired"


def needs(kind: str) -> Callable[[Using], Using]:
    """Let a function say what still needs records of a kind ("skill"); packages above tell of theirs, too."""

    def register(using: Using) -> Using:
        _using[kind].append(using)
        return using

    return register


def refuse_retired(record: Retirable | None, field: str) -> None:
    """Raise Retired where the record is given to nobody any more."""
    if record is not None and record.is_retired:
        raise Retired(
            _("“%(name)s” is retired.") % {"name": record},
            field=field,
            remedy=_("Choose another one, or take this one up again first."),
        )


def refuse_needed(row: Record, *, remedy: str) -> None:
    """Raise StillInUse where something needs the record still."""
    if users := [str(each) for using in _using[str(row._meta.model_name)] for each in using(row)]:
        raise StillInUse(
            _("“%(name)s” is still needed by: %(users)s.") % {"name": row, "users": _listed(users)},
            remedy=remedy,
        )


def retired(record: R, by: Actor) -> R:
    """The record, held, permitted and retired; whoever calls records the event. Raises Retired, StillInUse."""
    row = hold(record)
    permit(by, row)
    if row.is_retired:
        raise Retired(_("“%(name)s” is retired already.") % {"name": row})
    refuse_needed(row, remedy=_("Change that first, then retire it."))
    row.is_retired = True
    row.save()
    return row


def taken_up(record: R, by: Actor) -> R:
    """The record, held, permitted and in use again; whoever calls records the event. Raises Retired where it is."""
    row = hold(record)
    permit(by, row)
    if not row.is_retired:
        raise Retired(_("“%(name)s” is in use.") % {"name": row})
    row.is_retired = False
    row.save()
    return row


def _listed(names: list[str]) -> str:
    shown = pgettext("between values", ", ").join(names[:SHOWN])
    return (
        shown
        if len(names) <= SHOWN
        else _("%(names)s and %(rest)d more")
        % {
            "names": shown,
            "rest": len(names) - SHOWN,
        }
    )
