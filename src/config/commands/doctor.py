"""`./kinflow doctor`: what is missing on this machine, and what to do about it."""

import os
import platform
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from config.building import assets_are_built
from config.commands.browser import SETTING, found_chromium
from config.commands.database import database, has_server
from config.commands.place import ROOT, data_folder, say
from config.embedded import CannotStart

ROOM_NEEDED = 2 * 2**30  # bytes
OLDEST_POSTGRESQL = 160000
PORT = 8000


@dataclass(frozen=True)
class Finding:
    """What one look found; `remedy` says what to do when all is not well."""

    is_well: bool
    found: str
    remedy: str = ""
    is_essential: bool = True


def doctor(_arguments: list[str]) -> int:
    """Look at everything; fails when something essential is missing."""
    looks: dict[str, Callable[[], Finding]] = {
        "Python": look_at_python,
        "Browser assets": look_at_assets,
        "Disk": look_at_disk,
        "Database": look_at_database,
        "Chromium": look_for_chromium,
        "Port": look_at_port,
    }
    findings = {name: look() for name, look in looks.items()}
    for name, finding in findings.items():
        mark = "ok     " if finding.is_well else "MISSING" if finding.is_essential else "note   "
        say(f"{mark}  {name}: {finding.found}{'' if finding.is_well else f'. {finding.remedy}'}")
    return int(any(not each.is_well and each.is_essential for each in findings.values()))


def look_at_python() -> Finding:
    """Which Python, on what."""
    return Finding(True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def look_at_assets() -> Finding:
    """Whether styles and scripts are as their sources say."""
    is_well = assets_are_built(ROOT)
    found = "built" if is_well else "out of date"
    return Finding(is_well, found, "Every start builds them.", is_essential=False)


def look_at_disk() -> Finding:
    """Whether the data have room to grow."""
    folder = data_folder()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    found = f"{free / 2**30:.1f} GB free in {folder}"
    return Finding(free > ROOM_NEEDED, found, "Make room for at least 2 GB.")


def look_at_database() -> Finding:
    """Whether the database answers, is new enough, and has today's tables."""
    where = "DATABASE_URL" if os.environ.get("DATABASE_URL") else f"embedded in {data_folder()}"
    if not os.environ.get("DATABASE_URL") and not has_server(data_folder()):
        return Finding(False, f"{where}: none yet", "The first start makes it.", is_essential=False)
    try:
        with database(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            version = connection.info.server_version
            tables = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    except (CannotStart, psycopg.Error) as error:
        return Finding(False, f"{where}: {error}", "Check DATABASE_URL, or unset it to use the embedded one.")
    found = f"PostgreSQL {version // 10000}.{version % 10000}, {where}"
    if version < OLDEST_POSTGRESQL:
        return Finding(False, found, "Kinflow needs PostgreSQL 16 or newer.")
    has_tables = tables is not None and tables[0] is not None
    return Finding(has_tables, found, "It is empty: ./kinflow manage migrate, or demo.", is_essential=False)


def look_for_chromium() -> Finding:
    """Whether tests can drive a browser."""
    found = found_chromium()
    remedy = f"Only tests need one: ./kinflow test gets one, or name one in {SETTING}."
    return Finding(found is not None, found or "none found", remedy, is_essential=False)


def look_at_port() -> Finding:
    """Whether the demo's usual port is free."""
    with socket.socket() as probe:
        is_free = probe.connect_ex(("127.0.0.1", PORT)) != 0
    return Finding(
        is_free, f"{PORT} is {'free' if is_free else 'taken'}", f"Try --port {PORT + 1}.", is_essential=False
    )
