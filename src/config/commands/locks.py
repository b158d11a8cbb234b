"""`./kinflow lock`: the hash locks of Python and npm packages, written anew from what we ask for."""

import subprocess
import sys
from pathlib import Path

from config.building import node_folder, run_node
from config.commands.place import ROOT, say

OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--quiet",
]


def lock(arguments: list[str]) -> int:
    """Write all locks; versions stay as they are where they may, unless `--upgrade` is asked for."""
    uv = Path(sys.executable).parent / "uv"
    beside_it = ("--constraint=requirements.txt",)
    for asked, more in (
        ("requirements", ()),
        ("requirements-dev", beside_it),
        ("requirements-spark", beside_it),
        ("requirements-prosimos", ()),
    ):
        files = [f"{asked}.in", f"--output-file={asked}.txt"]
        command = [uv, "pip", "compile", *OPTIONS, *more, *arguments, *files]
        if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return code
    npm = node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run_node(ROOT, str(npm), "update" if "--upgrade" in arguments else "install", "--package-lock-only")
    say("Locked: requirements.txt and those for development, Spark and Prosimos, package-lock.json")
    return 0
