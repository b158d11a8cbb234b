"""The warden: a small process that leaves a server in its user's place when the user was killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

DISMISSED = b"."


class Warden:
    """A warden on duty; it notices that its user is gone when the pipe between them breaks."""

    def __init__(self, home: Path, throw_away: bool) -> None:
        """Set a warden over the share in the server of `home`."""
        self.throw_away = throw_away
        arguments = [sys.executable, str(os.getpid()), str(home), "throw away" if throw_away else ""]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def dismiss(self) -> None:
        """Send the warden away: the server was left in order."""
        self.process.communicate(DISMISSED)


def watch(python: str, user: str, home: str, throw_away: str) -> None:
    """Wait for the end of the user; if it came unannounced, leave in its place.

    The pipe may break a little before the user is dead and its claim with it.
    """
    if os.read(0, 1) == DISMISSED:
        return
    while os.getppid() == int(user):
        time.sleep(0.05)
    sources = str(Path(__file__).resolve().parents[2])
    code = (
        "from pathlib import Path; from config.embedded.claims import Claim; "
        "from config.embedded.server import leave; "
        f"leave(Path({home!r}), Claim(Path({home!r})), {bool(throw_away)})"
    )
    os.execve(python, [python, "-c", code], os.environ | {"PYTHONPATH": sources})


if __name__ == "__main__":
    watch(*sys.argv[1:5])
