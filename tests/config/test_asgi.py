"""Live streams stay in the event loop, everything else becomes a page."""

import asyncio
from typing import Any

import pytest

from config import asgi
from config.bridge import Message, Receive, Scope, Send


def answer_to(scope: dict[str, Any], *incoming: Message) -> list[Message]:
    messages = iter(incoming)
    sent: list[Message] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(asgi.application(scope, receive, send))
    return sent


def who(name: str) -> Any:
    async def application(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": name})

    return application


@pytest.mark.parametrize(
    ("path", "answers"),
    [("/live", "stream"), ("/live/notifications", "stream"), ("/lively", "page"), ("/", "page")],
)
def test_each_path_is_answered_by_the_right_side(
    monkeypatch: pytest.MonkeyPatch, path: str, answers: str
) -> None:
    monkeypatch.setattr(asgi, "stream", who("stream"))
    monkeypatch.setattr(asgi, "bridge", who("page"))
    assert answer_to({"type": "http", "path": path}) == [{"type": answers}]


def test_the_server_is_told_that_start_and_end_went_well() -> None:
    sent = answer_to({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [each["type"] for each in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_web_socket_is_turned_away() -> None:
    assert answer_to({"type": "websocket", "path": "/live"}) == [{"type": "websocket.close", "code": 1000}]
