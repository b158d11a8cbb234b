"""Who has what-ifs played: whoever may change processes; whoever sees processes sees what came of them."""

from ..works.access import Asking
from .models import WhatIf

WHAT_IFS = Asking(WhatIf, "what_if", "cancel_what_if", "remove_what_if", related=("calibration",))
may_try, seen_what_ifs = WHAT_IFS.may_ask, WHAT_IFS.seen
