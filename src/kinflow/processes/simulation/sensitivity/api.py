"""The API of sensitivities."""

from typing import Any

from ninja import Field, Router

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.doors import Doors
from kinflow.records.long_work.telling import LongWorkOut

from ...studio.subject import process_for
from .access import seen_sensitivities
from .actions import cancel_sensitivity, start_sensitivity
from .models import PERCENTS, USUAL_TIMES, Sensitivity

router = Router(tags=["processes"])
NEWEST = 20
ROOT = "/processes/{int:pk}/sensitivities"


class SensitivityIn(Strict):
    """Moves that are made first, and how much each input is changed."""

    moves: list[dict[str, Any]] = []
    percent: int = Field(PERCENTS[-1], description="10 or 20.")
    times: int = Field(USUAL_TIMES, description="Plays of each side, 2 to 60.")


class SensitivityOut(LongWorkOut):
    """A sensitivity; `figures` are there when it is done."""

    process: int
    calibration: int
    moves: list[dict[str, Any]]
    percent: int = Field(description="How much is done, 0 to 100.")
    change: int = Field(description="By how many per cent each input is changed.")
    times: int
    figures: dict[str, Any] = Field(
        description="`now`: mean cycle time (microseconds), cost and work of a case; `inputs`, the strongest in time"
        " first: kind (arrivals, work, people, way, wait), keys, and for both sides by how much these are more, each"
        " [mean, low, high] with a 95 % interval."
    )


def _shown(row: Sensitivity, told: dict[str, Any], _by: Actor) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("moves", "times", "figures")}
    return {
        "process": row.process_id,
        "calibration": row.calibration_id,
        "change": row.percent,
        **plain,
        **told,
    }


doors = Doors(
    module=__name__,
    router=router,
    root=ROOT,
    whole=process_for,
    seen=seen_sensitivities,
    called="sensitivity",
    out=SensitivityOut,
    shown=_shown,
)
doors.listed("list_sensitivities", "Sensitivities of a process", NEWEST)
doors.begun(
    "post_sensitivity",
    "Ask which inputs of a model matter",
    "The workers change each input alone, up and down.",
    SensitivityIn,
    start_sensitivity,
)
doors.read("get_sensitivity", "One sensitivity")
doors.cancelled(
    "post_cancel_sensitivity",
    "Cancel a sensitivity",
    cancel_sensitivity,
)
