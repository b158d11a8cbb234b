"""The API of long work: one way to begin, list, read, cancel and remove it, below what it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
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
    - `whole`: what they belong to, by its number, for who asks; raises NotFound, Refused. `seen`: all that one may see;
    - `called`: what actions call a row that they are given;
    - `out`: what is told of a row; `shown` fills it from the row, what all long work tells, and who asks.
    """

    module: str
    router: Router
    root: str
    whole: Callable[[Actor, int], Model]
    seen: Callable[[Actor], "QuerySet[W]"]
    called: str
    out: type[Schema]
    shown: Callable[[W, dict[str, Any], Actor], dict[str, Any]]

    def rows(self, by: Actor, pk: int) -> "QuerySet[W]":
        """Those of what has this number that the actor may see. Raises NotFound, Refused."""
        return self.seen(by).filter(**self._of(by, pk))

    def _of(self, by: Actor, pk: int) -> dict[str, Any]:
        """What they belong to, as rows and the action that begins one name it."""
        whole = self.whole(by, pk)
        return {str(whole._meta.model_name): whole}

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
        start: Callable[..., W],
    ) -> None:
        """Begin one by an action, which is given what it belongs to and what was sent."""

        def view(request: HttpRequest, pk: int, given: Any) -> tuple[int, dict[str, Any]]:
            by = actor_of(request)
            return 201, self.told(request, start(**self._of(by, pk), **given.model_dump(), by=by))

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
        self, name: str, summary: str, act: Callable[..., W], said: str = "It ends before its end."
    ) -> None:
        """End one before its end by an action."""

        def view(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
            row = self.row(request, pk, number)
            return self.told(request, act(**{self.called: row}, by=actor_of(request)))

        made = self.router.post(f"{self.root}{ONE}/cancel", response=self.out, summary=summary)
        made(self._named(view, name, said))

    def removed(self, name: str, summary: str, act: Callable[..., None], said: str) -> None:
        """Remove one by an action."""

        def view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
            act(**{self.called: self.row(request, pk, number)}, by=actor_of(request))
            return HttpResponse(status=204)

        made = self.router.delete(self.root + ONE, response={204: None}, summary=summary)
        made(self._named(view, name, said))

    def _named(self, view: Any, name: str, said: str) -> Any:
        view.__module__, view.__name__, view.__doc__ = self.module, name, said
        return view
