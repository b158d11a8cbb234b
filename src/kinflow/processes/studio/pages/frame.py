"""What the tabs of a process share: its head, its tabs, the chips of what is asked for."""

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...tabs import tab_links
from ..asked import KINDS
from ..chips import chips_of, form_of, step_condition
from ..moments import day_of
from ..spans import count
from ..subject import Subject
from ..tabs import TABS
from ..timing import CHOICES

HUES = 10


def tab_page(request: HttpRequest, subject: Subject, tab: str, **context: Any) -> HttpResponse:
    """A tab of a process; its template is named after it."""
    template = f"processes/studio/{tab or 'map'}.html"
    return render(request, template, frame_of(subject, tab) | context)


def frame_of(subject: Subject, tab: str) -> dict[str, Any]:
    """What the head, the tabs and the filters of a process show."""
    process, asked = subject.process, subject.asked
    query = asked.address()
    root = f"/processes/{process.key}/"
    kept = query if len(query) > 1 else ""
    return {
        "process": process,
        "summary": summary_of(subject),
        "tabs": tab_links(TABS, root, tab, kept),
        "here": next((each.url(root) for each in TABS if each.key == tab), root),
        "chips": chips_of(asked, subject.whole, subject.named, process.case_kind),
        "filter_form": form_of(asked, subject.whole, subject.named, process.case_kind),
        "counted": _counted(subject),
        "carried": [(each.kind, each.value) for each in asked.conditions]
        + [each for each in asked.looks if each[0] != "level"],
    }


def times_of(subject: Subject) -> list[dict[str, Any]]:
    """Which time can count: nothing to choose where no unit of the log has a calendar."""
    if not subject.calendars:
        return []
    chosen = next(key for key in CHOICES if bool(key) == subject.timing.is_working)
    return [
        {"label": label, "url": subject.asked.address(time=key), "on": key == chosen}
        for key, label in CHOICES.items()
    ]


def summary_of(subject: Subject) -> str:
    """From when to when the log goes."""
    columns = subject.columns
    if not columns.events:
        return ""
    first, last = (day_of(int(at), subject.zone) for at in (columns.at.min(), columns.at.max()))
    return f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"  # noqa: RUF001


def _counted(subject: Subject) -> str:
    shown, whole = subject.columns.cases, subject.whole.cases
    if subject.columns is subject.whole:
        return ngettext("%(count)s case", "%(count)s cases", whole) % {"count": count(whole)}
    return _("%(shown)s of %(whole)s cases") % {"shown": count(shown), "whole": count(whole)}


def canonical(request: HttpRequest, subject: Subject) -> HttpResponse | None:
    """On to the one address of what the filter form asks for; None where the request has it already."""
    query = request.GET
    if "relation" not in query:
        return None
    asked = subject.asked
    if more := step_condition(query.get("relation", ""), query.get("step", ""), query.get("next", "")):
        asked = asked.with_(more.kind, more.value)
    assert all(each.kind in KINDS for each in asked.conditions)
    return HttpResponseRedirect(request.path + asked.address())


def hues_of(subject: Subject) -> dict[str, int]:
    """The colour of each step: the most frequent have their own, the rest share one after another."""
    activities = subject.whole.activities
    counts = np.bincount(subject.whole.activity, minlength=len(activities))
    order = np.argsort(-counts, kind="stable").tolist()
    return {activities[code]: at % HUES for at, code in enumerate(order)}
