"""Imported logs made by the actions."""

from typing import Any

from kinflow.eventlog import SYSTEM, Actor
from kinflow.processes.logs.actions import give_log, start_log
from kinflow.processes.logs.models import ImportedLog
from kinflow.processes.logs.running import WORK
from kinflow.records.importing.giving import Given
from kinflow.records.importing.storing import store
from tests.processes.logs.files import day, event, table, trace, xes

XES = xes(
    trace("A", event("order", day(1), org__resource="Li"), event("ship", day(2))),
    trace("B", event("order", day(1))),
)
CSV = table(
    ("案例编号", "活动", "时间", "处理人"),
    ("1", "下单", "2026-03-01 09:00", "李雷"),
    ("1", "发货", "2026-03-02 09:00", "韩梅梅"),
)


def given_log(
    content: bytes | str = XES, file: str = "orders.xes", name: str = "", by: Actor = SYSTEM
) -> ImportedLog:
    """A log that was given."""
    stored = store([content if isinstance(content, bytes) else content.encode()])
    return give_log(name=name, given=Given(file, stored), by=by)


def ready_log(*given: Any, **more: Any) -> ImportedLog:
    """A log that was read."""
    log = given_log(*given, **more)
    return WORK.run(start_log(importedlog=log, by=SYSTEM))
