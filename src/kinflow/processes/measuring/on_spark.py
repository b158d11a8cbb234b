"""The same measures on Spark: a task for each part of the kept log, whose figures are brought together by their keys.

Every machine must see the folder of the log and have this program installed with the extra `spark`.
"""

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

import kinflow
from kinflow.processes.columns import EventColumns
from kinflow.processes.columns.keeping import NothingKept, keep
from kinflow.processes.columns.parts import Part, parts_kept, read_part

from .clock import Clock
from .overview import Names, told
from .partials import Row, measured_of, merged_row, partial_rows

LOCAL = "local"
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Settings of a Spark that is on this machine only: nobody else can reach it."""


def session(master: str) -> SparkSession:
    """The one session of this process, begun where there is none. `master` as Spark names it, such as `local[2]`."""
    builder = SparkSession.builder.appName("Kinflow").master(master)
    builder = builder.config("spark.executorEnv.PYTHONPATH", str(Path(kinflow.__path__[0]).parent))
    if master.startswith(LOCAL):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for name, value in ALONE.items():
            builder = builder.config(name, value)
    return builder.getOrCreate()


def overview_on_spark(
    columns: EventColumns,
    spark: SparkSession,
    scratch: Path,
    *,
    clock: Clock | None = None,
    most_variants: int | None = None,
    handover_times: bool = True,
) -> dict[str, Any]:
    """What `overview` says, to the last digit.

    Read is what is kept of these columns; those that lie nowhere are kept in the folder `scratch` meanwhile.
    """
    found = _parts_there(columns)
    if found is not None:
        return _measured(columns, found, spark, clock, most_variants, handover_times)
    folder = scratch / secrets.token_hex(8)
    try:
        keep(columns, folder)
        parts, _stamp = parts_kept(folder)
        return _measured(columns, parts, spark, clock, most_variants, handover_times)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _parts_there(columns: EventColumns) -> list[Part] | None:
    """The parts on disk of exactly these columns; None where they do not lie there, or no longer."""
    if columns.kept is None:
        return None
    try:
        parts, stamp = parts_kept(columns.kept.folder)
    except (NothingKept, FileNotFoundError):
        return None
    return parts if stamp == columns.kept.stamp else None


def _measured(
    columns: EventColumns,
    parts: list[Part],
    spark: SparkSession,
    clock: Clock | None,
    most_variants: int | None,
    handover_times: bool,
) -> dict[str, Any]:
    names = Names(columns.activities, columns.resources, columns.units)
    sizes = (len(names.activities), len(names.resources), len(names.units))
    measure = partial(_rows_of, sizes=sizes, clock=clock, handover_times=handover_times)
    task = spark.sparkContext.parallelize(parts, len(parts)).flatMap(measure)
    rows: list[Row] = task.groupByKey().map(_merged).collect()
    return told(measured_of(rows, names, columns.cases, most_variants), names, handover_times)


def _rows_of(
    part: Part, sizes: tuple[int, int, int], clock: Clock | None, handover_times: bool
) -> Iterator[Row]:
    return partial_rows(read_part(part, sizes), part.first_case, clock, handover_times)


def _merged(row: Any) -> Row:
    return merged_row(*row)
