"""The variants of a process: the orders in which its steps are done, most frequent first."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kinflow.web.doors import page

from ...measuring.steps import durations
from ...measuring.variants import Variants, steps_of, variants
from ..fingerprints import fingerprint
from ..remembering import remembered
from ..spans import count, share, span
from ..subject import Subject, subject_of
from .files import csv_file
from .frame import canonical, hues_of, tab_page

PAGE = 25
MOST_STEPS = 24
WIDE, HIGH = 320, 96
CURVE_POINTS = 80
SECOND = 1_000_000


@page
def variants_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """The variants as bars, with the curve of how many cases they explain together."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    found = variants_for(subject)
    shown = _wanted(request.GET.get("first", ""))
    rows = list(_rows(subject, found, shown))
    more = f"{subject.asked.address()}&first={shown + 4 * PAGE}".replace("?&", "?")
    context = {
        "rows": rows,
        "told": told_of(found.count),
        "curve": curve_of(found.count),
        "more": more if shown < len(found.count) else "",
        "csv": f"/processes/{subject.process.key}/variants.csv{subject.asked.address()}",
    }
    return tab_page(request, subject, "variants", **context)


def _wanted(first: str) -> int:
    return min(max(int(first), PAGE), 2_000) if first.isdecimal() and len(first) < 9 else PAGE


def variants_for(subject: Subject) -> Variants:
    """The variants of the part asked for."""
    return remembered(subject.columns, "variants", lambda: variants(subject.columns))


def _rows(subject: Subject, found: Variants, shown: int) -> Iterator[dict[str, Any]]:
    columns, hues = subject.columns, hues_of(subject)
    took = durations(columns) / SECOND
    so_far = 0
    for number, (example, cases) in enumerate(
        zip(found.example[:shown].tolist(), found.count[:shown].tolist(), strict=True)
    ):
        so_far += cases
        runs = [(step, len(list(same))) for step, same in groupby(steps_of(columns, example))]
        variant = subject.asked.with_("variant", fingerprint(columns, example))
        yield {
            "number": number + 1,
            "url": f"/processes/{subject.process.key}/cases/{variant.address(show='', level='')}",
            "width": round(100 * cases / found.count[0], 1),
            "cases": count(cases),
            "share": share(cases / max(1, columns.cases)),
            "so_far": share(so_far / max(1, columns.cases)),
            "median": span(float(np.median(took[found.of_case == number]))),
            "steps": [
                {"label": subject.named(step), "hue": hues[step], "times": times}
                for step, times in runs[:MOST_STEPS]
            ],
            "more": _("and %(count)s more") % {"count": count(len(runs) - MOST_STEPS)}
            if len(runs) > MOST_STEPS
            else "",
        }


def told_of(counts: NDArray[np.int64]) -> str:
    """What the curve says in words."""
    total = int(np.sum(counts))
    if not total:
        return ""
    enough = int(np.searchsorted(np.cumsum(counts), 0.8 * total)) + 1
    return _("%(all)s variants; the %(few)s most frequent explain 80 %% of the cases.") % {
        "all": count(len(counts)),
        "few": count(enough),
    }


def curve_of(counts: NDArray[np.int64]) -> str:
    """The path of the share of cases (upwards) that the first variants (along) explain."""
    total = int(np.sum(counts))
    if not total:
        return ""
    so_far = np.concatenate(([0], np.cumsum(counts))) / total
    at = np.unique(np.linspace(0, len(so_far) - 1, CURVE_POINTS).astype(int))
    places = (f"{WIDE * k / (len(so_far) - 1):.1f} {HIGH * (1 - so_far[k]):.1f}" for k in at)
    return "M" + " L".join(places)


@page
def variants_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """All variants of the part asked for."""
    subject = subject_of(request, key)
    found = variants_for(subject)
    rows = (
        [number + 1, cases, " > ".join(subject.named(step) for step in steps_of(subject.columns, example))]
        for number, (example, cases) in enumerate(
            zip(found.example.tolist(), found.count.tolist(), strict=True)
        )
    )
    return csv_file(f"{subject.process.key}-variants.csv", ("variant", "cases", "steps"), rows)
