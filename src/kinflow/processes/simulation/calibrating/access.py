"""Who has processes calibrated: whoever may change processes; whoever sees processes sees what came of it."""

from ..works.access import Asking
from .models import Calibration

CALIBRATIONS = Asking(Calibration, "calibration", "cancel_calibration")
may_calibrate, seen_calibrations = CALIBRATIONS.may_ask, CALIBRATIONS.seen
