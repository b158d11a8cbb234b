"""A log kept on disk: Parquet files of sorted codes, and one small JSON file that says which of them are the log.

    kept.json                  version, numbers of events and cases, and each file's size and checksum
    events-<stamp>-0000.parquet …   at most so many events each, cases never split: activity, at, begun_at, resource, unit
    cases-<stamp>.parquet      length, case_id, attributes (codes) and amounts
    values-<stamp>.parquet     the values behind codes: column, value

Keeping writes new files beside the old ones, then puts the new kept.json in the place of the old in one step, then
removes what no log needs any more: whoever reads finds the old log or the new one, whole. Parts can be read one by one
(by other machines too), as cases are never split.
"""

import fcntl
import json
import os
import secrets
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from .events import EventColumns, Kept
from .packing import case_table, event_columns, parts_of, unpacked, value_table

VERSION = 1
INDEX = "kept.json"
LOCK = "keeping.lock"
ATTEMPTS = 3
KEYS = {"events", "cases", "parts", "case_file", "value_file", "about"}


class NothingKept(LookupError):
    """No log is kept in this folder."""


class OutdatedColumns(ValueError):
    """The log was kept by another version of the program; read it anew from where it came."""


class DamagedColumns(ValueError):
    """What is kept is not what was written; read it anew from where it came."""


def keep(columns: EventColumns, folder: Path, *, about: dict[str, Any] | None = None) -> None:
    """Keep a log in a folder, instead of the one that is there. `about` is kept with it (JSON), see `about_kept`.

    Waits for whoever is keeping one there. Beside the log itself, memory for a million events is taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when the file is closed
        stamp = secrets.token_hex(8)
        told = _write_all(columns, folder, stamp) | {"about": about or {}}
        _replace(folder / INDEX, json.dumps(told, ensure_ascii=False).encode())
        for file in folder.glob("*.parquet"):
            if stamp not in file.name:
                file.unlink()


def kept(folder: Path) -> EventColumns:
    """Read the log kept in a folder.

    Raises NothingKept, OutdatedColumns, or DamagedColumns that names the file.
    """
    for attempt in range(ATTEMPTS):
        told = index_of(folder)
        try:
            columns = read_kept(folder, told)
            object.__setattr__(columns, "kept", Kept(folder, stamp_of(told)))
            return columns
        except FileNotFoundError as error:  # a new log was kept meanwhile, or a file is gone
            if attempt == ATTEMPTS - 1:
                raise DamagedColumns(f"a file of {folder} is missing: {error}") from None
    raise AssertionError


def about_kept(folder: Path) -> dict[str, Any]:
    """What was said about the log when it was kept, and its numbers of `events` and `cases`, without reading it."""
    told = index_of(folder)
    return {**told["about"], "events": told["events"], "cases": told["cases"]}


def _write_all(columns: EventColumns, folder: Path, stamp: str) -> dict[str, Any]:
    """Write all tables; say what the small file says of them."""
    events = event_columns(columns)
    parts = [
        _write(
            folder / f"events-{stamp}-{k:04}.parquet", pl.DataFrame({c: v[part] for c, v in events.items()})
        )
        for k, part in enumerate(parts_of(columns.offsets))
    ]
    return {
        "version": VERSION,
        "events": columns.events,
        "cases": columns.cases,
        "parts": parts,
        "case_file": _write(folder / f"cases-{stamp}.parquet", case_table(columns)),
        "value_file": _write(folder / f"values-{stamp}.parquet", value_table(columns)),
    }


def _write(file: Path, table: pl.DataFrame) -> dict[str, Any]:
    """Write a table to a new file, down to the disk; say its name, size and checksum."""
    table.write_parquet(file, compression="lz4", statistics=False)
    with file.open("rb") as written:
        os.fsync(written.fileno())
    return {"file": file.name, "bytes": file.stat().st_size, "crc32": _checksum(file)}


def _checksum(file: Path) -> int:
    """CRC-32 of a file."""
    found = 0
    with file.open("rb") as source:
        while piece := source.read(1 << 20):
            found = zlib.crc32(piece, found)
    return found


def _replace(file: Path, text: bytes) -> None:
    """Put a text in the place of a file in one step."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    with fresh.open("wb") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(file)


def stamp_of(told: Mapping[str, Any]) -> str:
    """What tells the log of this small file from all others."""
    return str(told["value_file"]["file"])


def index_of(folder: Path) -> dict[str, Any]:
    """What the small file says. Raises NothingKept, OutdatedColumns, DamagedColumns."""
    try:
        told = json.loads((folder / INDEX).read_bytes())
        version = told["version"]
    except FileNotFoundError:
        raise NothingKept(f"no log is kept in {folder}") from None
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedColumns(f"{folder / INDEX} is damaged") from error
    if version != VERSION:
        raise OutdatedColumns(f"{folder} was kept as version {version}, not {VERSION}")
    if not told.keys() >= KEYS:
        raise DamagedColumns(f"{folder / INDEX} is damaged")
    return dict(told)


def proven(folder: Path, part: Mapping[str, Any]) -> Path:
    """The file that the small file speaks of, if it is as it was written. Raises DamagedColumns, FileNotFoundError."""
    file = folder / str(part["file"])
    if file.stat().st_size != part["bytes"] or _checksum(file) != part["crc32"]:
        raise DamagedColumns(f"{file} is damaged")
    return file


def read_kept(folder: Path, told: dict[str, Any]) -> EventColumns:
    """The log that the small file describes."""
    for part in [*told["parts"], told["case_file"], told["value_file"]]:
        proven(folder, part)
    try:
        return unpacked(
            [folder / part["file"] for part in told["parts"]],
            folder / told["case_file"]["file"],
            folder / told["value_file"]["file"],
        )
    except (pl.exceptions.PolarsError, KeyError, ValueError) as error:
        raise DamagedColumns(f"what is kept in {folder} does not fit together") from error
