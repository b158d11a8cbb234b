"""Mining on a Spark of this machine says what mining in this process says."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from kinflow.processes.columns import EventColumns, packing
from kinflow.processes.columns.keeping import keep, kept
from kinflow.processes.measuring import clock_of, overview
from kinflow.processes.measuring.engine import overview_by_engine

from ..given import HOUR, log_of, traces

IS_THERE = shutil.which("java") is not None and find_spec("pyspark") is not None
with_spark = pytest.mark.skipif(not IS_THERE, reason="Spark is not on this machine")


def orders() -> EventColumns:
    """Sixty orders on a few paths, done by people of three units."""
    people = {"Ann": "Sales", "Bo": "Stores", "Cy": "Stores", "Di": "Works"}
    rows = [
        (f"o{case}", step, (case * 7 + place * (case % 5 + 1)) % 97 / 3, [*people, None][(case + place) % 5])
        for case in range(60)
        for place, step in enumerate("abcabd"[case % 3 : case % 4 + 3])
    ]
    return log_of(rows, units=people)


@pytest.fixture
def spark(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings for a Spark of two threads that starts quickly; parts so small that there are some."""
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", f"--driver-java-options '{quick}' pyspark-shell")
    monkeypatch.setattr(packing, "PART", 100)
    settings.MINING_ENGINE, settings.SPARK_MASTER, settings.DATA = "spark", "local[2]", tmp_path
    return settings


@with_spark
@pytest.mark.slow
def test_spark_says_the_same_to_the_last_digit(spark: Any, tmp_path: Path) -> None:
    keep(orders(), tmp_path / "log")
    columns = kept(tmp_path / "log")
    assert len(list((tmp_path / "log").glob("events-*"))) > 1
    assert overview_by_engine(columns) == overview(columns)

    keep(traces("ab"), tmp_path / "log")  # their place is taken, and they are measured as they are
    clock = clock_of(columns.units, {"Stores": np.array([[2 * HOUR, 9 * HOUR], [20 * HOUR, 22 * HOUR]])})
    asked: dict[str, Any] = {"clock": clock, "most_variants": 3, "handover_times": False}
    assert overview_by_engine(columns, **asked) == overview(columns, **asked)
    assert not any((tmp_path / "processes" / "on-spark").iterdir())


def test_without_the_setting_this_process_measures() -> None:
    assert overview_by_engine(traces("ab")) == overview(traces("ab"))


def test_an_engine_that_does_not_exist_is_told(settings: Any) -> None:
    settings.MINING_ENGINE = "sparc"
    with pytest.raises(ImproperlyConfigured, match="sparc"):
        overview_by_engine(traces("ab"))
