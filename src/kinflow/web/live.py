"""Live updates: what happens in the database is told to open pages as server-sent events.

`tell` notifies inside the transaction, so that nobody hears of what is rolled back. One connection per process
listens and hands each message to the pages of those it is for; a page that cannot follow is told to look anew.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)

CHANNEL = "kinflow_live"
LARGEST = 7000  # bytes of a message; PostgreSQL takes 8000
AT_ONCE = 500  # people named in one message
WAITING = 100  # messages a page may be behind
PULSE = 20.0  # seconds between signs of life
LONGEST = 600.0  # seconds of one stream; the page comes back by itself, and is asked again who it is
PAUSE = 2.0  # seconds before the listener tries again
STALE = json.dumps({"topic": "stale", "data": {}})

_sign_ins = ThreadPoolExecutor(1, thread_name_prefix="live")
_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def tell(user_ids: Iterable[int], topic: str, data: Mapping[str, Any] | None = None) -> None:
    """Tell the open pages of these users, once the transaction is done. Raises ValueError where data is too large."""
    ids = sorted(set(user_ids))
    for start in range(0, len(ids), AT_ONCE):
        message = json.dumps({"to": ids[start : start + AT_ONCE], "topic": topic, "data": dict(data or {})})
        if len(message) > LARGEST:
            raise ValueError(f"A live message of {len(message)} bytes is too large")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])


class Hub:
    """The open pages of one process, by user, and the one connection that listens for them."""

    def __init__(self) -> None:
        self.pages: defaultdict[int, set[asyncio.Queue[str]]] = defaultdict(set)
        self.listening: asyncio.Task[None] | None = None
        self.hears = False

    def join(self, user_id: int) -> "asyncio.Queue[str]":
        """A queue of what this user is told from now on; its first event says that all before was missed."""
        queue: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self.pages[user_id].add(queue)
        if self.listening is None or self.listening.done():
            self.listening = asyncio.create_task(self._listen())
        elif self.hears:
            put(queue, STALE)
        return queue

    def leave(self, user_id: int, queue: "asyncio.Queue[str]") -> None:
        """The page is gone; the last one takes the connection with it."""
        self.pages[user_id].discard(queue)
        if not self.pages[user_id]:
            del self.pages[user_id]
        if not self.pages and self.listening is not None:
            self.listening.cancel()
            self.listening, self.hears = None, False

    def deliver(self, message: str) -> None:
        """Hand a message to the pages it is for."""
        told = json.loads(message)
        event = json.dumps({"topic": told["topic"], "data": told["data"]})
        for user_id in told["to"]:
            for queue in self.pages.get(user_id, ()):
                put(queue, event)

    async def _listen(self) -> None:
        while True:
            self.hears = False
            with suppress(psycopg.OperationalError):
                async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as listener:
                    await listener.execute(f"LISTEN {CHANNEL}")
                    self.hears = True
                    for queue in [queue for queues in self.pages.values() for queue in queues]:
                        put(queue, STALE)  # what was told before nobody heard
                    async for told in listener.notifies():
                        self.deliver(told.payload)
            await asyncio.sleep(PAUSE)


def put(queue: "asyncio.Queue[str]", event: str) -> None:
    """Queue an event; a full queue is emptied, and says that the page is stale."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = STALE
    queue.put_nowait(event)


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer /live: the events of whoever is signed in, as long as the page is open."""
    loop = asyncio.get_running_loop()
    user_id = await loop.run_in_executor(_sign_ins, user_of, _cookie(scope))
    if user_id is None or scope["method"] != "GET":
        status = 401 if user_id is None else 405
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    hub = _hubs.setdefault(loop, Hub())
    queue = hub.join(user_id)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        async for text in events(queue, gone):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        logger.debug("A live page went away")
    finally:
        gone.cancel()
        hub.leave(user_id, queue)


async def events(queue: "asyncio.Queue[str]", gone: "asyncio.Task[None]") -> AsyncIterator[str]:
    """What is sent, until the page is gone or its time is over."""
    end = asyncio.get_running_loop().time() + LONGEST
    yield "retry: 3000\n\n"
    while not gone.done() and asyncio.get_running_loop().time() < end:
        arriving = asyncio.create_task(queue.get())
        tasks: set[asyncio.Task[Any]] = {arriving, gone}
        await asyncio.wait(tasks, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
        if arriving.done():
            yield f"data: {arriving.result()}\n\n"
        else:
            arriving.cancel()
            yield ": \n\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _cookie(scope: Scope) -> str:
    text = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    try:
        found = SimpleCookie(text).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def user_of(session_key: str) -> int | None:
    """The user whose session this is, None where nobody is signed in."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    try:
        user = get_user(request)
        return user.pk if user.is_authenticated and user.is_active else None
    finally:
        connection.close()  # pages open seldom; no connection waits for the next one


def _address() -> dict[str, Any]:
    wanted = ("dbname", "user", "password", "host", "port")
    found = connection.get_connection_params()
    return {name: found[name] for name in wanted if found.get(name)}
