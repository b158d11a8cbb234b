"""What happens with redesigns."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..designs.models import ProcessDesign


@dataclass(frozen=True, kw_only=True)
class DesignRedesigned(Event):
    """The moves of a what-if were made in a design; `number` is the version that they made.

    `restructured` are the changes in the organisation that were made with it.
    """

    processdesign: ProcessDesign
    number: int
    moves: int
    trained: int = 0
    restructured: int = 0
    icon = "flow"
    sentence = _("{by} made the moves of a what-if version {number} of design {processdesign}")


@dataclass(frozen=True, kw_only=True)
class RedesignUndone(Event):
    """The moves of a what-if were taken back; `number` is the version without them.

    `stayed` is how much of what was changed in the organisation stays, because somebody changed it since, or needs it.
    """

    processdesign: ProcessDesign
    undone: int
    number: int
    stayed: int = 0
    icon = "undo"
    sentence = _(
        "{by} took the moves of version {undone} of design {processdesign} back: version {number} is without them"
    )
