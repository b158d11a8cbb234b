"""Who uses a server: locks on a file, which the system lets go when a process dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Claim:
    """A share in a server, held until `release` or the death of the process."""

    def __init__(self, home: Path) -> None:
        self.descriptor = os.open(home / "users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def is_the_last(self) -> bool:
        """Whether nobody else holds a share; the share is then exclusive."""
        with suppress(BlockingIOError):
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def release(self) -> None:
        """Give the share back."""
        os.close(self.descriptor)


@contextmanager
def turn(home: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of `home`."""
    descriptor = os.open(home / "turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
