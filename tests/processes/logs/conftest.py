"""Files of imported logs go to a place of the test's own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Where the files lie."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
