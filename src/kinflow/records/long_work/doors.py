"""The API of long work: one way to begin, list, read, cancel and remove it, below what it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import BaseModel

from kinflow.eventlog import Actor

from ..pages.answers import actor_of
from .models import LongWork
from .telling import work_told, works_told

W = TypeVar("W", bound=LongWork)
ONE = "/{int:number}"


@dataclass(frozen=True, kw_only=True)
class Doors(Generic[W]):
    """The addresses of one sort of long work.

    - `module`: where they are made, for the names of operations;
    - `root`: the address of all, with `{int:pk}` for what they belong to;
    - `rows`: those of what has this number that the actor may see; raises NotFound, Refused;
    - `out`: what is told of a row; `shown` fills it from the row, what all long work tells, and who asks.
    """

    module: str
    router: Router
    root: str
    rows: Callable[[Actor, int], "QuerySet[W]"]
    out: type[Schema]
    shown: Callable[[W, dict[str, Any], Actor], dict[str, Any]]

    def row(self, request: HttpRequest, pk: int, number: int) -> W:
        """The row of an address."""
        found: W = get_object_or_404(self.rows(actor_of(request), pk), pk=number)
        return found

    def told(self, request: HttpRequest, row: W) -> dict[str, Any]:
        """What is told of a row."""
        return self.shown(row, work_told(row), actor_of(request))

    def listed(self, name: str, summary: str, newest: int) -> None:
        """All, the newest first."""

        def view(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
            by = actor_of(request)
            return [self.shown(row, told, by) for row, told in works_told(self.rows(by, pk)[:newest])]

        said = f"The newest first, at most {newest}."
        self.router.get(self.root, response=list[self.out], summary=summary)(self._named(view, name, said))  # type: ignore[name-defined]

    def begun(
        self,
        name: str,
        summary: str,
        said: str,
        given: type[BaseModel],
        start: Callable[[Actor, int, Mapping[str, Any]], W],
    ) -> None:
        """Begin one; `start` is given who asks, what it belongs to, and what was sent."""

        def view(request: HttpRequest, pk: int, given: Any) -> tuple[int, dict[str, Any]]:
            return 201, self.told(request, start(actor_of(request), pk, given.model_dump()))

        view.__annotations__["given"] = given
        made = self.router.post(self.root, response={201: self.out}, summary=summary)
        made(self._named(view, name, said))

    def read(self, name: str, summary: str) -> None:
        """One, by its number."""

        def view(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
            return self.told(request, self.row(request, pk, number))

        said = "How far it is, or what came of it."
        self.router.get(self.root + ONE, response=self.out, summary=summary)(self._named(view, name, said))

    def cancelled(
        self, name: str, summary: str, act: Callable[[W, Actor], W], said: str = "It ends before its end."
    ) -> None:
        """End one before its end."""

        def view(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
            return self.told(request, act(self.row(request, pk, number), actor_of(request)))

        made = self.router.post(f"{self.root}{ONE}/cancel", response=self.out, summary=summary)
        made(self._named(view, name, said))

    def removed(self, name: str, summary: str, act: Callable[[W, Actor], None], said: str) -> None:
        """Remove one."""

        def view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
            act(self.row(request, pk, number), actor_of(request))
            return HttpResponse(status=204)

        made = self.router.delete(self.root + ONE, response={204: None}, summary=summary)
        made(self._named(view, name, said))

    def _named(self, view: Any, name: str, said: str) -> Any:
        view.__module__, view.__name__, view.__doc__ = self.module, name, said
        return view
