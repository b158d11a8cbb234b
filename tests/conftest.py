"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_the_usual_language() -> Iterator[None]:
    """No test speaks the language that a reader of the one before it had chosen."""
    yield
    translation.deactivate()
