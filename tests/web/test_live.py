"""Live updates reach those they are for, and nobody else."""

import asyncio
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.web import live

pytestmark = pytest.mark.django_db(transaction=True)


class Page:
    """An open page: it keeps what it was sent, and goes away when told."""

    def __init__(self, cookie: str = "") -> None:
        self.scope = {"method": "GET", "headers": [(b"cookie", cookie.encode())] if cookie else []}
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        await self.sent.put(message)

    async def told(self) -> dict[str, Any]:
        """The next event."""
        while True:
            body = (await asyncio.wait_for(self.sent.get(), 20)).get("body", b"").decode()
            if body.startswith("data: "):
                return json.loads(body.removeprefix("data: "))


def cookie_of(login: str) -> tuple[str, int]:
    user = create_user(login=login, password="pumps-and-valves-7", is_superuser=True, by=SYSTEM)
    client = Client()
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}", user.pk


def test_a_message_reaches_the_page_of_its_user_only():
    (cookie, user_id), (other_cookie, other_id) = cookie_of("zhou"), cookie_of("li")

    async def open_pages() -> tuple[dict[str, Any], dict[str, Any]]:
        page, other = Page(cookie), Page(other_cookie)
        streams = [asyncio.create_task(live.stream(p.scope, p.receive, p.send)) for p in (page, other)]
        assert (await page.told())["topic"] == "stale", "the listener is there"
        assert (await other.told())["topic"] == "stale"
        await asyncio.to_thread(_tell, [user_id], "notices", {"unread": 3})
        await asyncio.to_thread(_tell, [other_id], "other", {})
        found = (await page.told(), await other.told())
        page.left.set()
        other.left.set()
        await asyncio.gather(*streams)
        return found

    mine, others = asyncio.run(open_pages())
    assert mine == {"topic": "notices", "data": {"unread": 3}}
    assert others == {"topic": "other", "data": {}}


def _tell(*args: Any) -> None:
    live.tell(*args)
    connection.close()


def test_whoever_is_not_signed_in_hears_nothing():
    async def open_page() -> int:
        page = Page("kinflow_session=made-up")
        await live.stream(page.scope, page.receive, page.send)
        return int((await page.sent.get())["status"])

    assert asyncio.run(open_page()) == 401


def test_nobody_hears_of_what_is_rolled_back():
    cookie, user_id = cookie_of("zhou")

    def change_your_mind() -> None:
        with transaction.atomic():
            live.tell([user_id], "wrong")
            transaction.set_rollback(True)
        _tell([user_id], "right")

    async def open_page() -> dict[str, Any]:
        page = Page(cookie)
        running = asyncio.create_task(live.stream(page.scope, page.receive, page.send))
        await page.told()
        await asyncio.to_thread(change_your_mind)
        found = await page.told()
        page.left.set()
        await running
        return found

    assert asyncio.run(open_page())["topic"] == "right"


def test_a_page_that_cannot_follow_is_told_to_look_anew():
    queue: asyncio.Queue[str] = asyncio.Queue(2)
    for event in ("1", "2", "3"):
        live.put(queue, event)
    assert queue.get_nowait() == live.STALE
    assert queue.empty()


def test_a_message_larger_than_the_database_carries_is_refused():
    with pytest.raises(ValueError, match="too large"):
        live.tell([1], "notices", {"text": "x" * 9000})
