"""The base of every domain model: its rows can be written only inside an action."""

from functools import cache
from typing import Any, Self, TypeVar

from django.db import models

from kinflow.kit.lines import straight
from kinflow.kit.loaded import Loaded
from kinflow.kit.problem import NotFound
from kinflow.kit.standing import StandingQuery

from .command import Command, Trespass, WriteOutsideAction, running

M = TypeVar("M", bound="Recorded")


def permitted_command(model: type[models.Model]) -> Command:
    """The running command, if its innermost action may write rows of the model."""
    command = running()
    if command is None:
        raise WriteOutsideAction(model._meta.label)
    if command.domains[-1] != model._meta.app_label:
        raise Trespass(f"{command.domains[-1]} may not write {model._meta.label}")
    return command


class RecordedQuerySet(models.QuerySet[M]):
    """Reads as usual; set-based writes go through `kinflow.eventlog.bulk`."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise WriteOutsideAction(
            f"{self.model._meta.label}: save rows inside an action, or use eventlog.bulk"
        )

    update = bulk_create = bulk_update = delete = _refuse


class Recorded(Loaded):
    """A row that belongs to the record returned by `whole`; both laws of the house hold for it."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def whole(self) -> "Recorded":
        """The record whose history this row belongs to; a part returns its whole."""
        return self

    def straighten(self) -> None:
        """Take marks that turn text round out of what people write in one line; whoever brought it here."""
        inner = vars(self)
        for name in _lines(type(self)):
            text = inner.get(name)
            if type(text) is str and not text.isascii():
                inner[name] = straight(text)

    def _note(self, command: Command) -> None:
        whole = self.whole()
        command.changed.add((whole._meta.label, whole.pk))
        command.tables.add(self._meta.db_table)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; only inside an action of its own domain."""
        command = permitted_command(type(self))
        self.straighten()
        with command.writes_rows():
            super().save(*args, **kwargs)
        self._note(command)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row; only inside an action of its own domain."""
        command = permitted_command(type(self))
        self._note(command)
        with command.writes_rows():
            return super().delete(*args, **kwargs)

    def held(self) -> Self:
        """The same record, read again and locked until the action ends."""
        return hold(self)


def hold(row: M) -> M:
    """Read the row again and lock it until the transaction ends, so that two people cannot decide on it at once.

    Others may refer to it meanwhile: a new lead of an account does not wait for who changes the account.
    Raises NotFound if it is gone meanwhile.
    """
    fresh: M | None = _held(type(row)).first(row.pk)
    if fresh is None:
        raise NotFound(str(row.pk))
    return fresh


@cache
def _lines(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that hold one line which people write."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, models.CharField))
    return tuple(f.attname for f in fields if f.editable and not f.choices)


@cache
def _held(model: type[M]) -> StandingQuery[M]:
    return StandingQuery(
        lambda pk: model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk), 1
    )
