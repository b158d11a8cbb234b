"""The cases of a process: the list, one case with its steps, and both as a file."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from kinflow.web.doors import page

from ...columns.events import NOBODY
from ...measuring.steps import durations
from ..attribute_words import attribute_named, value_named
from ..case_list import SORTS, USUAL, CaseRow, case_of, case_order, case_page
from ..fingerprints import fingerprint
from ..moments import moment_of
from ..records import record_of
from ..spans import count, span
from ..subject import Subject, subject_of
from .files import csv_file
from .frame import canonical, frame_of, hues_of, tab_page
from .variants import variants_for

SECOND = 1_000_000
MOST_EVENTS = 400
HEADS = {
    "begun": pgettext_lazy("of a case", "Begun"),
    "ended": pgettext_lazy("of a case", "Last step"),
    "steps": pgettext_lazy("of a case", "Steps"),
    "duration": pgettext_lazy("of a case", "Duration"),
}


@page
def cases_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """The cases that are asked for, sorted, and read on from the last one shown."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    sort = sort_of(subject)
    found = case_page(subject.columns, sort, request.GET.get("after", "")[:200])
    place = f"/processes/{subject.process.key}"
    more = f"{subject.asked.address()}&after={_quoted(found.next_after)}".replace("?&", "?")
    context = {
        "rows": list(_rows(subject, found.rows)),
        "heads": [_head(subject, name, sort) for name in SORTS],
        "more": more if found.next_after else "",
        "csv": f"{place}/cases.csv{subject.asked.address()}",
    }
    return tab_page(request, subject, "cases", **context)


def sort_of(subject: Subject) -> str:
    """What the list is sorted by."""
    sort = subject.asked.look("sort", USUAL)
    return sort if sort.lstrip("-") in SORTS else USUAL


def _quoted(case_id: str) -> str:
    return quote(case_id, safe="")


def _head(subject: Subject, name: str, sort: str) -> dict[str, Any]:
    turned = name if sort == f"-{name}" else f"-{name}"
    on = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return {
        "label": HEADS[name],
        "url": subject.asked.address(sort=turned),
        "on": on,
        "num": name in ("steps", "duration"),
    }


def _rows(subject: Subject, rows: Sequence[CaseRow]) -> Iterator[dict[str, Any]]:
    columns, place = subject.columns, f"/processes/{subject.process.key}/cases/"
    number_of = variants_for(subject).of_case
    most = max((row.duration for row in rows), default=0) or 1
    for row in rows:
        variant = subject.asked.with_("variant", fingerprint(columns, row.case))
        yield {
            "label": row.case_id,
            "url": f"{place}{_quoted(row.case_id)}/",
            "record": record_of(subject.process, row.case_id),
            "variant": _("Variant %(number)s") % {"number": count(int(number_of[row.case]) + 1)},
            "variant_url": variant.address(),
            "begun": moment_of(row.begun),
            "ended": moment_of(row.ended),
            "steps": count(row.steps),
            "duration": span(row.duration / SECOND),
            "width": round(100 * row.duration / most, 1),
        }


@page
def case_page_of(request: HttpRequest, key: str, case_id: str) -> HttpResponse:
    """One case: its steps in order, with the waiting between them."""
    subject = subject_of(request, key)
    case = case_of(subject.whole, case_id)
    if case is None:
        raise Http404(case_id)
    first, last = (int(at) for at in subject.whole.offsets[case : case + 2])
    left = last - first - MOST_EVENTS
    context = {
        "label": case_id,
        "record": record_of(subject.process, case_id),
        "events": list(_events(subject, case)),
        "beyond": _("and %(count)s more steps") % {"count": count(left)} if left > 0 else "",
        "facts": list(_facts(subject, case)),
        "filter_form": None,
    }
    return render(request, "processes/studio/case.html", frame_of(subject, "cases") | context)


def _events(subject: Subject, case: int) -> Iterator[dict[str, Any]]:
    columns, hues = subject.whole, hues_of(subject)
    first, last = (int(at) for at in columns.offsets[case : case + 2])
    shown = range(first, min(last, first + MOST_EVENTS))
    waits = [max(0, int(columns.begun_at[at] - columns.at[at - 1])) if at > first else 0 for at in shown]
    longest = max(waits, default=0) or 1
    for at, wait in zip(shown, waits, strict=True):
        key = columns.activities[columns.activity[at]]
        work = int(columns.at[at] - columns.begun_at[at])
        resource, unit = int(columns.resource[at]), int(columns.unit[at])
        yield {
            "label": subject.named(key),
            "hue": hues[key],
            "at": moment_of(int(columns.at[at])),
            "who": columns.resources[resource] if subject.sees_people and resource != NOBODY else "",
            "unit": columns.units[unit] if unit != NOBODY else "",
            "work": span(work / SECOND) if work else "",
            "wait": span(wait / SECOND) if wait >= SECOND else "",
            "heat": min(5, int(np.ceil(5 * np.sqrt(wait / longest)))) if wait else 0,
        }


def _facts(subject: Subject, case: int) -> Iterator[tuple[str, str]]:
    columns, kind = subject.whole, subject.process.case_kind
    took = int(durations(columns)[case])
    yield pgettext("of a case", "Duration"), span(took / SECOND)
    yield pgettext("of a case", "Steps"), count(int(columns.offsets[case + 1] - columns.offsets[case]))
    for name, labels in columns.attributes.items():
        if labels.codes[case] >= 0:
            value = labels.values[labels.codes[case]]
            yield attribute_named(kind, name), value_named(kind, name, value)


@page
def cases_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """All cases that are asked for."""
    subject = subject_of(request, key)
    columns = subject.columns
    numbers = variants_for(subject).of_case
    heads = ("case", "variant", "begun_at", "last_step_at", "steps", "seconds")
    took = durations(columns)

    def rows() -> Iterator[list[Any]]:
        for case in case_order(columns, sort_of(subject)).tolist():
            first, last = int(columns.offsets[case]), int(columns.offsets[case + 1]) - 1
            yield [
                columns.case_ids[case],
                int(numbers[case]) + 1,
                moment_of(int(columns.begun_at[first])).isoformat(),
                moment_of(int(columns.at[last])).isoformat(),
                last - first + 1,
                int(took[case]) / SECOND,
            ]

    return csv_file(f"{subject.process.key}-cases.csv", heads, rows())
