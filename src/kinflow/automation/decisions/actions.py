"""All that can be done with decision tables."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import registry
from kinflow.records.matters import matters
from kinflow.records.versions import earlier_version, read_text, refuse_outdated, refuse_strangers

from .drafts import is_contradictory, read_new
from .events import TableAdded, TableChanged, TablePutLive, TableRemoved, TableTakenOff
from .models import DecisionTable, DecisionVersion
from .words import warnings_of

in_use: list[Callable[[DecisionTable], str]] = []
"""What says, in words, who needs a table; "" where nobody does."""


class TableNeeded(Conflict):
    """Something uses the table."""

    code = "table-needed"


def _own(given: Mapping[str, Any], pk: int = 0) -> dict[str, str]:
    errors: list[FieldError] = []
    names = {name: read_text(given, name, errors) for name in ("name", "name_zh")}
    if not names["name"] and not errors:
        errors.append(FieldError("/name", _("Give it a name.")))
    elif DecisionTable.objects.filter(name=names["name"]).exclude(pk=pk).exists():
        errors.append(FieldError("/name", _("Another decision table has this name.")))
    if errors:
        raise Invalid(errors=errors)
    return names


def _write(table: DecisionTable, content: Mapping[str, Any], by: Actor) -> None:
    kept = {key: content[key] for key in ("hit", "collect", "inputs", "outputs", "rows") if key in content}
    DecisionVersion(table=table, number=table.number, content=kept, made_by=by.name or by.id).save()


@action
def add_table(
    *, kind: str, name: str, content: Mapping[str, Any], name_zh: str = "", matter: str = "", by: Actor
) -> DecisionTable:
    """Add a decision table for records of a kind, as a draft.

    content: {"hit": "first", "collect": "", "inputs": [{"expression", "label", "label_zh", "allowed"}, …], "outputs":
    [{"name", "label", "label_zh", "sort", "values"}, …], "rows": [{"when": [text, …], "then": [text, …], "note"}, …]}.
    Raises Invalid naming each part that is wrong.
    """
    permit(by, kind="decisiontable")
    if kind not in registry:
        raise Invalid(errors=[FieldError("/kind", _("Choose one of the kinds of record."))])
    if matter and (matter not in matters or matters[matter].kind != kind):
        raise Invalid(errors=[FieldError("/matter", _("Choose one of the values."))])
    own = _own({"name": name, "name_zh": name_zh})
    read_new(kind, content, matter)
    table = DecisionTable(kind=kind, matter=matter, **own)
    table.save()
    _write(table, content, by)
    record(TableAdded(decisiontable=table))
    return table


@action
def change_table(
    *, decisiontable: DecisionTable, changes: Mapping[str, Any], seen: int | None = None, by: Actor
) -> DecisionTable:
    """Change name, name_zh or content; another content is a new version, which does not count before it is put live.

    `seen` is the version the editor began with. Raises Stale where it is another now, Invalid.
    """
    table = hold(decisiontable)
    permit(by, table)
    refuse_strangers(changes, ("name", "name_zh", "content"))
    refuse_outdated(table.number, seen)
    own = _own({"name": table.name, "name_zh": table.name_zh, **changes}, table.pk)
    changed = any(getattr(table, name) != value for name, value in own.items())
    table.name, table.name_zh = own["name"], own["name_zh"]
    if "content" in changes:
        read_new(table.kind, changes["content"], table.matter)
        if changes["content"] != earlier_version(table, table.number).content:
            table.number += 1
            _write(table, changes["content"], by)
            changed = True
    if changed:
        table.save()
        record(TableChanged(decisiontable=table, number=table.number))
    return table


@action
def put_table_live(*, decisiontable: DecisionTable, number: int | None = None, by: Actor) -> DecisionTable:
    """Let a version count, the newest where none is named. Raises Invalid where its rows contradict each other."""
    table = hold(decisiontable)
    permit(by, table)
    version = earlier_version(table, number or table.number)
    draft = read_new(table.kind, version.content, table.matter)
    if is_contradictory(draft):
        faults, _gaps = warnings_of(draft)
        raise Invalid(errors=[FieldError("/content/rows", fault) for fault in faults])
    before, table.live_number = table.live_number, version.number
    if before != table.live_number:
        table.save()
        record(TablePutLive(decisiontable=table, number=version.number, before=before))
    return table


@action
def take_table_off(*, decisiontable: DecisionTable, by: Actor) -> DecisionTable:
    """Let no version count any more. Raises TableNeeded where something uses the table."""
    table = hold(decisiontable)
    permit(by, table)
    _refuse_needed(table)
    if table.live_number is not None:
        table.live_number = None
        table.save()
        record(TableTakenOff(decisiontable=table))
    return table


@action
def remove_table(*, decisiontable: DecisionTable, by: Actor) -> None:
    """Remove a table. Raises TableNeeded where something uses it."""
    table = hold(decisiontable)
    permit(by, table)
    _refuse_needed(table)
    record(TableRemoved(decisiontable=table, called=table.name))
    for version in table.versions.all():
        version.delete()
    table.delete()


def _refuse_needed(table: DecisionTable) -> None:
    for asked in in_use:
        if words := asked(table):
            raise TableNeeded(words, remedy=_("Take it out there first."))
