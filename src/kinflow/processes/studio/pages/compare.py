"""Two groups of a process's cases side by side; differences that are more than noise are marked."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from kinflow.web.doors import page

from ..comparing import Compared, Pair, Row, compare
from ..groups import QUARTER, UNIT, Split, mask_of_group, splits_of
from ..spans import count, share, span
from ..subject import Subject, subject_of
from .frame import canonical, tab_page


@page
def compare_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """The comparison that the address asks for: `by` tells groups apart, `one` and `other` are two of them."""
    subject = subject_of(request, key)
    if elsewhere := canonical(request, subject):
        return elsewhere
    splits = splits_of(subject.columns, subject.process.case_kind, subject.zone)
    split = next((each for each in splits if each.key == request.GET.get("by")), None)
    split = split or next(iter(splits), None)
    if split is None:
        return tab_page(request, subject, "compare", splits=[])
    one, other = _chosen(split, request.GET.get("one", ""), request.GET.get("other", ""))
    masks = [mask_of_group(subject.columns, split.key, each, subject.zone) for each in (one, other)]
    masks = [mask & subject.ends.ended for mask in masks]
    if split.key == UNIT:  # whoever both units worked on belongs to neither alone
        masks = [masks[0] & ~masks[1], masks[1] & ~masks[0]]
    found = compare(subject.columns, *masks)
    words = dict(split.groups)
    context = {
        "splits": splits,
        "split": split,
        "one": one,
        "other": other,
        "names": (words[one], words[other]),
        "found": found,
        "tiles": _tiles(found),
        "rows": [_row(subject, each) for each in found.rows],
        "told": _told(found),
    }
    return tab_page(request, subject, "compare", **context)


def _chosen(split: Split, one: str, other: str) -> tuple[str, str]:
    """Two different groups, those asked for where they are there."""
    values = [value for value, _words in split.groups]
    usual = values[:2]
    if split.key == QUARTER:  # the latest is not over: what it began and has ended was quick
        usual = values[2:0:-1] if len(values) > 2 else values[1::-1]
    first = one if one in values else usual[0]
    second = (
        other
        if other in values and other != first
        else next(each for each in (*usual[::-1], *values) if each != first)
    )
    return first, second


def _told(found: Compared) -> str:
    real = sum(pair.is_real for row in found.rows for pair in (row.share, row.time)) + found.duration.is_real
    if not real:
        return _("No difference is more than chance.")
    return _("Differences marked by colour are more than chance: %(count)s.") % {"count": count(real)}


def _tiles(found: Compared) -> list[dict[str, Any]]:
    one, other = count(found.one), count(found.other)
    return [
        {"label": _("Cases"), "one": one, "other": other},
        {
            "label": _("Median duration"),
            "one": span(found.duration.one),
            "other": span(found.duration.other),
            **_mark(found.duration),
        },
    ]


def _row(subject: Subject, row: Row) -> dict[str, Any]:
    return {
        "from_label": subject.named(row.step),
        "to_label": subject.named(row.to) if row.to else "",
        "share": {"one": _share(row.share.one), "other": _share(row.share.other), **_mark(row.share)},
        "time": {"one": span(row.time.one), "other": span(row.time.other), **_mark(row.time)},
        "widths": [round(100 * (each or 0)) for each in (row.share.one, row.share.other)],
    }


def _share(part: float | None) -> str:
    return share(part) if part is not None else span(None)


def _mark(pair: Pair) -> dict[str, Any]:
    """Where the second group has more or less than the first, where that is more than chance."""
    if not pair.is_real or pair.one is None or pair.other is None:
        return {"mark": "", "p": ""}
    told = _("%(p)s, Mann-Whitney or Fisher, corrected for the number of tests")
    p = f"p = {pair.p:.3f}" if pair.p and pair.p >= 0.001 else "p < 0.001"
    return {"mark": "more" if pair.other > pair.one else "less", "p": told % {"p": p}}
