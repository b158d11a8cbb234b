"""The discovered model of a log with its quality, as screens and API show it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..bpmn.layout import laid_out
from ..bpmn.model import Model
from ..columns import EventColumns
from ..conformance.aligning import Effort
from ..conformance.behaviour import TreeBehaviour
from ..conformance.judging import Judgement, judge
from ..conformance.quality import Quality, quality_of
from ..conformance.variants import variants_of
from .follows import directly_follows
from .inductive import discover_tree
from .modelling import model_of_tree
from .trees import Tree


@dataclass(frozen=True)
class Discovered:
    """The tree, how the log agrees with it, how good it is, and the unit that does most of each step."""

    tree: Tree
    judgement: Judgement
    quality: Quality
    units: Mapping[str, str]

    def model(self, *, name: str = "", labels: Mapping[str, str] | None = None) -> Model:
        """The tree as BPMN with a drawing, in the language of the labels."""
        return laid_out(model_of_tree(self.tree, name=name, units=self.units, labels=labels))


def discover(columns: EventColumns, noise: float, effort: Effort | None = None) -> Discovered:
    """Discovers a model of the log and holds the log against it. Raises TooManyActivities."""
    tree = discover_tree(directly_follows(columns), noise)
    behaviour = TreeBehaviour(tree)
    judgement = judge(behaviour, variants_of(columns), effort)
    quality = quality_of(behaviour, model_of_tree(tree), judgement)
    return Discovered(tree, judgement, quality, units_of_steps(columns))


def units_of_steps(columns: EventColumns) -> dict[str, str]:
    """The unit that does each activity most often; activities that are done by none known are left out."""
    if not len(columns.units):
        return {}
    known = columns.unit >= 0
    width = len(columns.units)
    counts = np.bincount(
        columns.activity[known].astype(np.int64) * width + columns.unit[known],
        minlength=len(columns.activities) * width,
    ).reshape(len(columns.activities), width)
    return {
        activity: columns.units[int(row.argmax())]
        for activity, row in zip(columns.activities, counts, strict=True)
        if row.any()
    }
