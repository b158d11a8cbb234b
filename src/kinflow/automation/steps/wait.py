"""Waiting before the next step, by the clock or by working time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError
from kinflow.organisation.people.models import Person

from ..parameters import parameter
from .step import Doing, Done, Step, step


@step
@dataclass(frozen=True)
class Wait(Step):
    """Let time pass before the next step."""

    name = "wait"
    label = gettext_lazy("Wait")
    help = gettext_lazy(
        "The next steps come later, even if the condition no longer holds: put a branch behind it."
    )

    duration: Any = parameter(gettext_lazy("How long"), {}, kind="duration")
    working_time: bool = parameter(gettext_lazy("Count working time"), False)

    def check(self, kind: str) -> list[FieldError]:
        """No time at all, or one that no calendar counts."""
        from ..rules.triggers import WORKED

        if not self.duration or not self.duration["amount"]:
            return [FieldError("/duration", _("Give a length of time, such as 4 hours."))]
        if self.working_time and self.duration["unit"] not in WORKED:
            return [FieldError("/duration", _("Working time is counted in minutes, hours or days."))]
        return []

    def words(self, kind: str) -> str:
        """Wait 2 days."""
        from ..rules.triggers import held_words

        told = {"time": held_words(self.duration)}
        return (_("wait %(time)s of working time") if self.working_time else _("wait %(time)s")) % told

    def would(self, doing: Doing) -> str:
        """Until when it would wait."""
        return _("Would wait until %(at)s") % {"at": _shown(self._until(doing))}

    def run(self, doing: Doing) -> Done:
        """Wait."""
        until = self._until(doing)
        return Done(_("Waits until %(at)s") % {"at": _shown(until)}, until=until)

    def _until(self, doing: Doing) -> datetime:
        from ..rules.triggers import Trigger
        from ..rules.working_time import due_after

        trigger = Trigger("state", held=self.duration, calendar="owner" if self.working_time else "")
        owner = Person.objects.select_related("calendar").get(pk=doing.rule.owner_id)
        return due_after(doing.now, trigger, doing.record, owner)


def _shown(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
