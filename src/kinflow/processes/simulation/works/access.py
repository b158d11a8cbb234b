"""Who has such work done: whoever may change processes; whoever sees processes sees what came of it."""

from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.access import ALL, PROCESS_OWNER, TEAM_LEAD, grant, may, permit
from kinflow.records.long_work.progress import kind_of

from ...access import sees_processes
from .models import ProcessWork

W = TypeVar("W", bound=ProcessWork)


class Asking(Generic[W]):
    """The access to one sort of work, declared when made.

    `noun` is the word in the names of its actions: start, finish, fail; `acts` are the other actions of who may start it.
    """

    def __init__(self, model: type[W], noun: str, *acts: str, related: tuple[str, ...] = ()) -> None:
        self._model, self._related = model, ("process", *related)
        self.kind, self.start = kind_of(model), f"processes.start_{noun}"
        own = (self.start, *(f"processes.{each}" for each in acts))
        ends = (f"processes.finish_{noun}", f"processes.fail_{noun}")
        see = {PROCESS_OWNER: ALL, TEAM_LEAD: ALL}
        grant(self.kind, owned=False, see=see, run={own: {PROCESS_OWNER: ALL}, ends: {}})

    def may_ask(self, by: Actor) -> bool:
        """Whether the actor may have it done."""
        return sees_processes(by) and may(by, self.start, kind=self.kind)

    def permit(self, by: Actor) -> None:
        """The first beat of the action that starts it. Raises Refused."""
        permit(by, kind=self.kind)
        if not sees_processes(by):
            raise Refused(remedy=_("Ask a process owner."))

    def seen(self, by: Actor) -> "QuerySet[W]":
        """The rows that the actor may see, the newest first."""
        rows: Any = self._model._default_manager.select_related(*self._related)
        found: QuerySet[W] = rows if sees_processes(by) else rows.none()
        return found
