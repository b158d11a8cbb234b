"""What happens to designs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import ProcessDesign


@dataclass(frozen=True, kw_only=True)
class DesignAdded(Event):
    """There is a new design; nothing runs by it until it is put into operation."""

    processdesign: ProcessDesign
    icon = "flow"
    sentence = _("{by} added design {processdesign}")


@dataclass(frozen=True, kw_only=True)
class DesignChanged(Event):
    """A design got a new version; `added`, `removed`, `bound` name the elements new, gone, bound otherwise."""

    processdesign: ProcessDesign
    number: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    icon = "edit"
    sentence = _("{by} changed design {processdesign}: version {number}")


@dataclass(frozen=True, kw_only=True)
class DesignRenamed(Event):
    """A design is called otherwise, or has another owner."""

    processdesign: ProcessDesign
    changes: dict[str, list[object]]
    icon = "edit"
    sentence = _("{by} changed {changes} of design {processdesign}")


@dataclass(frozen=True, kw_only=True)
class DesignWentLive(Event):
    """New instances run by this version from now on."""

    processdesign: ProcessDesign
    number: int
    before: int | None = None
    icon = "play"
    sentence = _("{by} put version {number} of design {processdesign} into operation")


@dataclass(frozen=True, kw_only=True)
class DesignTakenOff(Event):
    """No new instances run by the design; running ones finish."""

    processdesign: ProcessDesign
    icon = "pause"
    sentence = _("{by} took design {processdesign} out of operation")


@dataclass(frozen=True, kw_only=True)
class DesignRemoved(Event):
    """A design that nothing ever ran by is gone."""

    processdesign: ProcessDesign
    name_given: str
    icon = "trash"
    sentence = _("{by} removed design {name_given}")
