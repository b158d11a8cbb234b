"""What the object-centric map draws: steps, and for each kind of object its arrows in its colour, with its sign."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..studio.levels import BORDER
from ..studio.spans import count, span
from .flows import Flow, Flows, often_of
from .log import ObjectLog

SIGNS = "●■▲◆▼★⬟✚"
"""Kinds are told apart by these as well as by colour."""
MOST_KINDS = len(SIGNS)
OVERLAYS: Mapping[str, Any] = {
    "frequency": pgettext_lazy("overlay of a map", "Frequency"),
    "median": pgettext_lazy("overlay of a map", "Median"),
}
TITLES: Mapping[str, Any] = {
    "frequency": gettext_lazy("How often each step follows another for the objects of each kind"),
    "median": gettext_lazy("Median time from each step to the next for the objects of each kind"),
}
Named = Callable[[str], str]


def drawing_of(flows: Flows, named: Named, kind_named: Named, name: str) -> dict[str, Any]:
    """What the map draws, ready for JSON."""
    log = flows.log
    arrows = [
        arrow
        for place, flow in enumerate(flows.flows)
        for arrow in _arrows(log, flow, place, named, kind_named)
    ]
    levels: dict[str, int] = {}
    for arrow in arrows:
        for key in (arrow["from"], arrow["to"]):
            levels[key] = min(arrow["level"], levels.get(key, arrow["level"]))
    often, place = often_of(flows), _places(flows)
    boxes = [
        {
            "key": log.activities[code],
            "label": named(log.activities[code]),
            "level": levels[log.activities[code]],
            "words": dict.fromkeys(OVERLAYS, count(often[code])),
            "says": f"{named(log.activities[code])}: {_times(often[code])}",
        }
        for code in sorted(often, key=lambda each: place[each])
        if log.activities[code] in levels
    ]
    kinds = [kind_told(flow, place, log, kind_named) for place, flow in enumerate(flows.flows)]
    return {
        "name": name,
        "kinds": kinds,
        "steps": boxes,
        "arrows": sorted(arrows, key=lambda each: each["level"]),
        "rounds": [[f"{side}{kind['key']}" for kind in kinds] for side in ("▶", "■")],
        "most": _most(arrows),
        "titles": {key: str(title) for key, title in TITLES.items()},
        "words": {"shown": _("Steps {steps} of {all_steps} · paths {arrows} of {all_arrows}")},
    }  # fmt: skip


def kind_told(flow: Flow, place: int, log: ObjectLog, kind_named: Named) -> dict[str, Any]:
    """How a kind is called and drawn."""
    key = log.kinds[flow.kind]
    return {
        "key": key,
        "label": kind_named(key),
        "sign": SIGNS[place % MOST_KINDS],
        "hue": place,
        "begins": _("%(kind)s: begin") % {"kind": kind_named(key)},
        "ends": _("%(kind)s: end") % {"kind": kind_named(key)},
    }


def _arrows(log: ObjectLog, flow: Flow, place: int, named: Named, kind_named: Named) -> list[dict[str, Any]]:
    key, sign = log.kinds[flow.kind], SIGNS[place % MOST_KINDS]
    found = []
    for arrow, level in flow.levels.items():
        walked, times = flow.arrows[arrow], flow.times.get(arrow)
        before, after = (log.activities[code] if code != BORDER else "" for code in arrow)
        median = times[1] if times else 0.0
        told = count(walked) if not times else f"{count(walked)} · {span(median)}"
        found.append(
            {
                "key": f"{key}|{before}>{after}",
                "kind": place,
                "from": before or f"▶{key}",
                "to": after or f"■{key}",
                "level": level,
                "count": walked,
                "values": {"frequency": walked, "median": median},
                "words": {"frequency": f"{sign} {count(walked)}", "median": f"{sign} {told}"},
                "says": f"{kind_named(key)}: {_way(named, before, after)}: {_times(walked)}"
                + (f"; {_('median %(median)s') % {'median': span(median)}}" if times else ""),
            }
        )
    return found


def _way(named: Named, before: str, after: str) -> str:
    if not before:
        return _("begins with %(step)s") % {"step": named(after)}
    if not after:
        return _("ends with %(step)s") % {"step": named(before)}
    return _("%(before)s, then %(after)s") % {"before": named(before), "after": named(after)}


def _times(number: int) -> str:
    return _("%(count)s ×") % {"count": count(number)}  # noqa: RUF001 - the sign of times


def _places(flows: Flows) -> list[float]:
    """When each step usually comes in the lives of the chosen objects, 0 to 1: maps flow from first to last."""
    wide = len(flows.log.activities)
    total, often = np.zeros(wide), np.zeros(wide)
    for flow in flows.flows:
        columns = flow.columns
        sizes = np.diff(columns.offsets)[columns.case]
        along = (np.arange(columns.events) - columns.offsets[columns.case]) / np.maximum(sizes - 1, 1)
        total += np.bincount(columns.activity, weights=along, minlength=wide)
        often += np.bincount(columns.activity, minlength=wide)
    found: list[float] = (total / np.maximum(often, 1)).tolist()
    return found


def _most(arrows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    return {key: max((each["values"][key] for each in arrows), default=0.0) for key in OVERLAYS}
