"""The pictures of a calibration: arrivals by hour of the week, and real against simulated curves."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...studio.spans import span
from .models import Calibration

GRID = 40
TAIL = 96
"""The curve ends where so many hundredths of both sides are over."""


def heat_of(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Arrivals by weekday and hour: cases an hour, and how strong the colour of each cell is (0 to 100)."""
    rates = np.array(facts["hourly"]).reshape(7, 24)
    most = max(float(rates.max()), 1e-9)
    return [
        {
            "day": str(WEEKDAYS[day]),
            "cells": [
                {"hour": hour, "rate": f"{rate:.2g}" if rate else "", "heat": round(100 * rate / most)}
                for hour, rate in enumerate(rates[day].tolist())
            ],
        }
        for day in range(7)
    ]


def charts_of(row: Calibration) -> list[dict[str, Any]]:
    """The charts of a hold-out check, as the tab Times draws them."""
    makers = (("curve", cycle_chart), ("open_curve", open_chart))
    charts = [make(row.holdout) for name, make in makers if row.holdout.get(name)]
    return [chart | {"json": json.dumps(chart["data"], ensure_ascii=False)} for chart in charts]


def _names() -> tuple[str, str]:
    return pgettext("side of a check", "Real"), pgettext("side of a check", "Simulated")


def cycle_chart(holdout: Mapping[str, Any]) -> dict[str, Any]:
    """What share of cases is over within which time."""
    curve = np.array(holdout["curve"])
    shares = np.linspace(0, 100, len(curve))
    grid = np.linspace(0, max(float(curve[TAIL * (len(curve) - 1) // 100].max()), 1e-3), GRID)
    sides = [np.interp(grid, curve[:, k], shares, left=0, right=100).round(1).tolist() for k in (0, 1)]
    return _chart(
        _("How long cases take: real and simulated"),
        _("Per cent of the later cases that are over within this time"),
        pgettext("column of a table", "Within"),
        [span(hours * 3600) for hours in grid.tolist()],
        sides,
    )


def open_chart(holdout: Mapping[str, Any]) -> dict[str, Any]:
    """Open cases by day of the later period."""
    curve = np.array(holdout["open_curve"])
    return _chart(
        _("Open cases: real and simulated"),
        _("Of the cases that began in the later part, those open at the end of each of its days"),
        pgettext("column of a table", "Day"),
        [str(day + 1) for day in range(len(curve))],
        [curve[:, k].round(1).tolist() for k in (0, 1)],
    )


def _chart(title: str, text: str, head: str, x: list[str], sides: list[list[float]]) -> dict[str, Any]:
    real, simulated = _names()
    series = [{"name": real, "values": sides[0]}, {"name": simulated, "values": sides[1]}]
    rows = [(name, f"{a:,.1f}", f"{b:,.1f}") for name, a, b in zip(x, *sides, strict=True)]
    data = {"kind": "lines", "x": x, "series": series}
    return {
        "title": title,
        "text": text,
        "wide": False,
        "data": data,
        "heads": (head, real, simulated),
        "rows": rows,
    }
