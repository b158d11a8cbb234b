"""The pictures of a what-if: the devil's quadrangle, and the load of roles before and after."""

import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...studio.spans import share
from .kinds import ROLE, Named
from .models import WhatIf

RADIUS, CENTRE, LEAST, MOST = 80.0, 130.0, 0.25, 2.0
AT = ((0, -1), (1, 0), (0, 1), (-1, 0))


def quadrangle_of(row: WhatIf) -> dict[str, Any]:
    """Time, cost, quality and flexibility after the moves against before: outside the dashed square is better."""
    rows, versatile = row.figures["rows"], row.figures["versatility"]
    is_priced = bool(rows["cost"]["before"][0])
    corners = [
        (_("Time"), _("mean cycle time"), _ratio(*_sides(rows["cycle_mean"]))),
        (_("Cost"), _("cost of a case") if is_priced else _("work on a case"),
         _ratio(*_sides(rows["cost" if is_priced else "work"]))),
        (_("Quality"), _("steps done again"), _ratio(*_sides(rows["rework"]))),
        (_("Flexibility"), _("people who could do a step"), _ratio(versatile[1], versatile[0])),
    ]  # fmt: skip
    return {
        "usual": _points([1.0] * 4),
        "after": _points([ratio for _name, _by, ratio in corners]),
        "corners": [
            {"name": name, "by": by, "factor": f"{ratio:.2f}"} for name, by, ratio in corners
        ],
        "labels": [
            {"name": corner[0], "x": CENTRE + 1.1 * x * RADIUS * MOST / 2, "y": CENTRE + 1.1 * y * RADIUS + 4,
             "anchor": ("start" if x > 0 else "end" if x < 0 else "middle")}
            for corner, (x, y) in zip(corners, AT, strict=True)
        ],
    }  # fmt: skip


def _sides(found: dict[str, Any]) -> tuple[float, float]:
    return found["before"][0] or 0.0, found["after"][0] or 0.0


def _ratio(before: float, after: float) -> float:
    """How many times better it is, where less is better."""
    if before == after:
        return 1.0
    return min(MOST, max(LEAST, before / after)) if after else MOST


def _points(ratios: list[float]) -> str:
    return " ".join(
        f"{CENTRE + x * ratio / MOST * RADIUS:.1f},{CENTRE + y * ratio / MOST * RADIUS:.1f}"
        for ratio, (x, y) in zip(ratios, AT, strict=True)
    )


def load_chart(row: WhatIf, named: Named) -> dict[str, Any] | None:
    """The work that comes for each role as a share of the hours of all who fill it; None where nobody is known."""
    loads = row.figures["load"]
    if not loads:
        return None
    heads = (pgettext("side of a what-if", "Before"), pgettext("side of a what-if", "After"))
    names = [named(ROLE, role) for role in loads]
    means = [[(side[0] if side else None) or 0.0 for side in sides] for sides in loads.values()]
    series = [
        {"name": heads[side], "values": [round(100 * mean[side], 1) for mean in means], "bars": True}
        for side in (0, 1)
    ]
    return {
        "title": _("Load of roles before and after"),
        "text": _("Work that comes for a role, in per cent of the hours of all who fill it"),
        "wide": False,
        "json": json.dumps({"kind": "lines", "x": names, "series": series}, ensure_ascii=False),
        "heads": (_("Role"), *heads),
        "rows": [(name, share(one), share(two)) for name, (one, two) in zip(names, means, strict=True)],
    }
