"""Who mines the made-up log: each reads it, and then finds the same figures in it, in a process of its own.

Figures: arrows with count, mean and median seconds; start and end; variants with their cases; the sum of all cases'
durations; hand-overs between different people. p90 and hand-overs between units come on top with ours alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

CASE, STEP, TIME, WHO = "case:concept:name", "concept:name", "time:timestamp", "org:resource"
NEIGHBOURS = """
CREATE OR REPLACE TEMP TABLE neighbours AS SELECT * FROM (
    SELECT activity, resource, lead(activity) OVER w AS next, lead(resource) OVER w AS receiver,
        epoch_us(lead(moment) OVER w) - epoch_us(moment) AS span
    FROM events WINDOW w AS (PARTITION BY case_id ORDER BY moment, position)
) WHERE next IS NOT NULL
"""
ARROWS = """
SELECT activity, next, count(*), avg(span) / 1e6, median(span) / 1e6, quantile_cont(span, 0.9) / 1e6
FROM neighbours GROUP BY ALL
"""
HANDOVERS = "SELECT resource, receiver, count(*) FROM neighbours WHERE resource <> receiver GROUP BY ALL"
VARIANTS = """
SELECT steps, count(*) FROM (
    SELECT list(activity ORDER BY moment, position) AS steps FROM events GROUP BY case_id
) GROUP BY steps
"""
DURATIONS = "SELECT epoch_us(max(moment)) - epoch_us(min(moment)) FROM events GROUP BY case_id"


@dataclass(frozen=True)
class Miner:
    """How somebody reads the log, and finds the figures in what was read."""

    read: Callable[[Path], Any]
    mine: Callable[[Any], Any]
    figures: Callable[[Any], dict[str, Any]]


def read_ours(folder: Path) -> Any:
    """The columns as they are kept."""
    from kinflow.processes.columns.keeping import kept

    return kept(folder / "kept")


def mine_ours(columns: Any) -> Any:
    """Everything that the screens show but the times of hand-overs, which the others do not take either."""
    from kinflow.processes.measuring import overview

    return overview(columns, handover_times=False)


def figures_of_ours(found: Any) -> dict[str, Any]:
    """The figures for comparison."""
    return figures(
        {
            (a["from"], a["to"]): (a["count"], a["mean_seconds"], a["median_seconds"])
            for a in found["directly_follows"]
        },
        found["start"],
        found["end"],
        [variant["cases"] for variant in found["variants"]],
        found["case_seconds"]["mean"] * found["cases"],
        {(a["from"], a["to"]): a["count"] for a in found["handovers"]},
    )


def read_frame(folder: Path) -> Any:
    """The log as the pandas frame that PM4Py asks for; texts are shared, which spares it memory."""
    import pandas as pd
    import polars as pl

    table = pl.read_parquet(folder / "log.parquet", columns=["case_id", "activity", "resource", "moment"])
    columns = {}
    for name, column in ((CASE, "case_id"), (STEP, "activity"), (WHO, "resource")):
        texts = table[column].unique()
        codes = table[column].cast(pl.Enum(texts)).to_physical().to_numpy()
        columns[name] = np.array(texts.to_list(), object)[codes]
    return pd.DataFrame({**columns, TIME: pd.to_datetime(table["moment"].to_numpy(), utc=True)})


def read_lazy(folder: Path) -> Any:
    """The log as the lazy Polars frame that PM4Py takes, too, in memory."""
    import polars as pl

    names = {"case_id": CASE, "activity": STEP, "resource": WHO, "moment": TIME}
    return pl.read_parquet(folder / "log.parquet", columns=list(names)).rename(names).lazy()


def mine_pm4py(log: Any) -> Any:
    """The same by PM4Py's simplified interface."""
    import pm4py

    return *mine_pm4py_alone(log), pm4py.discover_handover_of_work_network(log).connections


def mine_pm4py_alone(log: Any) -> Any:
    """The same without hand-overs, which it does not find in lazy frames."""
    import pm4py

    arrows, start, end = pm4py.discover_dfg(log)
    times = pm4py.discover_performance_dfg(log)[0]
    variants = pm4py.get_variants(log)
    durations = pm4py.get_all_case_durations(log)
    return arrows, start, end, times, variants, durations


