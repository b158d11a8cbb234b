"""A pytest plugin: one forgetful embedded PostgreSQL for the run, unless DATABASE_URL names a server."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]
running: list[tuple[Any, Path]] = []

if "DATABASE_URL" not in os.environ:
    from config import embedded

    folder = Path(tempfile.mkdtemp(prefix="kinflow-test-"))
    server = embedded.start(folder / "pg", **embedded.FORGETFUL)
    os.environ["DATABASE_URL"] = embedded.url_of(server)
    running.append((server, folder))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server this run started and remove its files."""
    for server, folder in running:
        embedded.stop(server)
        shutil.rmtree(folder, ignore_errors=True)
    running.clear()
