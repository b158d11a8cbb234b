"""Visiting the pages of records as somebody, without a browser or a sign-in."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.urls import resolve

from kinflow.eventlog import Actor

URLS = "kinflow.records.urls"


class _User:
    is_authenticated = True
    is_active = True
    is_anonymous = False
    pk = 1


def visit(by: Actor, address: str, *, htmx: bool = False, **post: Any) -> HttpResponse:
    """GET the address, or POST where values are given (`_post=True` for a POST without any)."""
    headers = {"HX-Request": "true"} if htmx else {}
    factory = RequestFactory(headers=headers)
    is_post = bool(post)
    post.pop("_post", None)
    request = factory.post(address, post) if is_post else factory.get(address)
    request.by = by  # type: ignore[attr-defined]
    request.user = _User()  # type: ignore[assignment]
    request.htmx = htmx  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    match = resolve(urlsplit(address).path, URLS)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def text_of(response: HttpResponse) -> str:
    """The answer's body."""
    return response.content.decode()


def query_of(**parts: str) -> str:
    """A query from its parts, safely written."""
    query = QueryDict(mutable=True)
    query.update(parts)
    return query.urlencode()
