"""Sensible processes for a company that starts: leads, sales, service as a whole and by kind, e-mails."""

from typing import Any

from django.db import connection

from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Entry
from kinflow.records.access import permit

from . import shipped_steps as tables
from .actions import add_process
from .models import Process

_LEAD_ENDS = ("sales.lead_converted", "sales.lead_disqualified")
_OPPORTUNITY_ENDS = ("sales.opportunity_won", "sales.opportunity_lost")
_CASE = {
    "case_kind": "case",
    "steps": tables.CASE,
    "phases": tables.CASE_PHASES,
    "begins": ("service.case_opened",),
    "ends": ("service.case_solved",),
}
_DAY = 24
RATES = {
    "currency": "CNY",
    "usual": 120,
    "by_seniority": {"1": 80, "2": 100, "3": 130, "4": 180, "5": 260},
}
"""What an hour of work costs before anybody said otherwise; of a sale a quarter of its amount is earned."""


def _within(hours: float, share: float) -> dict[str, Any]:
    return {"measure": "duration", "at_most": hours, "share": share}


def _cases(key: str, name: str, name_zh: str, kind: str, hours: float) -> dict[str, Any]:
    return {
        **_CASE,
        "key": key,
        "name": name,
        "name_zh": name_zh,
        "condition": {"field": "kind", "op": "is", "value": kind},
        "goals": (_within(hours, 0.8), {"measure": "good_end", "share": 0.95}),
    }


SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "key": "lead",
        "name": "Lead to opportunity",
        "name_zh": "线索到销售机会",
        "case_kind": "lead",
        "steps": tables.LEAD,
        "phases": tables.LEAD_PHASES,
        "begins": ("sales.lead_captured",),
        "ends": _LEAD_ENDS,
        "goals": (_within(5 * _DAY, 0.8), {"measure": "good_end", "share": 0.3}),
    },
    {
        "key": "opportunity",
        "name": "Opportunity to order",
        "name_zh": "销售机会到订单",
        "case_kind": "opportunity",
        "steps": tables.OPPORTUNITY,
        "phases": tables.OPPORTUNITY_PHASES,
        "begins": ("sales.opportunity_opened",),
        "ends": _OPPORTUNITY_ENDS,
        "rates": RATES | {"margin": 0.25},
        "goals": (_within(45 * _DAY, 0.8), {"measure": "good_end", "share": 0.3}),
    },
    {
        **_CASE,
        "key": "case",
        "name": "Service requests, all",
        "name_zh": "全部服务请求",
        "goals": (_within(7 * _DAY, 0.8),),
    },
    _cases("repair", "Repair", "维修", "repair", 7 * _DAY),
    _cases("complaint", "Complaint", "投诉处理", "complaint", 5 * _DAY),
    _cases("maintenance", "Maintenance", "保养", "maintenance", 14 * _DAY),
    {
        "key": "email",
        "name": "E-mail to answer",
        "name_zh": "邮件到回复",
        "case_kind": "email",
        "steps": tables.EMAIL,
        "phases": tables.CASE_PHASES,
        "begins": ("contact_center.email_received", "contact_center.automatic_email_received"),
        "ends": ("contact_center.email_answered", "contact_center.email_ignored"),
        "goals": (_within(_DAY, 0.9),),
    },
)


@action
def add_shipped_processes(*, by: Actor) -> list[Process]:
    """Add the processes the product comes with; those that were added once, even if changed since, are left alone."""
    permit(by, kind="process")
    known = set(Process.objects.exclude(shipped_as="").values_list("shipped_as", flat=True))
    return [_add(at, given, by) for at, given in enumerate(SHIPPED) if given["key"] not in known]


def _add(at: int, given: dict[str, Any], by: Actor) -> Process:
    phases = [{"key": key, "name": name, "name_zh": name_zh} for key, name, name_zh in given["phases"]]
    taken = Process.objects.filter(key=given["key"]).exists()
    own = {**given, "key": f"{given['key']}-2" if taken else given["key"], "phases": phases}
    return add_process(**{"rates": RATES, **own}, position=10 * (at + 1), shipped_as=given["key"], by=by)


def shipped_processes(by: Actor) -> list[Process]:
    """The processes the product comes with, added where they are missing."""
    add_shipped_processes(by=by)
    return list(Process.objects.exclude(shipped_as=""))


def add_to_systems_at_work(using: str = "default", **_ignored: Any) -> None:
    """A system that has a history gets its processes when it is brought up to date; a new one when it is set up."""
    is_there = using == "default" and Process._meta.db_table in connection.introspection.table_names()
    if is_there and Entry.objects.exists() and not Process.objects.exclude(shipped_as="").exists():
        add_shipped_processes(by=SYSTEM)
