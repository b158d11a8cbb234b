"""Two groups of cases as two maps of one layout, with the differences that are more than chance marked."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from numpy.typing import NDArray

from ..columns import EventColumns
from ..columns.filtering import Mask, sub_log
from ..measuring.steps import steps
from ..measuring.variants import steps_of, variants
from .comparing import Compared, Pair, Row
from .levels import BORDER, Arrow, arrows_of, first_levels, revealed, stands
from .picture import Named, walk_of
from .spans import share
from .timing import Timing

OVERLAYS: Mapping[str, Any] = {
    "frequency": pgettext_lazy("overlay of two maps", "Share of cases"),
    "median": pgettext_lazy("overlay of two maps", "Median time"),
}
TITLES = {"frequency": gettext_lazy("Which share of its cases goes each way")}
SIGNS = {"more": "↑", "less": "↓", "": ""}
Shares = Mapping[Arrow, tuple[float, float]]


def twin_of(
    columns: EventColumns,
    masks: tuple[Mask, Mask],
    compared: Compared,
    names: tuple[str, str],
    addresses: Sequence[Any],
    named: Named,
    timing: Timing,
) -> dict[str, Any]:
    """What the two maps draw.

    `levels` (as `stands`, in words), `steps` and `arrows` are those of both groups' cases together, so that both maps
    stand alike; `sides` has the numbers of each by key. `addresses` give, for each group, the link to the cases that
    fulfil a condition.
    """
    both = sub_log(columns, masks[0] | masks[1])
    most_frequent = variants(both).example[:1].tolist()
    codes = {activity: code for code, activity in enumerate(both.activities)}
    main_path = [codes[step] for case in most_frequent for step in steps_of(both, case)]
    walked = arrows_of(both)
    shown = revealed(walked, main_path)
    levels = stands(both, shown)
    rows = {(row.step, row.to): row for row in compared.rows}
    sizes = (compared.one, compared.other)
    shares, through = _shares(columns, masks, sizes), _through(columns, masks, sizes)
    arrows = [
        _arrow(both.activities, arrow, level, rows, shares, named, timing)
        for arrow, level in sorted(shown.items(), key=lambda each: (each[1], -walked[each[0]]))
    ]
    boxes = _steps(both, shown, rows, through, named, timing)
    return {
        "name": " · ".join(names),
        "steps": [_joint(each) for each in boxes],
        "arrows": [_joint(each) for each in arrows],
        "stands": levels,
        "levels": [
            {"steps": at.steps, "arrows": at.arrows, "cases": share(at.cases), "moves": share(at.moves)}
            for at in levels
        ],
        "sides": [_side(number, names[number], [*boxes, *arrows], addresses[number]) for number in (0, 1)],
        "most": {"frequency": 100.0, "median": _most(arrows)},
        "most_words": {"frequency": share(1.0), "median": timing.say(_most(arrows))},
        "titles": {"frequency": str(TITLES["frequency"]), "median": str(timing.titles["median"])},
        "words": {
            "shown": _(
                "Steps {steps} of {all_steps} · paths {arrows} of {all_arrows} · "
                "explains {cases} of cases, {moves} of moves"
            ),
            "start": pgettext("of a map", "Start"),
            "end": pgettext("of a map", "End"),
        },
    }


def _shares(columns: EventColumns, masks: tuple[Mask, Mask], sizes: tuple[int, int]) -> Shares:
    """The share of each group's cases that walk each arrow, also from the border to the first step and from the last."""
    wide = len(columns.activities) + 1
    found: dict[Arrow, list[float]] = {}
    for number, mask in enumerate(masks):
        part = sub_log(columns, mask)
        for key, cases in _by_cases(part, wide):
            found.setdefault(key, [0.0, 0.0])[number] = cases / max(1, sizes[number])
    return {key: (each[0], each[1]) for key, each in found.items()}


def _through(columns: EventColumns, masks: tuple[Mask, Mask], sizes: tuple[int, int]) -> NDArray[np.float64]:
    """The share of each group's cases (columns) that go through each step (rows)."""
    counted = [
        steps(sub_log(columns, mask)).cases / max(1, size) for mask, size in zip(masks, sizes, strict=True)
    ]
    return np.column_stack(counted)


