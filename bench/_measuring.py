"""Seconds and memory of this process."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What came of it, and how many seconds it took."""
    begun = time.perf_counter()
    found = work()
    return found, time.perf_counter() - begun


def most_resident() -> int:
    """The most memory (MB) that this process ever had resident."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 // 1_000_000
    raise RuntimeError("the system does not say how much memory was resident")
