"""Moves that change in which order two steps are done: as one, side by side, or the other way round."""

from django.utils.translation import gettext as _

from ..bpmn.foreign_back import merged
from ..bpmn.model import Flow
from ..simulation.whatif.order_moves import Merge, Parallelise, Reorder
from .charts import CHOICE, INCLUSIVE, SPLIT, Chart
from .merging import bound_as_one, unmergeable
from .places import DoesNotFit, Places, good_way, named, way_on


def _between(chart: Chart, first: str, second: str) -> tuple[Flow, str]:
    """The flow with which a case comes to the second step from the first, and the choice between, "" for none."""
    on = way_on(chart, first)
    if on.target == second:
        return on, ""
    if chart.elements[on.target].kind == CHOICE:
        for flow in chart.out(on.target):
            if flow.target == second:
                return flow, on.target
    told = {"first": named(chart, first), "second": named(chart, second)}
    raise DoesNotFit(_("“%(second)s” does not follow “%(first)s” in the design.") % told)


def merge(chart: Chart, move: Merge, places: Places, _place: int) -> list[str]:
    """Do two steps that follow each other as one. Raises DoesNotFit."""
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    if choice:
        told = {"first": named(chart, first), "second": named(chart, second)}
        raise DoesNotFit(
            _("Between “%(first)s” and “%(second)s” the design decides: draw there what is merged.") % told
        )
    if fault := unmergeable(chart, first, second):
        raise DoesNotFit(fault)
    on = way_on(chart, second)
    by_second = move.role != "" and move.role in {
        role for step, role in places.roles.items() if places.elements.get(step) == second
    }
    if bound := bound_as_one(chart, first, second, by_second):
        chart.bindings[first] = bound
    asked = {key: one for key, one in chart.bindings.items() if one.get("of") == second}
    chart.bindings |= {key: {**one, "of": first} for key, one in asked.items()}
    both = f"{named(chart, first)} + {named(chart, second)}"
    one, two = (dict(chart.elements[each].names) for each in (first, second))
    names = tuple((language, f"{one[language]} + {two[language]}") for language in one if language in two)
    foreign, is_less = merged(chart.elements[first].foreign, chart.elements[second].foreign)
    if is_less:
        chart.lose(second)
    chart.change(first, name=both, names=names, foreign=foreign)
    chart.lead(way, chart.end_of(on))
    if not chart.into(second):
        for border in chart.border_of(second):
            chart.change(border.id, attached_to=first)
        chart.drop(second)
    return [both]


def parallelise(chart: Chart, move: Parallelise, places: Places, _place: int) -> list[str]:
    """Do two steps that follow each other side by side. Raises DoesNotFit."""
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    for each in (first, second):
        if any(border.interrupts and border.event != "compensate" for border in chart.border_of(each)):
            raise DoesNotFit(
                _("What stands on the border of “%(step)s” can end it: draw there what runs side by side.")
                % {"step": named(chart, each)}
            )
    end = way_on(chart, second)
    begin = choice or second
    others = [f for f in chart.out(choice) if f.id != way.id] if choice else []
    if (
        len(chart.into(begin)) > 1
        or len(chart.into(second)) > 1
        or any(f.target != end.target for f in others)
    ):
        raise DoesNotFit(
            _("Other ways lead to “%(step)s” or past it in the design: draw there what runs side by side.")
            % {"step": named(chart, second)}
        )
    if any("results" in chart.bindings.get(f.id, {}) for f in (way, *others)):
        told = {"first": named(chart, first), "second": named(chart, second)}
        raise DoesNotFit(_("Whether “%(second)s” is done hangs on what comes out of “%(first)s”.") % told)
    split, together = chart.add(SPLIT, first), chart.add(SPLIT, second)
    aim = end.target
    for flow in chart.out(aim):
        asked = chart.bindings.get(flow.id, {})
        if chart.elements[aim].kind in (CHOICE, INCLUSIVE) and "results" in asked:
            chart.bindings[flow.id] = {"of": second, **asked}
    begins = chart.into(first)
    door = chart.add(CHOICE, first) if len(begins) > 1 else split
    for flow in begins:
        chart.lead(flow, door)
    if door != split:
        chart.join(door, split)
    chart.lead(way_on(chart, first), together)
    chart.join(split, first)
    chart.join(split, begin)
    meet = chart.add(CHOICE, second) if others else together
    for flow in (end, *others):
        chart.lead(flow, meet)
    if others:
        chart.join(meet, together)
    chart.join(together, aim)
    return [named(chart, first), named(chart, second)]


def reorder(chart: Chart, move: Reorder, places: Places, _place: int) -> list[str]:
    """Do the second of two steps first. Raises DoesNotFit."""
    first, second = places.of(move.first), places.of(move.second)
    way, choice = _between(chart, first, second)
    if choice or len(chart.into(second)) > 1:
        raise DoesNotFit(
            _("Other ways lead to “%(step)s” or past it in the design: draw there what comes first.")
            % {"step": named(chart, second)}
        )
    on = way_on(chart, second)
    if chart.elements[on.target].kind == CHOICE and len(chart.out(on.target)) > 1:
        on = good_way(chart, on.target, first)
    aim = on.target
    for flow in chart.into(first):
        if flow.id != on.id:
            chart.lead(flow, second)
    chart.lead(on, first)
    chart.lead(way, aim)
    return [named(chart, second), named(chart, first)]
