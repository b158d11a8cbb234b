"""Visiting any page as somebody, without a browser or a sign-in."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from kinflow.eventlog import Actor


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
    match = resolve(urlsplit(address).path)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response
