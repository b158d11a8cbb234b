"""Worlds that many tests look at; each is told once."""

from datetime import UTC, datetime

import pytest

from kinflow.demo.troubles import Troubles
from kinflow.demo.world import build

from .measures import Log

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def log() -> Log:
    """Ten months of the company as it is."""
    return Log(build(11, NOW, days=300))


@pytest.fixture(scope="session")
def healthy() -> Log:
    """The same ten months without any of the troubles."""
    return Log(build(11, NOW, days=300, troubles=Troubles.none()))