def figures_of_pm4py(found: Any) -> dict[str, Any]:
    """The figures for comparison; its hand-overs are shares of all neighbours."""
    arrows, start, end, times, variants, durations, *network = found
    neighbours = sum(arrows.values())
    handed = None
    if network:
        shares = {pair: share for pair, share in network[0].items() if pair[0] != pair[1] and share}
        handed = {pair: round(share * neighbours) for pair, share in shares.items()}
    return figures(
        {pair: (count, times[pair]["mean"], times[pair]["median"]) for pair, count in arrows.items()},
        start,
        end,
        list(variants.values()),
        sum(durations),
        handed,
    )


def read_duckdb(folder: Path) -> Any:
    """A connection over the Parquet file; reading is part of every question."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW events AS FROM read_parquet('{folder / 'log.parquet'}')")
    return connection


def read_duckdb_table(folder: Path) -> Any:
    """A connection with the log in a table of its own, texts as ENUMs."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW file AS FROM read_parquet('{folder / 'log.parquet'}')")
    for name in ("case_id", "activity", "resource"):
        connection.execute(f"CREATE TYPE {name}s AS ENUM (SELECT DISTINCT {name} FROM file ORDER BY 1)")
    connection.execute(
        "CREATE TABLE events AS SELECT position, case_id::case_ids AS case_id, activity::activitys AS activity,"
        " resource::resources AS resource, moment FROM file"
    )
    return connection


def mine_duckdb(connection: Any) -> Any:
    """The same in SQL; the neighbours are found once, for arrows and hand-overs."""
    connection.execute(NEIGHBOURS)
    questions = (ARROWS, HANDOVERS, VARIANTS, DURATIONS)
    answers = [connection.execute(question).fetchall() for question in questions]
    connection.execute("DROP TABLE neighbours")
    return answers


def figures_of_duckdb(found: Any) -> dict[str, Any]:
    """The figures for comparison; start and end are those of the variants."""
    arrows, handed, variants, durations = found
    start: dict[str, int] = {}
    end: dict[str, int] = {}
    for steps, count in variants:
        start[steps[0]] = start.get(steps[0], 0) + count
        end[steps[-1]] = end.get(steps[-1], 0) + count
    return figures(
        {(one, other): (count, mean, middle) for one, other, count, mean, middle, _p90 in arrows},
        start,
        end,
        [count for _steps, count in variants],
        sum(span for (span,) in durations) / 1e6,
        {(one, other): count for one, other, count in handed},
    )


def scan(columns: Any) -> Any:
    """Nothing but read every number that the measures need once."""
    read = (columns.activity, columns.at, columns.resource, columns.unit)
    return [int(column.sum(dtype=np.int64)) for column in read]


def figures(
    arrows: dict[tuple[str, str], tuple[int, float, float]],
    start: dict[str, int],
    end: dict[str, int],
    variants: list[int],
    seconds: float,
    handovers: dict[tuple[str, str], int] | None,
) -> dict[str, Any]:
    """What was found, in one form for all."""
    return {
        "arrows": [[*pair, int(c), float(m), float(half)] for pair, (c, m, half) in sorted(arrows.items())],
        "start": sorted((name, int(count)) for name, count in start.items()),
        "end": sorted((name, int(count)) for name, count in end.items()),
        "variants": sorted(map(int, variants)),
        "seconds": float(seconds),
        "handovers": handovers and [[*pair, int(count)] for pair, count in sorted(handovers.items())],
    }


MINERS = {
    "ours": Miner(read_ours, mine_ours, figures_of_ours),
    "pm4py": Miner(read_frame, mine_pm4py, figures_of_pm4py),
    "pm4py_polars": Miner(read_lazy, mine_pm4py_alone, figures_of_pm4py),
    "duckdb": Miner(read_duckdb, mine_duckdb, figures_of_duckdb),
    "duckdb_table": Miner(read_duckdb_table, mine_duckdb, figures_of_duckdb),
    "scan": Miner(read_ours, scan, lambda _: {}),
}
