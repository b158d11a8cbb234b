"""The pages of long work: how a row stands and what came of it; what is done with it by a button."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kinflow.eventlog import Actor
from kinflow.web.doors import page

from ..pages.answers import actor_of, go_on, only_post
from .models import LongWork
from .telling import on_page

W = TypeVar("W", bound=LongWork)
Context = Mapping[str, Any]


def show(
    request: HttpRequest,
    name: str,
    row: LongWork | None,
    context: Context,
    rest: Callable[[], Context] = dict,
    status: int = 200,
) -> HttpResponse:
    """The page of a row; for who waits, which `?part=state` says, only how it stands.

    `context` is what both show, `rest` makes what only the whole page shows.
    """
    told = {**context, "work": on_page(row)}
    if request.GET.get("part") == "state":
        return render(request, f"{name}#state", told)
    return render(request, name, {**told, **rest()}, status=status)


def act_page(
    find: Callable[..., W],
    act: Callable[[W, Actor], Any],
    words: Any,
    address: Callable[[W], str] = lambda row: row.address,
) -> Any:
    """A page that does something with a row when it is posted to, says `words` and goes on to an address.

    `find` is given the request and what the page's own address names.
    """

    @page
    def view(request: HttpRequest, /, **place: Any) -> HttpResponse:
        if refused := only_post(request):
            return refused
        row = find(request, **place)
        where = address(row)
        act(row, actor_of(request))
        return go_on(request, where, str(words))

    return view
