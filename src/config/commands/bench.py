"""`./kinflow bench NAME`: a measurement of bench/, on a scratch database of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config import embedded
from config.commands import database
from config.commands.demo import stop_no_more, stop_on_signals
from config.commands.place import ROOT, say

FOLDER = ROOT / "bench"


def bench(arguments: list[str]) -> int:
    """Run the measurement named; its last line is one JSON object."""
    names = sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        say(f"usage: ./kinflow bench NAME …\n  {', '.join(names)}")
        return 2
    name, *rest = arguments
    stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="kinflow-bench-") as scratch:
        environment = os.environ | {
            "KINFLOW_DATA": scratch,
            "KINFLOW_SECRET_KEY": "measuring",
            "PYTHONPATH": str(ROOT / "src"),
        }
        if os.environ.get("DATABASE_URL"):
            return run(name, rest, environment)
        server = embedded.start(Path(scratch) / "postgres")
        try:
            database.create(server, database.NAME)
            return run(name, rest, environment | {"DATABASE_URL": embedded.url_of(server, database.NAME)})
        finally:
            stop_no_more()
            embedded.stop(server)


def run(name: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run a measurement from the project's root; it is killed when this process is told to stop."""
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
