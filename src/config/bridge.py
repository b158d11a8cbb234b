"""The bridge from the web server's asynchronous world to Django's pages, which run in threads.

A page of one piece crosses it once in each direction; bodies that come in are read before a thread is taken,
so that a slow sender keeps nobody else waiting. Measurements: docs/decisions/0003-web-server.md.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Protocol

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Push = Callable[[Message], None]

LATIN = "latin-1"
LARGEST_BODY_IN_MEMORY = 1_000_000  # bytes
NAMES = {b"content-length": "CONTENT_LENGTH", b"content-type": "CONTENT_TYPE"}


class Wsgi(Protocol):
    """A WSGI application."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer one request."""


class SenderLeft(Exception):
    """The other side went away before its request was complete."""


class Bridge:
    """An ASGI application that answers with a WSGI application, in `threads` threads."""

    def __init__(self, application: Wsgi, threads: int) -> None:
        """Take the application; its threads start when they are needed."""
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()

        def push(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(as_coroutine(send(message)), loop).result()

        try:
            body = await body_of(receive)
        except SenderLeft:
            return
        with body:
            environ = environ_of(scope, body)
            for message in await loop.run_in_executor(self.pool, answer, self.application, environ, push):
                await send(message)


async def as_coroutine(awaitable: Awaitable[None]) -> None:
    """An awaitable of any kind as the coroutine that asyncio asks for."""
    await awaitable


async def body_of(receive: Receive) -> IO[bytes]:
    """The whole body of a request, on disk where it is large. Raises SenderLeft."""
    body = tempfile.SpooledTemporaryFile(LARGEST_BODY_IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise SenderLeft
        body.write(message.get("body", b""))
        more = message.get("more_body", False)
    body.seek(0)
    return body


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """A request as WSGI describes it."""
    server, port = scope.get("server") or ("localhost", 80)
    client, client_port = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode(LATIN),
        "QUERY_STRING": scope["query_string"].decode(LATIN),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers_of(scope):
        separator = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{separator}{value}" if name in environ else value
    return environ


def headers_of(scope: Scope) -> Iterator[tuple[str, str]]:
    """The headers of a request under their WSGI names; one with an underscore could pass for another."""
    for name, value in scope["headers"]:
        if b"_" not in name:
            wsgi_name = NAMES.get(name) or "HTTP_" + name.decode(LATIN).upper().replace("-", "_")
            yield wsgi_name, value.decode(LATIN)


def answer(application: Wsgi, environ: dict[str, Any], push: Push) -> list[Message]:
    """Run the application in this thread; what is left to send.

    An answer in one piece is returned whole; one in many goes out by `push`, piece by piece, no faster than
    the other side takes it.
    """
    started: Message = {"type": "http.response.start"}

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        started["status"] = int(status.split(" ", 1)[0])
        started["headers"] = [(name.lower().encode(LATIN), value.encode(LATIN)) for name, value in headers]

    pieces = application(environ, start_response)
    last: bytes | None = None
    is_out = False
    try:
        for piece in pieces:
            if last is not None:
                if not is_out:
                    push(started)
                    is_out = True
                push({"type": "http.response.body", "body": last, "more_body": True})
            last = piece
    finally:
        if close := getattr(pieces, "close", None):
            close()
    end: Message = {"type": "http.response.body", "body": last or b"", "more_body": False}
    return [end] if is_out else [started, end]
