"""Each test starts with nobody having tried anything."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_tried_yet() -> None:
    cache.clear()
