"""A file given from outside: kept, made something of, and taken once where the caller says that it is the same."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja.files import UploadedFile

from kinflow.eventlog import Actor
from kinflow.web.once import REPLAYED, digest_of, once

from .storing import Stored, discard, store
from .taking import text_of


@dataclass(frozen=True)
class Given:
    """A file as it was given: its name, and where it was put."""

    name: str
    stored: Stored


def taken_once(
    request: HttpRequest, by: Actor, file: UploadedFile, what: str, take: Callable[[Given], HttpResponse]
) -> HttpResponse:
    """Keep the file and answer with what `take` makes of it; with an Idempotency-Key, the same file for `what` once.

    Nothing is kept where it raises, or where the answer is one that was given before.
    """
    stored = store(file.chunks())
    given = Given(text_of(str(file.name)), stored)
    try:
        answer = _answer(request, by, what, given, take)
    except BaseException:
        discard(stored.place)
        raise
    if REPLAYED in answer:
        discard(stored.place)
    return answer


def _answer(
    request: HttpRequest, by: Actor, what: str, given: Given, take: Callable[[Given], HttpResponse]
) -> HttpResponse:
    if "Idempotency-Key" not in request.headers:
        return take(given)
    scopes = ",".join(sorted(by.scopes)) if by.scopes is not None else "*"
    digest = digest_of(request.path, scopes, what, given.name, given.stored.digest)
    return once(f"{by.kind}:{by.id}", request.headers["Idempotency-Key"], digest, lambda: take(given))