def _by_cases(part: EventColumns, wide: int) -> list[tuple[Arrow, int]]:
    """Each arrow with how many cases walk it at least once."""
    filled = np.flatnonzero(np.diff(part.offsets) > 0)
    first, last = part.offsets[:-1][filled], part.offsets[1:][filled] - 1
    follows = np.flatnonzero(part.case[1:] == part.case[:-1])
    before, after = part.activity[follows].astype(np.int64), part.activity[follows + 1].astype(np.int64)
    pairs: NDArray[np.int64] = np.concatenate(
        [
            (before + 1) * wide + after + 1,
            part.activity[first].astype(np.int64) + 1,
            (part.activity[last].astype(np.int64) + 1) * wide,
        ]
    )
    cases = np.concatenate([part.case[follows], filled, filled]).astype(np.int64)
    single = np.unique(pairs * max(1, part.cases) + cases) // max(1, part.cases)
    codes, counts = np.unique(single, return_counts=True)
    return [
        ((int(code) // wide - 1, int(code) % wide - 1), int(count))
        for code, count in zip(codes, counts, strict=True)
    ]


def _arrow(
    activities: Sequence[str],
    arrow: Arrow,
    level: int,
    rows: Mapping[tuple[str, str], Row],
    shares: Shares,
    named: Named,
    timing: Timing,
) -> dict[str, Any]:
    before, after = (activities[code] if code != BORDER else None for code in arrow)
    condition, what = walk_of(before, after, named)
    row = rows.get((before or "", after or "")) if before and after else None
    numbers = _numbers(row, shares.get(arrow, (0.0, 0.0)), what, timing)
    key = f"{before or ''}>{after or ''}"
    return {"key": key, "from": before, "to": after, "level": level, "condition": condition, **numbers}


def _steps(
    both: EventColumns,
    shown: Mapping[Arrow, int],
    rows: Mapping[tuple[str, str], Row],
    through: NDArray[np.float64],
    named: Named,
    timing: Timing,
) -> list[dict[str, Any]]:
    first = first_levels(shown)
    wide = len(both.activities)
    along = np.arange(both.events) - both.offsets[both.case]
    place = np.bincount(both.activity, weights=along, minlength=wide)
    often = np.maximum(np.bincount(both.activity, minlength=wide), 1)
    found = []
    for code in sorted(first, key=lambda each: float(place[each] / often[each])):
        key = both.activities[code]
        row = rows.get((key, ""))
        one, other = through[code].tolist()
        numbers = _numbers(row, (one, other), named(key), timing)
        told = {"key": key, "label": named(key), "level": first[code], "condition": ("through", key)}
        found.append(told | numbers)
    return found


def _numbers(row: Row | None, shares: tuple[float, float], what: str, timing: Timing) -> dict[str, Any]:
    """Shares and times of both groups in numbers and words, which of them differ, and all of it as a sentence."""
    share_pair = row.share if row and row.share.one is not None else Pair(*shares, None)
    time_pair = row.time if row else Pair(None, None, None)
    sides = []
    for number in (0, 1):
        part, time = _of(share_pair, number) or 0.0, _of(time_pair, number)
        marks = {"frequency": _mark(share_pair, number), "median": _mark(time_pair, number)}
        words = {"frequency": share(part), "median": timing.say(time) if time is not None else share(part)}
        told = [_("%(share)s of cases") % {"share": share(part)}]
        if time is not None:
            told.append(_("median %(median)s") % {"median": timing.say(time)})
        if any(marks.values()):
            told.append(_("differs by more than chance"))
        sides.append(
            {
                "values": {"frequency": 100 * part, "median": time or 0.0},
                "words": {key: f"{word} {SIGNS[marks[key]]}".rstrip() for key, word in words.items()},
                "marks": marks,
                "count": 100 * part,
                "absent": part == 0,
                "says": f"{what}: {', '.join(told)}",
            }
        )
    return {"sides": sides}


def _of(pair: Pair, number: int) -> float | None:
    return pair.other if number else pair.one


def _mark(pair: Pair, number: int) -> str:
    """Whether this group has more or less than the other one, where that is more than chance."""
    if not pair.is_real or pair.one is None or pair.other is None:
        return ""
    return "more" if (pair.other > pair.one) == bool(number) else "less"


def _joint(part: Mapping[str, Any]) -> dict[str, Any]:
    """What both maps share: where it stands, and the wider of both words to keep room for."""
    words = [side["words"] for side in part["sides"]]
    widest = {key: max((each[key] for each in words), key=len) for key in OVERLAYS}
    return {key: part[key] for key in part if key not in ("sides", "condition")} | {"words": widest}


def _side(number: int, name: str, parts: Sequence[Mapping[str, Any]], address: Any) -> dict[str, Any]:
    return {
        "name": name,
        "parts": {
            part["key"]: part["sides"][number] | {"url": address(*part["condition"])} for part in parts
        },
    }


def _most(arrows: Sequence[Mapping[str, Any]]) -> float:
    """The longest time of an arrow that is not rare in both groups: where colours end."""
    usual = [
        side["values"]["median"]
        for arrow in arrows
        for side in arrow["sides"]
        if side["values"]["frequency"] >= 2
    ]
    return float(max(usual, default=0.0))
