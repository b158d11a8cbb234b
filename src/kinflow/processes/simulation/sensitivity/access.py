"""Who asks which inputs matter: whoever may have what-ifs played; whoever sees processes sees what came of it."""

from ..works.access import Asking
from .models import Sensitivity

SENSITIVITIES = Asking(Sensitivity, "sensitivity", "cancel_sensitivity", related=("calibration",))
may_ask, seen_sensitivities = SENSITIVITIES.may_ask, SENSITIVITIES.seen
