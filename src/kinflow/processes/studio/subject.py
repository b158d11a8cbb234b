"""What a studio page is about: a process, its log, and the part of it that the address asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.pages.answers import actor_of

from ..access import may_see_people, sees_processes
from ..columns import EventColumns
from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..definitions.numbers import Ends, ends_of
from ..definitions.reading import columns_of_process, refuse_strangers
from ..definitions.steps import Level
from ..definitions.working import Calendars, calendars_of
from ..measuring.engine import overview_by_engine
from .asked import Asked, read
from .narrowing import narrowed
from .remembering import remembered
from .timing import ELAPSED, WORKING, Timing, working_timing

MOST_VARIANTS = 5_000
DEPTHS: Mapping[str, Level] = {"phases": "phases", "details": "details"}
"""How finely steps are told apart, as the address says it; steps where it says nothing."""


@dataclass(frozen=True)
class Subject:
    """A process as a page looks at it: its whole log, the part asked for, how steps are called."""

    process: Process
    asked: Asked
    whole: EventColumns
    columns: EventColumns
    zone: ZoneInfo
    by: Actor
    named: Callable[[str], str]

    @property
    def sees_people(self) -> bool:
        """Whether single people may be shown to the reader."""
        return may_see_people(self.by)

    @property
    def ends(self) -> Ends:
        """Which cases of the part have ended, and when."""
        process = self.process
        return remembered(self.columns, ("ends", process.version), lambda: ends_of(process, self.columns))

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the log's units."""
        return calendars_of(self.whole.units)

    @cached_property
    def timing(self) -> Timing:
        """Which time the address asks for; elapsed time where no unit has a calendar."""
        if self.asked.look("time") != WORKING or not self.calendars:
            return ELAPSED
        return working_timing(self.whole, self.calendars)

    @property
    def overview(self) -> dict[str, Any]:
        """The part at a glance, in the time that is asked for."""
        clock = self.timing.clock
        return remembered(
            self.columns,
            ("overview", self.sees_people, self.timing.key),
            lambda: overview_by_engine(self.columns, most_variants=MOST_VARIANTS, clock=clock),
        )


def refuse_unseen(by: Actor) -> None:
    """Refuse whoever processes are not for."""
    if not sees_processes(by):
        raise Refused(remedy=_("Ask an administrator."))


def process_at(key: str) -> Process:
    """The process of an address, by its key or number; 404 where there is none."""
    found = Process.objects.filter(key=key).first()
    if found is None and key.isdecimal() and len(key) < 18:
        found = Process.objects.filter(pk=int(key)).first()
    if found is None:
        raise Http404(key)
    return found


def process_for(by: Actor, number: int) -> Process:
    """The process with this number. Raises Refused for who sees no processes; 404 where there is none."""
    refuse_strangers(by)
    return process_at(str(number))


def subject_of(request: HttpRequest, key: str) -> Subject:
    """What the request is about."""
    by = actor_of(request)
    refuse_unseen(by)
    process = process_at(key)
    asked = read(request.GET)
    zone = timezone.get_current_timezone()
    zone = zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")
    depth = asked.look("depth")
    whole = columns_of_process(process, by, level=DEPTHS.get(depth, "steps"))
    place = ("part", asked.conditions, zone.key, may_see_people(by))
    columns = remembered(whole, place, lambda: narrowed(whole, asked, zone)) if asked.conditions else whole
    labels = remembered(
        whole, ("labels", get_language(), process.version), lambda: labels_of(process, whole.activities)
    )
    return Subject(process, asked, whole, columns, zone, by, lambda each: labels.get(each, each))
