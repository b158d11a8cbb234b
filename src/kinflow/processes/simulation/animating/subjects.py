"""What is shown: the calibrated process, or a what-if before and after its moves."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..calibrating.models import Calibration
from ..calibrating.written import scenario_of
from ..scenario import Scenario
from ..whatif.kinds import STEP
from ..whatif.models import WhatIf
from ..whatif.moves import applied, move_of
from ..whatif.telling import named_in
from .telling import Side
from .walking import Shown, shown

Animated = tuple[Shown, Sequence[Side]]


def calibration_shown(row: Calibration) -> Animated:
    """A calibration that is done, played once."""
    scenario = scenario_of(row.scenario)
    return shown([scenario]), [_side(_("The process as calibrated"), row, scenario)]


def what_if_shown(row: WhatIf) -> Animated:
    """Both sides of a what-if over the same time, with the same chances. Raises Invalid where moves do not fit."""
    before = scenario_of(row.calibration.scenario)
    after = applied(before, [move_of(each) for each in row.moves])
    sides = [
        _side(_("Before the moves"), row.calibration, before),
        _side(_("After the moves"), row.calibration, after),
    ]
    return shown([before, after]), sides


def _side(name: str, calibration: Calibration, scenario: Scenario) -> Side:
    named = named_in(calibration.process, calibration, scenario)
    return Side(name, lambda key: named(STEP, key))
