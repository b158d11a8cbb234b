"""What happens to the satisfaction model of a process."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process


@dataclass(frozen=True, kw_only=True)
class SatisfactionModelKept(Event):
    """Expected satisfaction of a process is reckoned with other numbers from now on."""

    process: Process
    before: dict[str, float]
    after: dict[str, float]
    icon = "edit"
    sentence = _("{by} kept other numbers for the expected satisfaction of {process}")
