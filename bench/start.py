"""How long the demo takes to start, cold and warm, and how much memory it needs when idle.

Cold is a new data folder: the database is made and the demo company is founded. Warm is a second start with
what is there. Downloads and installation are not part of it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

READY = b"Kinflow is at"
REST_SECONDS = 15  # until the demo counts as idle
LIMITS = {"cold_seconds": 180, "warm_seconds": 10, "idle_megabytes": 700}


def main() -> None:
    """Measure, print, and fail when a limit is broken."""
    with tempfile.TemporaryDirectory(prefix="kinflow-start-") as folder:
        cold, _memory, _parts = start_once(Path(folder))
        warm, memory, parts = start_once(Path(folder))
    figures = {"cold_seconds": cold, "warm_seconds": warm, "idle_megabytes": memory}
    broken = [name for name, limit in LIMITS.items() if figures[name] > limit]
    print(json.dumps({"bench": "start", **figures, "megabytes": parts, "limits": LIMITS, "broken": broken}))
    sys.exit(1 if broken else 0)


def start_once(folder: Path) -> tuple[float, float, dict[str, float]]:
    """Seconds until the demo answers, and its idle memory in MB, in all and by part."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = ["./kinflow", "demo", "--port", str(free_port()), "--data", str(folder)]
    begun_at = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as demo:
        assert demo.stdout
        for line in demo.stdout:
            print(line.decode().rstrip())
            if READY in line:
                break
        seconds = time.monotonic() - begun_at
        time.sleep(REST_SECONDS)
        parts = memory_of(demo.pid, folder)
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
    return round(seconds, 1), round(sum(parts.values()), 1), parts


def memory_of(pid: int, folder: Path) -> dict[str, float]:
    """Memory in MB of the demo's processes, shared pages divided among those who share them."""
    demo = psutil.Process(pid)
    parts = {"launcher": [demo], "web": [], "worker": [], "database": []}
    for process in demo.children(recursive=True):
        line = " ".join(process.cmdline())
        part = "web" if "child web" in line else "worker" if "manage work" in line else "launcher"
        parts[part].append(process)
    postmaster = psutil.Process(int((folder / "postgres/cluster/postmaster.pid").read_text().split("\n")[0]))
    parts["database"] = [postmaster, *postmaster.children(recursive=True)]
    return {
        name: round(sum(process.memory_full_info().pss for process in processes) / 1e6, 1)
        for name, processes in parts.items()
    }


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
