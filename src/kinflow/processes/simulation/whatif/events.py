"""What happens with what-ifs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import WhatIf


@dataclass(frozen=True, kw_only=True)
class OfWhatIf:
    """What happens with a what-if of a process."""

    whatif: WhatIf
    process: Process


class WhatIfStarted(OfWhatIf, Event):
    """Somebody has moves tried in a simulation of a process."""

    icon = "clock"
    sentence = _("{by} had a what-if of {process} simulated")


@dataclass(frozen=True, kw_only=True)
class WhatIfFinished(OfWhatIf, Event):
    """A what-if was played before and after its moves, so many times each."""

    plays: int
    icon = "check"
    sentence = _("A what-if of {process} was played {plays} times before and after")


class WhatIfCancelled(OfWhatIf, Event):
    """Somebody ended a what-if before its end."""

    icon = "x"
    sentence = _("{by} cancelled a what-if of {process}")


@dataclass(frozen=True, kw_only=True)
class WhatIfFailed(OfWhatIf, Event):
    """A what-if could not be played; `fault` is a word of `telling.FAULTS`."""

    fault: str
    icon = "alert"
    sentence = _("A what-if of {process} could not be played")


class WhatIfRemoved(OfWhatIf, Event):
    """Somebody removed a what-if."""

    icon = "trash"
    sentence = _("{by} removed a what-if of {process}")
