"""A pytest plugin: real data that may not be committed, and the tests that cannot run without them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("KINFLOW_REAL_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
REASON = "real data are not on this machine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and so count, the tests marked `real_data` where the folder is missing."""
    if not FOLDER.is_dir():
        for item in items:
            if item.get_closest_marker("real_data"):
                item.add_marker(pytest.mark.skip(reason=REASON))


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """Finds a file of the real data by its path, such as `mail/talon/1.eml`."""

    def find(path: str) -> Path:
        return FOLDER / path

    return find
