"""The extra `spark`, which tests of mining on Spark need: installed where Java is on this machine."""

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from config.commands.place import ROOT, say

LOCK = ROOT / "requirements-spark.txt"
NOTE = Path(sys.prefix) / "installed-spark.sha256"
INSTALL = (
    "-m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes --requirement"
)


@dataclass(frozen=True)
class Installing:
    """An installation that goes on beside other work."""

    process: subprocess.Popen[str]
    begun_at: float


def begin_to_install() -> Installing | None:
    """Begin to install the extra; None where it is there already, or where there is no Java to run it."""
    if shutil.which("java") is None or (NOTE.exists() and NOTE.read_text() == hash_of_lock()):
        return None
    NOTE.unlink(missing_ok=True)
    command = [sys.executable, *INSTALL.split(), str(LOCK)]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return Installing(process, time.monotonic())


def finish(installing: Installing | None) -> None:
    """Wait for the installation, and say what came of it; where it failed, the tests that need it do not run."""
    say("== Spark")
    if installing is None:
        is_there = shutil.which("java") is not None
        say("   installed" if is_there else "   no Java here: its tests do not run")
        return
    said, _none = installing.process.communicate()
    if installing.process.returncode:
        say(f"{said}   could not be installed: its tests do not run")
        return
    NOTE.write_text(hash_of_lock())
    say(f"   installed beside the steps above ({time.monotonic() - installing.begun_at:.1f} s)")


def hash_of_lock() -> str:
    """What the lock says, as one number."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()
