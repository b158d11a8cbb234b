from typing import Any

from django.db import migrations, models
from django.db.models import F

LAWS = {"kinflow.command": "migrate", "kinflow.touched": " "}
"""What lets a migration write into tables of the domain."""
KINDS = ("WhatIf", "MoveSearch", "Sensitivity")


def keep_pay(apps: Any, schema: Any) -> None:
    """Runs that were begun before go on with what people cost now: nothing tells what they did when those began."""
    with schema.connection.cursor() as sql:
        before = [_set(sql, name, value) for name, value in LAWS.items()]
        _keep_pay(apps)
        for name, value in zip(LAWS, before, strict=True):
            _set(sql, name, value)


def _set(sql: Any, name: str, value: str) -> str:
    """Set it to the end of the transaction; gives what it was."""
    sql.execute("SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)", [name, name, value])
    return str(sql.fetchone()[0])


def _keep_pay(apps: Any) -> None:
    levels = {str(pk): str(level) for pk, level in _people(apps).values_list("pk", "seniority")}
    staff = _staff(apps)
    for kind in KINDS:
        rows = apps.get_model("processes", kind).objects
        for row in rows.select_related("process").only("calibration_id", "process__rates", "process__case_kind"):
            names = staff.get(row.calibration_id, ())
            rows.filter(pk=row.pk).update(pay=_pay(row.process, names, levels))


def _people(apps: Any) -> Any:
    return apps.get_model("organisation", "Person").objects


def _staff(apps: Any) -> dict[int, list[str]]:
    """The names of the staff of each calibration that was ever played."""
    found = apps.get_model("processes", "Calibration").objects.annotate(staff=F("scenario__staff"))
    return {
        pk: [each["name"] for each in staff or ()]
        for pk, staff in found.exclude(scenario={}).values_list("pk", "staff")
    }


def _pay(process: Any, names: Any, levels: dict[str, str]) -> dict[str, Any]:
    """As a run that begins now keeps it."""
    by_seniority, usual = process.rates.get("by_seniority") or {}, process.rates.get("usual")
    hourly = {}
    for name in names:
        level = levels.get(name) if process.case_kind else None
        rate = by_seniority.get(level, usual) if name.isdecimal() else usual
        hourly[name] = rate or usual or 0.0
    is_priced = bool(usual or any(by_seniority.values()))
    return {"currency": process.rates.get("currency") or "CNY", "is_priced": is_priced, "hourly": hourly}


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0002_retired'),
        ('processes', '0020_search_blocks_are_work_blocks'),
    ]

    operations = [
        *(migrations.AddField(kind.lower(), 'pay', models.JSONField(default=dict)) for kind in KINDS),
        migrations.RunPython(keep_pay, migrations.RunPython.noop),
    ]
