"""The working calendar as rows: a weekly pattern, a time zone, public holidays, and days of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded

from ..retiring import Retirable


class WorkingCalendar(Retirable):
    """When work is done: `week` maps the ISO weekday ("1" is Monday) to spans [["08:30", "12:00"], …] in local time."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    week = models.JSONField(_("working week"), default=dict)
    country = models.CharField(_("public holidays of"), max_length=2, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class CalendarDay(Recorded):
    """A day that differs from the week: off, or on with the pattern of another weekday."""

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="days")
    on = models.DateField(_("date"))
    works_as = models.PositiveSmallIntegerField(
        _("works as weekday"), null=True, blank=True, help_text=_("1 is Monday; empty is a day off")
    )
    name = models.CharField(_("name"), max_length=120, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.on}"

    def whole(self) -> WorkingCalendar:
        """The calendar."""
        return self.calendar
