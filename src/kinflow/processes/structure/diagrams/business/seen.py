"""What the diagram shows of the processes that were asked for: their lanes, steps and hand-overs, and the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.http import QueryDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from ....bpmn.drawing import HANDOVER, drawn
from ....bpmn.layout import laid_out
from ....bpmn.model import Model
from ....columns import EventColumns
from ....definitions.labels import labels_of
from ....definitions.models import Process
from ....definitions.reading import columns_with_ids
from ....definitions.steps import Level
from ....discovery.follows import directly_follows
from ....discovery.inductive import TooManyActivities, discover_tree
from ....discovery.modelling import model_of_tree
from ....discovery.trees import Tree
from ....studio.asked import Asked
from ....studio.remembering import remembered
from ....studio.spans import count, share
from ...logs import processes_for, whole_of
from ..units import Width, renamer
from .doing import Doing, Handover, doings_of, handovers_of, in_lanes, lanes_of
from .pooled import crossings, pooled

Depth = Literal["phases", "steps"]
USUAL_NOISE, MOST_NOISE = 20, 60
MOST_PROCESSES = 6
NEARLY_ALL = 0.95


@dataclass(frozen=True)
class Wanted:
    """Which processes, how finely their steps are told apart, what a lane is, what is left out as rare (per cent)."""

    processes: tuple[Process, ...]
    depth: Depth
    width: Width
    noise: int


@dataclass(frozen=True)
class Part:
    """One process in the diagram; `tree` is None where it has too many kinds of steps for a model."""

    process: Process
    tree: Tree | None
    doings: Sequence[Doing]
    handovers: Sequence[Handover]
    followed: Mapping[tuple[str, str], int]
    labels: Mapping[str, str]

    def named(self, step: str) -> str:
        """What a step is called."""
        return self.labels.get(step, step)


def wanted(query: QueryDict, by: Actor) -> Wanted:
    """What the address asks for; all our own processes by their phases where it names none."""
    there = processes_for(by, only_ours=False)
    keys = query.getlist("process")
    chosen = [each for each in there if each.key in keys][:MOST_PROCESSES]
    chosen = chosen or whole_of(there)[:MOST_PROCESSES] or there[:1]
    depth: Depth = "phases" if len(chosen) > 1 else "steps"
    depth = {"phases": "phases", "steps": "steps"}.get(query.get("depth", ""), depth)  # type: ignore[assignment]
    noise = query.get("noise", "")
    return Wanted(
        tuple(chosen),
        depth,
        "units" if query.get("lanes") == "units" else "departments",
        min(int(noise), MOST_NOISE) if noise.isdecimal() and len(noise) < 4 else USUAL_NOISE,
    )


def parts_of(asked: Wanted, by: Actor) -> list[Part]:
    """The processes with what was found in their logs; those without a log, or with an empty one, are left out."""
    found = []
    for process in asked.processes:
        try:
            columns = columns_with_ids(process, by, level=asked.depth)
        except NotFound:
            continue
        if columns.events:
            found.append(_part(process, columns, asked))
    return found


def _part(process: Process, columns: EventColumns, asked: Wanted) -> Part:
    lane_of = renamer(asked.width, bool(process.case_kind))
    names = tuple(lane_of(unit) for unit in columns.units)
    key = ("business diagram", asked.noise, names, get_language())

    def make() -> Part:
        laned = in_lanes(columns, lane_of)
        follows = directly_follows(columns)
        steps = follows.activities
        followed = {(steps[a], steps[b]): times for (a, b), times in follows.edges.items()}
        doings = doings_of(laned, nobody_word())
        labels = labels_of(process, columns.activities)
        tree = _tree(columns, asked.noise)
        return Part(process, tree, doings, handovers_of(laned), followed, labels)

    return replace(remembered(columns, key, make), process=process)


def _tree(columns: EventColumns, noise: int) -> Tree | None:
    try:
        return discover_tree(directly_follows(columns), noise / 100)
    except TooManyActivities:
        return None


def nobody_word() -> str:
    """The lane of what no unit did."""
    return pgettext("who does a step", "Programs and customers")


def model_of(parts: Sequence[Part]) -> tuple[Model, dict[str, str]]:
    """One model of all parts, each a pool, its steps called by their keys; and the part's number of each element."""
    own = [
        (part.process.called, model_of_tree(part.tree, name=part.process.called, units=lanes_of(part.doings)))
        for part in parts
        if part.tree is not None
    ]
    model = pooled(own, title())
    return model, {element.id: element.name for element in model.elements if element.name}


def title() -> str:
    """What the diagram is called."""
    return _("Business processes across units")


def picture_of(parts: Sequence[Part], asked: Wanted) -> str:
    """The diagram as SVG, in the reader's language. Raises NotFound where there is nothing to draw."""
    drawable = [part for part in parts if part.tree is not None]
    if not drawable:
        raise NotFound(_("There is nothing to draw yet."))
    model, key_of = model_of(drawable)
    part_of = {process.id: part for process, part in zip(model.processes, drawable, strict=True)}
    of_element = {element.id: part_of[element.within] for element in model.elements}
    figures, links = {}, {}
    for element in model.elements:
        if element.id in key_of:
            part, key = of_element[element.id], key_of[element.id]
            figures[element.id] = (
                _figure(next(each for each in part.doings if each.step == key)) if part.doings else ""
            )
            links[element.id] = cases_url(part.process, key, asked)
    crossed: dict[str, int] = {}
    for process, part in part_of.items():
        flows = tuple(flow for flow in model.flows if flow.within == process)
        crossed |= crossings(replace(model, flows=flows), key_of, part.followed)
    named = replace(
        model,
        elements=tuple(
            replace(each, name=of_element[each.id].named(each.name)) if each.name else each
            for each in model.elements
        ),
    )
    return drawn(
        laid_out(named),
        label=title(),
        marks=dict.fromkeys(crossed, HANDOVER),
        figures=figures | {flow: count(times) for flow, times in crossed.items()},
        links=links,
    )


def _figure(doing: Doing) -> str:
    """How often a step was done, and which part of it by its lane."""
    told = count(doing.times)
    return told if doing.share >= NEARLY_ALL else f"{told} · {share(doing.share)}"


def cases_url(process: Process, step: str, asked: Wanted) -> str:
    """Where the cases that go through a step are listed."""
    level: Level = asked.depth
    through = (
        Asked().with_("through", step).address(depth=level if level == "phases" and process.case_kind else "")
    )
    return f"/processes/{process.key}/cases/{through}"
