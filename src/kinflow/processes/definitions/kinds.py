"""Kinds of records that work is about, and so can be the cases of processes."""

from kinflow.records.faces import RecordType, registry

NOT_WORK = ("organisation", "processes", "automation", "records", "eventlog")
"""Kinds of these packages are who works here and how, not what is worked on."""


def work_kinds() -> list[RecordType]:
    """The record types that work is about."""
    return [face for face in registry.values() if face.model._meta.app_label not in NOT_WORK]
