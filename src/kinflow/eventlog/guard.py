"""The laws held by the database itself: triggers that refuse what the program would have to be trusted not to do."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from .recorded import Recorded, permitted_command

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION kinflow_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched text := coalesce(current_setting('kinflow.touched', true), ' ');
BEGIN
    IF coalesce(current_setting('kinflow.command', true), '') = '' THEN
        RAISE EXCEPTION 'write outside an action: %', TG_TABLE_NAME USING ERRCODE = 'KF001';
    END IF;
    IF position(' ' || TG_TABLE_NAME || ' ' IN touched) = 0 THEN
        PERFORM set_config('kinflow.touched', touched || TG_TABLE_NAME || ' ', true);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION kinflow_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('kinflow.erasing', true), '') <> 'on' THEN
        RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'KF002';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION kinflow_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('kinflow.emptying', true), '') <> 'on' THEN
        RAISE EXCEPTION 'records and the log are never emptied: %', TG_TABLE_NAME USING ERRCODE = 'KF003';
    END IF;
    RETURN NULL;
END $$;
"""
_LOG = ("eventlog_entry", "eventlog_mention")


def recorded_tables() -> list[str]:
    """The tables of all domain models, and of the links between their records."""
    return sorted({m._meta.db_table for m in apps.get_models(include_auto_created=True) if _is_recorded(m)})


def _is_recorded(model: type[Model]) -> bool:
    linked = model._meta.auto_created
    return issubclass(model, Recorded) or (isinstance(linked, type) and issubclass(linked, Recorded))


def note_links(
    sender: type[Model], instance: Model, action: str, pk_set: set[Any] | None, **_ignored: Any
) -> None:
    """Let links between records obey both laws, too: whoever's links change is changed."""
    if not isinstance(instance, Recorded) or not action.startswith("pre_"):
        return
    command = permitted_command(type(instance))
    if pk_set or action == "pre_clear":
        instance._note(command)
        command.tables.add(sender._meta.db_table)
        command.linked.add(sender._meta.db_table)


def install(using: str = "default", **_ignored: Any) -> None:
    """Create the guarding functions, and a trigger on each domain table and on the log; harmless to repeat."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    quote = connection.ops.quote_name
    guarded = [
        f"CREATE OR REPLACE TRIGGER kinflow_guard BEFORE INSERT OR UPDATE OR DELETE ON {quote(table)} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kinflow_guard();"
        for table in recorded_tables()
        if table in present
    ]
    closed = [
        f"CREATE OR REPLACE TRIGGER kinflow_append_only BEFORE UPDATE OR DELETE ON {quote(table)} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kinflow_append_only();"
        for table in _LOG
        if table in present
    ]
    kept = [
        f"CREATE OR REPLACE TRIGGER kinflow_keep BEFORE TRUNCATE ON {quote(table)} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kinflow_keep();"
        for table in (*recorded_tables(), *_LOG)
        if table in present
    ]
    with connection.cursor() as cursor:
        cursor.execute("\n".join([_FUNCTIONS, *guarded, *closed, *kept]))
