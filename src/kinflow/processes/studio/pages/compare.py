"""Two groups of a process's cases side by side; differences that are more than noise are marked."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.web.doors import page

from ..comparing import Compared, Pair, Row, compare
from ..groups import QUARTER, UNIT, Split, days_of_quarter, mask_of_group, splits_of
from ..levels import usual
from ..remembering import remembered
from ..spans import count, share, span
from ..subject import Subject, subject_of
from ..twin import OVERLAYS, twin_of
from .frame import canonical, tab_page, times_of

USUAL_OVERLAY = "median"
MOST_ARROWS = 18
"""Of the two maps at first: each has half the room."""


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
    place = (split.key, one, other, subject.zone.key, subject.process.version, subject.timing.key)
    found = remembered(
        subject.columns,
        ("compared", *place),
        lambda: compare(subject.columns, *masks, clock=subject.timing.clock),
    )
    words = dict(split.groups)
    context = {
        "splits": splits,
        "split": split,
        "one": one,
        "other": other,
        "names": (words[one], words[other]),
        "found": found,
        "tiles": _tiles(subject, found),
        "rows": [_row(subject, each) for each in found.rows],
        "told": _told(found),
        "times": times_of(subject),
    }
    if found.one and found.other:
        addresses = [_address(subject, split.key, each) for each in (one, other)]
        twin = remembered(
            subject.columns,
            ("twin", *place, get_language(), subject.asked.conditions),
            lambda: twin_of(
                subject.columns,
                (masks[0], masks[1]),
                found,
                (words[one], words[other]),
                addresses,
                subject.named,
                subject.timing,
            ),
        )
        context |= _maps(subject, twin, {"by": split.key, "one": one, "other": other})
    return tab_page(request, subject, "compare", **context)


def _maps(subject: Subject, twin: dict[str, Any], chosen: dict[str, str]) -> dict[str, Any]:
    """What the two maps show first: the overlay and the level of the address."""
    overlay = subject.asked.look("show", USUAL_OVERLAY)
    overlay = overlay if overlay in OVERLAYS else USUAL_OVERLAY
    asked, last = subject.asked.look("level"), len(twin["levels"]) - 1
    level = min(int(asked), last) if asked.isdecimal() else max(0, usual(twin["stands"], arrows=MOST_ARROWS))
    at = twin["levels"][level]
    sizes = {"all_steps": len(twin["steps"]), "all_arrows": len(twin["arrows"])}
    query = "&" + urlencode(chosen)
    drawn = {key: value for key, value in twin.items() if key != "stands"}
    return {
        "twin": {"json": json.dumps(drawn, ensure_ascii=False), "title": twin["titles"][overlay]},
        "overlay": overlay,
        "overlays": [
            {"key": key, "label": label, "url": subject.asked.address(show=key) + query}
            for key, label in OVERLAYS.items()
        ],
        "times": [each | {"url": each["url"] + query} for each in times_of(subject)],
        "level": level,
        "last_level": last,
        "shown": twin["words"]["shown"].format(**sizes, **at),
        "chosen": chosen.items(),
    }


def _address(subject: Subject, split: str, value: str) -> Callable[[str, str], str]:
    """The links to the cases of a group that fulfil a condition."""
    asked, place = subject.asked, f"/processes/{subject.process.key}/cases/"
    if split == QUARTER:
        first, last = days_of_quarter(value)
        asked = asked.with_("from", first.isoformat()).with_("to", last.isoformat())
    elif split == UNIT:
        asked = asked.with_("unit", value)
    else:
        asked = asked.with_("is", f"{split.removeprefix('is:')}:{value}")
    return lambda kind, what: place + asked.with_(kind, what).address(show="", level="")


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


def _tiles(subject: Subject, found: Compared) -> list[dict[str, Any]]:
    one, other = count(found.one), count(found.other)
    return [
        {"label": _("Cases"), "one": one, "other": other},
        {
            "label": _("Median duration"),
            "one": subject.timing.say(found.duration.one),
            "other": subject.timing.say(found.duration.other),
            **_mark(found.duration),
        },
    ]


def _row(subject: Subject, row: Row) -> dict[str, Any]:
    say = subject.timing.say
    return {
        "from_label": subject.named(row.step),
        "to_label": subject.named(row.to) if row.to else "",
        "share": {"one": _share(row.share.one), "other": _share(row.share.other), **_mark(row.share)},
        "time": {"one": say(row.time.one), "other": say(row.time.other), **_mark(row.time)},
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
