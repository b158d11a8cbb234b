"""What the map draws: steps and arrows with their numbers in words, the stands of its slider, and its tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from ..columns.events import EventColumns
from ..measuring.spreads import Spread
from ..measuring.steps import work_times
from .levels import BORDER, Arrow, Level, arrows_of, first_levels, revealed, stands
from .spans import count, share
from .timing import ELAPSED, Timing

Named = Callable[[str], str]
Address = Callable[[str, str], str]

OVERLAYS: dict[str, Any] = {
    "frequency": pgettext_lazy("overlay of a map", "Frequency"),
    "median": pgettext_lazy("overlay of a map", "Median"),
    "mean": pgettext_lazy("overlay of a map", "Mean"),
    "p90": pgettext_lazy("overlay of a map", "90 %"),
    "total": pgettext_lazy("overlay of a map", "Total"),
}
RARE = 0.01
"""Arrows walked less than this part of the most walked one say little about times."""
TIMES = {"median": "median_seconds", "mean": "mean_seconds", "p90": "p90_seconds"}


@dataclass(frozen=True)
class Picture:
    """The map of a log: `data` for the drawing, `levels` of its slider, and its arrows slowest in total first."""

    data: Mapping[str, Any]
    levels: Sequence[Level]
    slowest: Sequence[Mapping[str, Any]]


def picture_of(
    columns: EventColumns,
    overview: Mapping[str, Any],
    named: Named,
    address: Address,
    name: str,
    timing: Timing = ELAPSED,
) -> Picture:
    """The picture of a log; `address` gives the link to the cases that fulfil a condition of the studio.

    `timing` says which time counts; the overview was counted by the same.
    """
    codes = {activity: code for code, activity in enumerate(columns.activities)}
    variants = overview["variants"]
    main_path = [codes[step] for step in variants[0]["steps"]] if variants else []
    walked = arrows_of(columns)
    shown = revealed(walked, main_path)
    levels = stands(columns, shown)
    measured = {(codes[each["from"]], codes[each["to"]]): each for each in overview["directly_follows"]}
    arrows = [
        _arrow(
            columns.activities, arrow, level, walked[arrow], measured.get(arrow, {}), named, address, timing
        )
        for arrow, level in sorted(shown.items(), key=lambda each: (each[1], -walked[each[0]]))
    ]
    steps = _steps(columns, overview["activities"], shown, named, address, timing)
    both = [each for each in arrows if each["from"] and each["to"]]
    data = {
        "name": name,
        "steps": steps,
        "arrows": arrows,
        "levels": [
            _level(each, most, timing) for each, most in zip(levels, _mosts(arrows, len(levels)), strict=True)
        ],
        "titles": {key: str(title) for key, title in timing.titles.items()},
        "words": {
            "shown": _(
                "Steps {steps} of {all_steps} · paths {arrows} of {all_arrows} · "
                "explains {cases} of cases, {moves} of moves"
            ),
            "start": pgettext("of a map", "Start"),
            "end": pgettext("of a map", "End"),
        },
    }
    slowest = sorted(both, key=lambda each: -each["values"]["total"])
    return Picture(data, levels, slowest)


def _level(level: Level, most: Mapping[str, float], timing: Timing) -> dict[str, Any]:
    return {
        "steps": level.steps,
        "arrows": level.arrows,
        "cases": share(level.cases),
        "moves": share(level.moves),
        "most": most,
        "most_words": {
            key: count(int(value)) if key == "frequency" else timing.say(value) for key, value in most.items()
        },
    }


def _mosts(arrows: Sequence[Mapping[str, Any]], levels: int) -> list[dict[str, float]]:
    """The highest value of each overlay at each level: where its colours end. Rare arrows do not stretch them."""
    seldom = RARE * max((each["count"] for each in arrows), default=0)
    found: list[dict[str, float]] = []
    most = dict.fromkeys(OVERLAYS, 0.0)
    for level in range(levels):
        shown = [each["values"] for each in arrows if each["level"] == level and each["count"] >= seldom]
        most = {key: max([most[key], *(values.get(key, 0.0) for values in shown)]) for key in OVERLAYS}
        found.append(most)
    return found


def _arrow(
    activities: Sequence[str],
    arrow: Arrow,
    level: int,
    walked: int,
    measured: Mapping[str, Any],
    named: Named,
    address: Address,
    timing: Timing,
) -> dict[str, Any]:
    before, after = (activities[code] if code != BORDER else None for code in arrow)
    values: dict[str, float] = {"frequency": walked}
    words = dict.fromkeys(OVERLAYS, count(walked))
    if measured:
        values |= {key: measured[field] for key, field in TIMES.items()}
        values["total"] = walked * measured["mean_seconds"]
        words |= {key: f"{count(walked)} · {timing.say(values[key])}" for key in (*TIMES, "total")}
    condition, what = walk_of(before, after, named)
    says = f"{what}: {_times(walked)}"
    if measured:
        says += "; " + _("median %(median)s, mean %(mean)s, 90 %% within %(p90)s") % {
            key: timing.say(values[key]) for key in TIMES
        }
    return {
        "key": f"{before or ''}>{after or ''}",
        "from": before,
        "to": after,
        "from_label": named(before) if before is not None else "",
        "to_label": named(after) if after is not None else "",
        "level": level,
        "count": walked,
        "values": values,
        "words": words,
        "says": says,
        "url": address(*condition),
    }


def walk_of(before: str | None, after: str | None, named: Named) -> tuple[tuple[str, str], str]:
    """The condition for the cases that walk an arrow (None: from or to the border), and the same in words."""
    if before is None:
        return ("begins", after or ""), _("begins with %(step)s") % {"step": named(after or "")}
    if after is None:
        return ("ends", before), _("ends with %(step)s") % {"step": named(before)}
    words = _("%(before)s, then %(after)s") % {"before": named(before), "after": named(after)}
    return ("directly", f"{before}>{after}"), words


def _times(number: int) -> str:
    return _("%(count)s ×") % {"count": count(number)}  # noqa: RUF001 - the sign of times


def _steps(
    columns: EventColumns,
    counts: Mapping[str, int],
    shown: Mapping[Arrow, int],
    named: Named,
    address: Address,
    timing: Timing,
) -> list[dict[str, Any]]:
    first = first_levels(shown)
    place = _places(columns)
    work = work_times(columns, clock=timing.clock)
    rows = []
    for code in sorted(first, key=lambda each: place[each]):
        key = columns.activities[code]
        values = {"frequency": counts[key]} | _work(work, code, counts[key])
        rows.append(
            {
                "key": key,
                "label": named(key),
                "level": first[code],
                "count": counts[key],
                "values": values,
                "words": {
                    overlay: f"{count(counts[key])} · {timing.say(values[overlay])}"
                    if overlay != "frequency" and overlay in values
                    else count(counts[key])
                    for overlay in OVERLAYS
                },
                "says": _step_says(named(key), values, timing),
                "url": address("through", key),
            }
        )
    return rows


def _work(work: Spread, code: int, done: int) -> dict[str, float]:
    """How long the work on a step takes, in seconds; empty where only one moment of each is known."""
    mean = float(work.mean[code])
    if not mean > 0:
        return {}
    return {
        "median": float(work.median[code]),
        "mean": mean,
        "p90": float(work.p90[code]),
        "total": mean * done,
    }


def _step_says(name: str, values: Mapping[str, float], timing: Timing) -> str:
    says = f"{name}: {_times(int(values['frequency']))}"
    if "mean" in values:
        says += "; " + _("work: median %(median)s, mean %(mean)s, 90 %% within %(p90)s") % {
            key: timing.say(values[key]) for key in TIMES
        }
    return says


def _places(columns: EventColumns) -> list[float]:
    """How far along its cases each step usually comes, 0 to 1: maps flow from first to last."""
    lengths = np.diff(columns.offsets)
    along = np.arange(columns.events) - np.repeat(columns.offsets[:-1], lengths)
    part = along / np.maximum(np.repeat(lengths, lengths) - 1, 1)
    wide = len(columns.activities)
    total = np.bincount(columns.activity, weights=part, minlength=wide)
    return [float(each) for each in total / np.maximum(np.bincount(columns.activity, minlength=wide), 1)]
