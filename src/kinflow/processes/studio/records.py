"""The records behind cases: a case of our own log is called by its record's number."""

from kinflow.records.faces import registry

from ..definitions.models import Process


def record_of(process: Process, case_id: str) -> str:
    """The address of a case's record; "" where the log came from elsewhere."""
    face = registry.get(process.case_kind)
    if face is None:
        return ""
    number = case_id.removeprefix(f"{face.prefix}-")
    return face.url(int(number)) if number.isdecimal() and len(number) < 19 else ""
