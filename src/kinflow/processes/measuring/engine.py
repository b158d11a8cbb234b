"""Which engine takes the measures that screens, API and command line show: this process, or Spark."""

import importlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kinflow.processes.columns import EventColumns

from .clock import Clock
from .overview import overview

HERE, SPARK = "local", "spark"


def overview_by_engine(
    columns: EventColumns,
    *,
    clock: Clock | None = None,
    most_variants: int | None = None,
    handover_times: bool = True,
) -> dict[str, Any]:
    """`overview`, taken by the engine that the settings name; both say the same.

    Raises ImproperlyConfigured for an unknown engine, and for Spark where the extra is not installed.
    """
    asked: dict[str, Any] = {
        "clock": clock,
        "most_variants": most_variants,
        "handover_times": handover_times,
    }
    if settings.MINING_ENGINE == HERE:
        return overview(columns, **asked)
    if settings.MINING_ENGINE != SPARK:
        raise ImproperlyConfigured(
            f"KINFLOW_MINING_ENGINE is {HERE} or {SPARK}, not {settings.MINING_ENGINE!r}"
        )
    try:
        on_spark = importlib.import_module("kinflow.processes.measuring.on_spark")
    except ModuleNotFoundError as error:
        if error.name != "pyspark":
            raise
        raise ImproperlyConfigured(
            "KINFLOW_MINING_ENGINE=spark needs the extra: pip install 'kinflow[spark]'"
        ) from None
    scratch = Path(settings.DATA) / "processes" / "on-spark"
    found: dict[str, Any] = on_spark.overview_on_spark(
        columns, on_spark.session(settings.SPARK_MASTER), scratch, **asked
    )
    return found
