"""Bloat: decisions far from the work, and layers in which few people are led, by the organisation's chart.

How far a decision is taken from the work is how many lines of the chart lie between who had the case before and who
decides. Asked by Mann-Whitney: do cases wait longer for far decisions than for the next step of somebody who has them
already? Narrow spans are asked of by the exact binomial test: do more than half of those who lead lead so few? Logs
of other systems have no chart, and then nothing is asked.
"""

from collections.abc import Iterator

import numpy as np

from kinflow.organisation.lines import least_layers

from ..chances import at_least, larger
from ..context import Chart
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Places, View
from .checks import answers_of

LEAST = 30
FAR = 2
"""Lines; somebody's own lead is one away."""
GOES_UP = 0.5
"""A step in which this share of cases goes to somebody above is a decision, too."""
NARROW, GOOD_SPAN = 3, 8
"""Who leads no more leads few; how many layers a chart needs is reckoned with so many, which is a rule of thumb."""
ENOUGH = 20


def far_decisions(view: View) -> Iterator[Candidate]:
    """One candidate for each step that decides: it says yes and no, or is mostly done by somebody above."""
    if view.context.chart is None:
        return
    up, down = view.lines_from_work
    for step, places in enumerate(view.by_step):
        known = places[up[places] >= 0]
        if len(known) < LEAST:
            continue
        goes_up = float(((up[known] > 0) & (down[known] == 0)).mean()) >= GOES_UP
        if goes_up or answers_of(view, places) is not None:
            yield _far(view, view.columns.activities[step], known, up, down)


def _far(view: View, step: str, known: Places, up: Places, down: Places) -> Candidate:
    away = up[known] + down[known]
    far = known[away >= FAR]
    found = larger(view.wait[view.once_a_case(far)], view.inside_waits)
    mean = float(view.wait[far].mean()) if len(far) else 0.0
    is_large = len(far) >= LEAST and found.effect >= 0.6 and mean > 1

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        usual = float(np.median(view.inside_waits)) if len(view.inside_waits) else 0.0
        facts: dict[str, str | float] = {
            "step": step,
            "times": len(far),
            "share": len(far) / len(known),
            "lines": float(away[away >= FAR].mean()),
            "wait": mean,
        }
        return facts, loss_of(view, far, usual=usual), (_by_lines(view, known, away),)

    test = Test("mann_whitney", found.p, "a12", found.effect)
    return Candidate("far_decision", (step,), test, is_large, tell, is_general=True)


def _by_lines(view: View, known: Places, away: Places) -> Exhibit:
    rows = []
    for lines in np.unique(away):
        mine = known[away == lines]
        rows.append((int(lines), float(view.wait[mine].mean()), len(mine)))
    return Exhibit("by_lines", "bars", ("count:lines", "hours:mean", "count:times"), tuple(rows))


def narrow_spans(view: View) -> Iterator[Candidate]:
    """At most one candidate: those who lead few and take part in the process."""
    chart = view.context.chart
    if chart is None:
        return
    spans = chart.lines.spans
    leads, narrow = np.flatnonzero(spans), np.flatnonzero((spans > 0) & (spans <= NARROW))
    up, down = view.lines_from_work
    resource = view.columns.resource
    at = (
        np.where(resource >= 0, chart.place[resource], -1) if len(chart.place) else np.full(len(resource), -1)
    )
    places = np.flatnonzero((up > 0) & (down == 0) & np.isin(at, narrow))
    if len(view.once_a_case(places)) >= ENOUGH:
        yield _narrow(view, chart, places, (len(narrow), len(leads)))


def _narrow(view: View, chart: Chart, places: Places, counts: tuple[int, int]) -> Candidate:
    narrow, leads = counts
    waits = larger(view.wait[view.once_a_case(places)], view.inside_waits)
    people, layers = len(chart.lines.above), int(chart.lines.layers.max())
    least = least_layers(people, GOOD_SPAN)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        usual = float(np.median(view.inside_waits)) if len(view.inside_waits) else 0.0
        facts: dict[str, str | float] = {
            "leads": leads,
            "narrow": narrow,
            "span": float(chart.lines.spans[chart.lines.spans > 0].mean()),
            "layers": layers,
            "least": least,
            "of_people": people,
            "times": len(places),
            "wait": float(view.wait[places].mean()),
        }
        return facts, loss_of(view, places, usual=usual), (_layers(chart), _spans(chart))

    p = max(at_least(narrow, leads, 0.5), waits.p)
    is_large = layers > least and waits.effect >= 0.6
    test = Test("binomial_mann_whitney", p, "share", narrow / leads)
    return Candidate("narrow_spans", (), test, is_large, tell, is_general=True)


def _layers(chart: Chart) -> Exhibit:
    counts = np.bincount(chart.lines.layers)
    rows = tuple((layer, int(count)) for layer, count in enumerate(counts) if count)
    return Exhibit("layers", "bars", ("count:layer", "count:people"), rows)


def _spans(chart: Chart) -> Exhibit:
    spans = chart.lines.spans
    counts = np.bincount(np.minimum(spans[spans > 0], 15))
    rows = tuple((span, int(count)) for span, count in enumerate(counts) if count)
    return Exhibit("spans", "bars", ("count:span", "count:leads"), rows)
