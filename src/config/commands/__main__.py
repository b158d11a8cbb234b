"""`python -m config.commands COMMAND …`: what `./kinflow COMMAND …` becomes."""

import os
import sys
from collections.abc import Callable

from config.building import BuildFailed, build
from config.commands import bench, check, demo, doctor, locks, process, single
from config.commands.place import ROOT, say
from config.embedded import CannotStart

Command = Callable[[list[str]], int]

# Each with what it is for; in this order they are shown.
COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (
        demo.demo,
        "the demo company, all of it in one go  [--port 8000] [--data DIR] [--fresh] [--pass-weeks N]",
    ),
    "serve": (single.serve, "the web server alone, set up by the environment (DATABASE_URL, KINFLOW_…)"),
    "work": (single.work, "the worker alone"),
    "import": (single.import_file, "FILE --as RECORD [--map FILE.json] [--dry-run]"),
    "process": (process.process, "import FILE --name NAME, or show NAME [--json]"),
    "token": (single.token, "LOGIN: a token for the API"),
    "test": (check.test, "everything that is checked before a change is taken; with arguments, pytest alone"),
    "bench": (bench.bench, "NAME: one of the measurements in bench/"),
    "doctor": (doctor.doctor, "what is missing on this machine, and what to do about it"),
    "manage": (single.manage, "any management command"),
    "lock": (locks.lock, "write the hash locks anew from the .in files  [--upgrade]"),
}
NEED_NO_BUILD = {"help", "doctor", "lock"}


def main(arguments: list[str]) -> int:
    """Run the command, and say how it ended."""
    name, *rest = arguments
    if name not in COMMANDS:
        return usage(name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".build" / "numba"))
    try:
        if name not in NEED_NO_BUILD:
            for step in build(ROOT):
                say(step)
        return COMMANDS[name][0](rest)
    except (BuildFailed, CannotStart) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def usage(name: str) -> int:
    """Show the commands; asking for something else than help counts as an error."""
    if name not in {"help", "-h", "--help"}:
        say(f"There is no command {name!r}.")
    say("usage: ./kinflow COMMAND …\n")
    for command, (_run, meaning) in COMMANDS.items():
        say(f"  {command:8}{meaning}")
    return 0 if name in {"help", "-h", "--help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["help"]))
