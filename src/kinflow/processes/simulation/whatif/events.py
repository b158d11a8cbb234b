"""What happens with what-ifs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import WhatIf


@dataclass(frozen=True, kw_only=True)
class WhatIfStarted(Event):
    """Somebody has moves tried in a simulation of a process."""

    whatif: WhatIf
    process: Process
    icon = "clock"
    sentence = _("{by} had a what-if of {process} simulated")


@dataclass(frozen=True, kw_only=True)
class WhatIfFinished(Event):
    """A what-if was played before and after its moves, so many times each."""

    whatif: WhatIf
    process: Process
    plays: int
    icon = "check"
    sentence = _("A what-if of {process} was played {plays} times before and after")


@dataclass(frozen=True, kw_only=True)
class WhatIfCancelled(Event):
    """Somebody ended a what-if before its end."""

    whatif: WhatIf
    process: Process
    icon = "x"
    sentence = _("{by} cancelled a what-if of {process}")


@dataclass(frozen=True, kw_only=True)
class WhatIfFailed(Event):
    """A what-if could not be played; `fault` is a word of `telling.FAULTS`."""

    whatif: WhatIf
    process: Process
    fault: str
    icon = "alert"
    sentence = _("A what-if of {process} could not be played")


@dataclass(frozen=True, kw_only=True)
class WhatIfRemoved(Event):
    """Somebody removed a what-if."""

    whatif: WhatIf
    process: Process
    icon = "trash"
    sentence = _("{by} removed a what-if of {process}")
