"""The object-centric map in words and numbers: what is to be known of each kind, the table, the answer for programs."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..measuring.steps import steps
from ..studio.spans import count, share, span
from .drawing import MOST_KINDS, SIGNS, kind_told
from .flows import Flows, often_of
from .log import ObjectLog
from .sharing import Shared

Named = Callable[[str], str]


def told_of_kinds(flows: Flows, kind_named: Named) -> list[dict[str, Any]]:
    """What is to be known of each kind: how many, and what it shares with others, in words."""
    log = flows.log
    return [
        kind_told(flow, place, log, kind_named)
        | {
            "objects": count(flows.shared[flow.kind].objects),
            "events": count(flows.shared[flow.kind].events),
            "notes": _notes(flows.shared[flow.kind], log, kind_named),
        }
        for place, flow in enumerate(flows.flows)
    ]


def _notes(told: Shared, log: ObjectLog, kind_named: Named) -> list[str]:
    notes = []
    if told.converging:
        text = ngettext(
            "%(count)s event mentions several of them and counts for each (convergence).",
            "%(count)s events mention several of them and count for each (convergence).",
            told.converging,
        )
        notes.append(text % {"count": count(told.converging)})
    for other, objects in sorted(told.diverging.items(), key=lambda each: -each[1]):
        if objects:
            text = _(
                "%(share)s of them do the same step for different objects of kind “%(other)s”: "
                "what follows need not be about the same one (divergence)."
            )
            notes.append(
                text % {"share": share(objects / max(1, told.objects)), "other": kind_named(log.kinds[other])}
            )
    return notes


def rows_of(flows: Flows, named: Named, kind_named: Named) -> list[dict[str, Any]]:
    """All arrows between steps as rows of a table, most frequent first within each kind."""
    rows = []
    for place, flow in enumerate(flows.flows):
        key = flows.log.kinds[flow.kind]
        for (a, b), times in sorted(flow.times.items(), key=lambda each: -flow.arrows[each[0]]):
            rows.append(
                {
                    "kind": kind_named(key),
                    "sign": SIGNS[place % MOST_KINDS],
                    "hue": place,
                    "from_label": named(flows.log.activities[a]),
                    "to_label": named(flows.log.activities[b]),
                    "count": count(flow.arrows[a, b]),
                    "median": span(times[1]),
                }
            )
    return rows


def answer_of(flows: Flows, named: Named, kind_named: Named) -> dict[str, Any]:
    """Everything that the map shows, for programs."""
    log = flows.log
    often = often_of(flows)
    answer: dict[str, Any] = {
        "kinds": [],
        "activities": {log.activities[code]: number for code, number in often.items()},
        "directly_follows": [],
        "start": [],
        "end": [],
        "labels": {log.activities[code]: named(log.activities[code]) for code in often},
    }
    for flow in flows.flows:
        key, told, done = log.kinds[flow.kind], flows.shared[flow.kind], steps(flow.columns)
        answer["kinds"].append(
            {
                "key": key,
                "label": kind_named(key),
                "objects": told.objects,
                "events": told.events,
                "mentions": told.times,
                "converging_events": told.converging,
                "diverging_objects": {log.kinds[other]: number for other, number in told.diverging.items()},
            }
        )
        answer["directly_follows"] += [
            {
                "kind": key,
                "from": log.activities[a],
                "to": log.activities[b],
                "count": flow.arrows[a, b],
                "mean_seconds": mean,
                "median_seconds": median,
                "p90_seconds": p90,
            }
            for (a, b), (mean, median, p90) in flow.times.items()
        ]
        for name, counts in (("start", done.start), ("end", done.end)):
            answer[name] += [
                {"kind": key, "activity": log.activities[code], "count": int(counts[code])}
                for code in np.flatnonzero(counts).tolist()
            ]
    return answer
