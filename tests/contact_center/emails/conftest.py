"""What tests of e-mails share: a file store of their own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def file_store(tmp_path: Path, settings) -> Path:
    """An empty folder in which mails and attachments are kept."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
