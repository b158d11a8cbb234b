"""Finding a Chromium for the tests in a browser, or getting one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.commands.place import say

SETTING = "KINFLOW_CHROMIUM"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
INSIDE = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_SECONDS = 600


class NoBrowser(Exception):
    """There is no Chromium, and none could be had."""


def chromium() -> str:
    """The path of a Chromium that runs; installs one where there is none. Raises NoBrowser."""
    if found := found_chromium():
        return found
    for command in ways_to_install():
        say(f"Getting a Chromium: {' '.join(command)}")
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=INSTALL_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if found := found_chromium():
            return found
    raise NoBrowser(f"There is no Chromium. Install one, or name one in {SETTING}.")


def found_chromium() -> str | None:
    """The first Chromium of this machine that runs."""
    return next((path for path in candidates() if runs(path)), None)


def candidates() -> Iterator[str]:
    """Where a Chromium may be: as told, Playwright's newest, the system's."""
    if named := os.environ.get(SETTING):
        yield named
        return
    places = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "", *PLACES]
    for place in filter(None, places):
        for pattern in INSIDE:
            yield from sorted(map(str, Path(place).expanduser().glob(pattern)), reverse=True)
    yield from filter(None, map(shutil.which, PROGRAMS))


def runs(path: str) -> bool:
    """Whether the program at `path` says its version."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ways_to_install() -> Iterator[list[str]]:
    """Commands that may bring a Chromium to this machine, in the order to try them."""
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        yield ["apt-get", "update"]
        yield ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
