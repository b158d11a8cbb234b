"""The times of a process: arrivals, ends and open cases, how long cases take, and every event as a dot."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponseBase
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from numpy.typing import NDArray

from kinflow.web.doors import page

from ...measuring.clock import worked
from ..remembering import remembered
from ..series import SECOND, Dots, Flow, by_weekday, dots, flow, histogram
from ..spans import DAY, count, share
from ..subject import Subject, subject_of
from .frame import canonical, hues_of, tab_page, times_of

MOST_GROUPS = 10
Chart = dict[str, Any]
Say = Callable[[float | None], str]


@page
def times_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Charts, each with its numbers as a table."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    makers = (flow_chart, duration_chart, weekday_chart, dot_chart) if subject.columns.events else ()
    charts = [_ready(make(subject)) for make in makers]
    return tab_page(request, subject, "times", charts=charts, times=times_of(subject), timing=subject.timing)


def _ready(chart: Chart) -> Chart:
    """The chart with its data as text for the drawing."""
    return chart | {"json": json.dumps(chart["data"], ensure_ascii=False)}


def flow_chart(subject: Subject) -> Chart:
    """Cases begun, finished and open, by day, week or month."""
    ends = subject.ends
    filled = np.diff(subject.columns.offsets) > 0
    found: Flow = flow(ends.begun[filled], ends.until[ends.ended], subject.zone)
    words = {
        "day": _("Cases begun and finished each day, and cases open at its end"),
        "week": _("Cases begun and finished each week, and cases open at its end"),
        "month": _("Cases begun and finished each month, and cases open at its end"),
    }
    names = (pgettext("cases", "Begun"), pgettext("cases", "Finished"), pgettext("cases", "Open"))
    x = [date_format(each, "DATE_FORMAT") for each in found.starts]
    rows = list(zip(found.arrived, found.finished, found.open, strict=True))
    return {
        "title": _("Throughput"),
        "text": words[found.step],
        "wide": True,
        "data": {
            "kind": "lines",
            "x": x,
            "series": [
                {"name": names[0], "values": found.arrived, "bars": True},
                {"name": names[1], "values": found.finished},
                {"name": names[2], "values": found.open},
            ],
        },
        "heads": (pgettext("column of a table", "From"), *names),
        "rows": [(day, *(count(each) for each in row)) for day, row in zip(x, rows, strict=True)],
    }


def duration_chart(subject: Subject) -> Chart:
    """Ended cases by how long they took; a bar of elapsed time leads to the cases that last so long."""
    seconds, say = _durations(subject), subject.timing.say
    found = histogram(seconds)
    edges = [*found.edges[:-1], float("inf")]
    bars = list(zip(edges, edges[1:], strict=False))
    names = [_between(low, high, say) for low, high in bars]
    place = f"/processes/{subject.process.key}/cases/"
    urls = [] if subject.timing.is_working else [place + _lasting(subject, low, high) for low, high in bars]
    total = max(1, len(seconds))
    return {
        "title": _("How long cases take"),
        "text": _durations_told(seconds, say),
        "data": {
            "kind": "bars",
            "x": names,
            "series": [{"name": pgettext("cases", "Cases"), "values": found.counts}],
            "urls": urls,
        },
        "heads": (_("Duration"), pgettext("cases", "Cases"), _("Share")),
        "rows": [(name, count(n), share(n / total)) for name, n in zip(names, found.counts, strict=True)],
    }


def _durations(subject: Subject) -> NDArray[np.float64]:
    """How long (seconds) the ended cases took; of working time, by the calendar of the unit of the last step."""
    ends, columns, clock = subject.ends, subject.columns, subject.timing.clock
    begun, until = ends.begun[ends.ended], ends.until[ends.ended]
    if clock is None:
        elapsed: NDArray[np.float64] = (until - begun) / SECOND
        return elapsed
    unit = columns.unit[columns.offsets[1:][ends.ended] - 1]
    working: NDArray[np.float64] = worked(clock, unit, begun, until) / SECOND
    return working


def _durations_told(seconds: NDArray[np.float64], say: Say) -> str:
    if not len(seconds):
        return _("No case has ended yet.")
    told = _("Ended cases: median %(median)s; one in ten takes longer than %(p90)s")
    return told % {"median": say(float(np.median(seconds))), "p90": say(float(np.quantile(seconds, 0.9)))}


def weekday_chart(subject: Subject) -> Chart:
    """On which days of the week cases begin."""
    filled = np.diff(subject.columns.offsets) > 0
    counts = by_weekday(subject.ends.begun[filled], subject.zone)
    names = [str(WEEKDAYS[day]) for day in range(7)]
    total = max(1, sum(counts))
    return {
        "title": _("When cases begin"),
        "text": _("By the day of the week"),
        "data": {
            "kind": "bars",
            "x": names,
            "series": [{"name": pgettext("cases", "Begun"), "values": counts}],
        },
        "heads": (_("Day"), pgettext("cases", "Begun"), _("Share")),
        "rows": [(name, count(n), share(n / total)) for name, n in zip(names, counts, strict=True)],
    }


def _between(low: float, high: float, say: Say) -> str:
    if high == float("inf"):
        return _("%(time)s and more") % {"time": say(low)}
    return f"{say(low) if low else 0} – {say(high)}"  # noqa: RUF001


def _lasting(subject: Subject, low: float, high: float) -> str:
    asked = subject.asked.with_("longer", f"{low / DAY:.6g}") if low else subject.asked
    asked = asked.with_("shorter", f"{high / DAY:.6g}") if high != float("inf") else asked
    return asked.address(show="", level="")


def dot_chart(subject: Subject) -> Chart:
    """Each event a dot: along by when, down by its case."""
    columns, hues = subject.columns, hues_of(subject)
    found: Dots = remembered(columns, "dots", lambda: dots(columns))
    groups = _groups(subject, found, hues)
    told = (
        ngettext("one row for each of %(count)s case", "one row for each of %(count)s cases", found.cases)
        if found.cases == found.of_cases
        else _("one row for each of %(count)s cases, an even sample of %(all)s")
    )
    counts = np.bincount(columns.activity, minlength=len(columns.activities))
    order = [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]
    return {
        "title": _("Every step as a dot"),
        "text": told % {"count": count(found.cases), "all": count(found.of_cases)},
        "wide": True,
        "tall": True,
        "data": {"kind": "dots", "groups": groups, "words": {"rows": _("cases, the earliest first")}},
        "heads": (_("Step"), _("Times done")),
        "rows": [(subject.named(columns.activities[code]), count(int(counts[code]))) for code in order],
    }


def _groups(subject: Subject, found: Dots, hues: dict[str, int]) -> list[dict[str, Any]]:
    """The dots by step; all but the most frequent steps together."""
    activities: Sequence[str] = subject.columns.activities
    points: dict[int, list[tuple[int, int]]] = {}
    for row, at, activity in zip(found.rows, found.at, found.activity, strict=True):
        points.setdefault(activity, []).append((at, row))
    order = sorted(points, key=lambda code: -len(points[code]))
    named = [
        {"name": subject.named(activities[code]), "hue": at, "points": points[code]}
        for at, code in enumerate(order[: MOST_GROUPS - 1])
    ]
    rest = [each for code in order[MOST_GROUPS - 1 :] for each in points[code]]
    return [*named, {"name": _("Other steps"), "hue": 8, "points": rest}] if rest else named
