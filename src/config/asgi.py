"""The ASGI application: live streams in the event loop, everything else as pages in threads."""

import os
from collections.abc import Awaitable, Callable
from importlib import import_module
from importlib.util import find_spec

from config.bridge import Bridge, Message, Receive, Scope, Send
from config.wsgi import application as pages

Stream = Callable[[Scope, Receive, Send], Awaitable[None]]

LIVE = "/live"
THREADS = int(os.environ.get("KINFLOW_THREADS", "4"))


def live_stream() -> Stream | None:
    """What answers under /live; None while the product has no live streams."""
    if find_spec("kinflow.web.live") is None:
        return None
    found: Stream = import_module("kinflow.web.live").stream  # once Django is set up, which the pages do
    return found


bridge = Bridge(pages, THREADS)
stream = live_stream()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or live through the server's life."""
    if scope["type"] == "lifespan":
        await live_through(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif stream is not None and (scope["path"] == LIVE or scope["path"].startswith(f"{LIVE}/")):
        await stream(scope, receive, send)
    else:
        await bridge(scope, receive, send)


async def live_through(receive: Receive, send: Send) -> None:
    """Say yes to start and end of the server."""
    message: Message = {}
    while message.get("type") != "lifespan.shutdown":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
