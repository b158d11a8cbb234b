"""Kinds of records that work is about, and so can be the cases of processes."""

from kinflow.records.faces import RecordType, registry

NOT_WORK = ("organisation", "processes", "automation", "records", "eventlog")
"""Kinds of these packages are who works here and how, not what is worked on."""
MARKS = ("pipeline", "stage")
"""Kinds that only say where a record stands."""


def work_kinds() -> list[RecordType]:
    """The record types that work is about."""
    faces = [face for face in registry.values() if face.name not in MARKS]
    return [face for face in faces if face.model._meta.app_label not in NOT_WORK]
