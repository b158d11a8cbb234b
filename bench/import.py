# ruff: noqa: N999 (called as the command it measures)
"""How fast a file of leads comes in, against raw COPY of the same rows, and how much memory it takes.

The import runs as `./kinflow import` does, in a process of its own: reading, guessing the mapping, checking each value,
matching contacts and accounts, writing rows and events. COPY then sends the very same rows, dumped beforehand, into
empty copies of the same tables with the same indexes; it reads no file, checks and matches nothing.
"""

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bench._company import COMPANIES, FAMILY, GIVEN, NEEDS, PLACES, WORDS, prepare

LIMITS = {"of_copy": 0.25, "peak_megabytes": 600}
TABLES = (
    "customers_account",
    "customers_contact",
    "customers_contactpoint",
    "sales_lead",
    "eventlog_entry",
    "eventlog_mention",
)
LOOK_SECONDS = 0.2


def main() -> None:
    """Measure, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory(prefix="kinflow-bench-import-") as folder:
        file = Path(folder) / "leads.csv"
        write_file(file, options.rows)
        print(f"{options.rows:,} rows, {file.stat().st_size / 1e6:.0f} MB", flush=True)
        seconds, peak = bring_in(file)
    told: dict[str, Any] = {"bench": "import", "rows": options.rows, "seconds": round(seconds, 1)}
    told |= {"rows_per_second": round(options.rows / seconds), "peak_megabytes": round(peak)}
    told["written"] = {table: count(table) for table in TABLES}
    copied = copy_again()
    told |= {"copy_seconds": round(copied, 1), "of_copy": round(copied / seconds, 3), "limits": LIMITS}
    told["broken"] = [
        name
        for name, is_broken in (
            ("of_copy", told["of_copy"] < LIMITS["of_copy"]),
            ("peak_megabytes", peak > LIMITS["peak_megabytes"]),
        )
        if is_broken
    ]
    print(json.dumps(told))


def write_file(file: Path, rows: int) -> None:
    """A file of leads as a web form's export looks: every third lead is of a company seen before."""
    chance = random.Random(2024)
    pick = chance.choice
    companies = [
        f"{pick(PLACES)}{pick(GIVEN)}{pick(GIVEN)}{pick(GIVEN)}{pick(COMPANIES)}有限公司"
        for _ in range(rows // 3 + 1)
    ]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["姓名", "公司", "手机", "邮箱", "城市", "需求", "来源"])
        for number in range(rows):
            name = pick(FAMILY) + pick(GIVEN) + pick(GIVEN)
            phone, mail = f"138{number:08d}", f"lead{number}@example.com"
            need = f"{pick(NEEDS)}{pick(WORDS)}"
            writer.writerow([name, pick(companies), phone, mail, pick(PLACES), need, "网站"])


def bring_in(file: Path) -> tuple[float, float]:
    """Import the file in a process of its own; seconds, and its greatest memory in MB."""
    command = [sys.executable, "-m", "django", "import_file", str(file), "--as", "lead"]
    begun = time.monotonic()
    with subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}) as running:
        process, peak = psutil.Process(running.pid), 0.0
        while running.poll() is None:
            try:
                peak = max(peak, process.memory_info().rss / 1e6)
            except psutil.Error:
                break
            time.sleep(LOOK_SECONDS)
        if running.wait():
            raise SystemExit("the import failed")
    return time.monotonic() - begun, peak


def count(table: str) -> int:
    """How many rows a table has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])


def copy_again() -> float:
    """Seconds for COPY of the same rows into empty tables of the same shape."""
    from django.db import connection

    seconds = 0.0
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
            with tempfile.TemporaryFile() as kept:
                with cursor.copy(f"COPY {table} TO STDOUT") as source:
                    for part in source:
                        kept.write(part)
                kept.seek(0)
                begun = time.monotonic()
                with cursor.copy("COPY bench_copy FROM STDIN") as target:
                    while block := kept.read(io.DEFAULT_BUFFER_SIZE * 16):
                        target.write(block)
                seconds += time.monotonic() - begun
            cursor.execute("DROP TABLE bench_copy")
    return seconds


if __name__ == "__main__":
    main()
