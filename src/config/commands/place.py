"""Where things are: the project's root, the data folder, and the secret kept in it."""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def say(text: str) -> None:
    """Tell the user."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def data_folder() -> Path:
    """The data folder that the environment names, `.data` without one."""
    return Path(os.environ.get("KINFLOW_DATA") or ROOT / ".data").absolute()


def secret_of(folder: Path) -> str:
    """The secret that signs sessions, made once and kept in the data folder."""
    file = folder / "secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(48))
    return file.read_text()
