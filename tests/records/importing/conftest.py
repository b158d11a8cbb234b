"""Files of imports go to a place of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    """Where the files lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
