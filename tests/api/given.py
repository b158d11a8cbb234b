"""Callers of the API: people with sign-ins, access tokens, and a client that speaks JSON."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kinflow.organisation.models import Person, Unit
from kinflow.organisation.users.models import Token, User
from kinflow.organisation.users.token_texts import digest_of, new_text

from .. import factories

_numbers = itertools.count(1)


def user_of(person: Person | None, **more: Any) -> User:
    """The sign-in of a person."""
    user = User(username=f"caller-{next(_numbers)}", person=person, **more)
    user.set_unusable_password()
    user.save()
    return user


def token_of(user: User, scopes: Iterable[str] = ("write",), **more: Any) -> str:
    """The text of an access token of the user."""
    text = new_text()
    made = {"name": "test", "created_at": timezone.now(), **more}
    Token.objects.create(user=user, digest=digest_of(text), hint=text[:9], scopes=list(scopes), **made)
    return text


@dataclass
class Caller:
    """Somebody who calls the API with a token, and whom the records know as `person`."""

    person: Person | None
    token: str
    client: Client

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Read."""
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Write JSON."""
        raw = json.dumps(body) if body is not None else ""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, f"/api/v1{path}", raw, content_type="application/json", headers=self.headers | named
        )

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Do something."""
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Change something."""
        return self.send("PATCH", path, body, **headers)

    @property
    def headers(self) -> dict[str, str]:
        """Who it is."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def caller(
    role: str = "administrator", unit: Unit | None = None, scopes: Iterable[str] = ("write",), **user: Any
) -> Caller:
    """Somebody new with this one role."""
    number = next(_numbers)
    person = factories.person(given_name=f"{role}-{number}", unit=unit, roles=(role,))
    return Caller(person, token_of(user_of(person, **user), scopes), Client(raise_request_exception=False))


def stranger() -> Caller:
    """Nobody."""
    return Caller(None, "", Client(raise_request_exception=False))
