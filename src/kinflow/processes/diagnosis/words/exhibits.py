"""What the tables and pictures of the evidence are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TITLES: Mapping[str, Any] = {
    "waits_for_units": _("Waiting until each unit takes it up"),
    "people_per_case": _("People per case"),
    "returns_per_case": _("Times the case came back"),
    "outcomes": _("What came of it"),
    "checks_by_unit": _("By unit"),
    "work_lost": _("Work lost, by step"),
    "by_half_day": _("By time of arrival"),
    "who_can": _("Who does it"),
    "by_month": _("Waiting by month"),
    "by_weekday": _("Begun on which days"),
    "put_back_by": _("Who changes, who puts back"),
    "written_by": _("Who writes it again"),
    "causes": _("Why it waits"),
    "again": _("What came next"),
    "durations": _("How long cases last"),
    "shares": _("Cases with and without"),
}
HEADS: Mapping[str, Any] = {
    "unit": _("Unit"),
    "unit:first": _("Changed by"),
    "unit:second": _("Put back by"),
    "step": _("Step"),
    "person": _("Person"),
    "outcome": _("Outcome"),
    "group": _("Group"),
    "cause": _("Cause"),
    "month": _("Month"),
    "weekday": _("Day"),
    "half_day": _("Arrival"),
    "hours:mean": _("Mean wait"),
    "hours:median": _("Median wait"),
    "hours:work": _("Work"),
    "hours:q1": _("A quarter within"),
    "hours:q3": _("Three quarters within"),
    "hours:p90": _("Nine out of ten within"),
    "count:people": pgettext_lazy("how many", "People"),
    "count:cases": _("Cases"),
    "count:events": pgettext_lazy("how often", "Times"),
    "count:times": pgettext_lazy("how often", "Times"),
    "count:refused": _("Refused"),
    "count:returns": _("Returns"),
    "count:ours": _("Of these"),
    "count:others": _("Of others"),
    "share:ours": _("Of these"),
    "share:others": _("Of others"),
    "share:bad": _("Share"),
    "share:well": _("End well"),
    "share:time": _("Share of the wait"),
}
CELLS: Mapping[str, Any] = {
    "yes": pgettext_lazy("answer of a check", "Yes"),
    "no": pgettext_lazy("answer of a check", "No"),
    "ours": _("These cases"),
    "others": _("All others"),
    "again": _("Done again"),
    "otherwise": _("Something else"),
}
HALVES: tuple[Any, Any] = (
    pgettext_lazy("half of a day", "%(day)s morning"),
    pgettext_lazy("half of a day", "%(day)s afternoon"),
)
