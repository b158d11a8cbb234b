"""What comes of a page or a route, whoever asks for it."""

from types import SimpleNamespace
from typing import Any

from django.http import Http404
from ninja.testing import TestClient

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem

from .test_pages import visit


def page_status(by: Actor, address: str, **post: Any) -> int:
    """The status of a page, or of what is sent to it."""
    try:
        return int(visit(by, address, **post).status_code)
    except Http404:
        return 404
    except Problem as problem:
        return problem.status


def route_status(client: TestClient, method: str, path: str, by: Actor, **body: Any) -> int:
    """The status of a route."""
    try:
        user = SimpleNamespace(is_authenticated=True)
        return int(client.request(method, path, json=body or None, by=by, user=user).status_code)
    except Problem as problem:
        return problem.status
