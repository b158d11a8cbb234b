"""Pages cross the bridge unharmed: bodies, headers, pieces, and senders who leave."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from config.bridge import LARGEST_BODY_IN_MEMORY, Bridge, Message, Wsgi

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/客户/7",
    "query_string": b"q=%E6%B3%B5",
    "http_version": "1.1",
    "headers": [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"content-type", b"text/plain"),
        (b"x_real", b"no"),
    ],
    "server": ("127.0.0.1", 8000),
    "client": ("10.0.0.9", 5555),
}


def ask(application: Wsgi, *incoming: Message) -> list[Message]:
    """What the bridge sends for a request whose body comes in these messages."""
    messages = iter(incoming or [{"type": "http.request", "body": b""}])
    sent: list[Message] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Bridge(application, threads=1)(dict(SCOPE), receive, send))
    return sent


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("201 Created", [("X-Path", environ["PATH_INFO"]), ("X-Cookie", environ["HTTP_COOKIE"])])
    return [environ["wsgi.input"].read()]


def test_a_page_gets_the_whole_request_and_answers_in_one_piece() -> None:
    half = {"type": "http.request", "body": b"half ", "more_body": True}
    start, body = ask(echo, half, {"type": "http.request", "body": b"whole"})
    assert start["status"] == 201
    assert start["headers"] == [(b"x-path", "/客户/7".encode()), (b"x-cookie", b"a=1; b=2")]
    assert body == {"type": "http.response.body", "body": b"half whole", "more_body": False}


def test_a_large_body_is_not_kept_in_memory() -> None:
    on_disk = []

    def where(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        on_disk.append(environ["wsgi.input"]._rolled)
        start_response("204 No Content", [])
        return []

    ask(where, {"type": "http.request", "body": b"x" * (LARGEST_BODY_IN_MEMORY + 1)})
    assert on_disk == [True]


def test_a_header_cannot_pass_for_another_by_an_underscore() -> None:
    seen: dict[str, Any] = {}

    def look(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    ask(look)
    assert "HTTP_X_REAL" not in seen
    assert (seen["CONTENT_TYPE"], seen["REMOTE_ADDR"]) == ("text/plain", "10.0.0.9")


class Pieces:
    """An answer in three pieces that can tell whether it was closed."""

    is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"one", b"two", b"three")

    def close(self) -> None:
        self.is_closed = True


def test_an_answer_in_pieces_goes_out_piece_by_piece_and_is_closed() -> None:
    pieces = Pieces()

    def export(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Pieces:
        start_response("200 OK", [])
        return pieces

    start, *bodies = ask(export)
    assert start["status"] == 200
    assert [(body["body"], body["more_body"]) for body in bodies] == [
        (b"one", True),
        (b"two", True),
        (b"three", False),
    ]
    assert pieces.is_closed


def test_nothing_is_asked_of_a_page_when_the_sender_left() -> None:
    half = {"type": "http.request", "body": b"half", "more_body": True}
    assert ask(echo, half, {"type": "http.disconnect"}) == []
