"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from kinflow.eventlog import readers
from kinflow.web import rates


@pytest.fixture(autouse=True)
def in_the_usual_language() -> Iterator[None]:
    """No test speaks the language that a reader of the one before it had chosen."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def without_requests_of_others() -> None:
    """No test is refused because those before it asked so often within the minute."""
    rates.forget()


@pytest.fixture(autouse=True)
def readers_end_their_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which reader comes first does not depend on how busy the machine is."""
    monkeypatch.setattr(readers, "TURN_SECONDS", float("inf"))
