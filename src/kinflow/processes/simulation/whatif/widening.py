"""Where a wider authority can be tried: by the move that lets cases pass an approval, in calibrated processes."""

from kinflow.automation.authority.report import widenings
from kinflow.eventlog import Actor
from kinflow.records.long_work.models import DONE

from ...definitions.models import Process
from ..calibrating.models import Calibration
from .access import may_try
from .way_moves import Empower


def where_to_try(kind: str, by: Actor) -> list[tuple[str, str]]:
    """The calibrated processes whose cases are records of the kind, by name and address; nothing for who may not try."""
    if not may_try(by):
        return []
    done = Calibration.objects.filter(state=DONE).values("process")
    rows = Process.objects.filter(case_kind=kind, is_active=True, pk__in=done)
    return [(row.called, f"/processes/{row.key}/what-ifs/new/?move={Empower.key}") for row in rows]


widenings.append(where_to_try)
