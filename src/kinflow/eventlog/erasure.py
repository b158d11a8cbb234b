"""Forgetting a person's values without breaking the log's shape."""

from django.db import connection

from .command import WriteOutsideAction, running
from .event import registry

_ERASE = """
UPDATE eventlog_entry AS e
SET data = (
    SELECT coalesce(jsonb_object_agg(d.key, CASE WHEN d.key = ANY(p.keys) AND d.value <> 'null'::jsonb
                                                 THEN '"[erased]"'::jsonb ELSE d.value END), '{}'::jsonb)
    FROM jsonb_each(e.data) AS d)
FROM jsonb_to_recordset(%s::jsonb) AS p(name text, keys text[])
WHERE e.name = p.name AND e.id IN (SELECT entry_id FROM eventlog_mention WHERE kind = %s AND object_id = %s)
"""


def forget(kind: str, object_id: int) -> int:
    """Blank the personal values and what was typed in all entries that mention the object; how many entries were touched.

    Only inside an action, which records that it happened. Names, moments, actors and mentions stay.
    """
    from .event import forgotten_fields
    from .recording import encode

    if running() is None:
        raise WriteOutsideAction("forget")
    keys = [{"name": n, "keys": sorted(f)} for n in registry if (f := forgotten_fields(n))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kinflow.erasing', 'on', true)")
        cursor.execute(_ERASE, [encode(keys), kind, object_id])
        touched = cursor.rowcount
        cursor.execute("SELECT set_config('kinflow.erasing', '', true)")
    return int(touched)
