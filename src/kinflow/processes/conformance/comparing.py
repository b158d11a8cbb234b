"""A process's log held against a model: all that screens and API show of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..bpmn.model import Model, Note
from ..columns import EventColumns
from .aligning import Effort
from .deviations import Deviation, all_deviations
from .judging import Judgement, judge
from .matching import Matched, matched
from .nets import NetBehaviour
from .playing import playable
from .quality import Quality, quality_of
from .variants import variants_of


@dataclass(frozen=True)
class Comparison:
    """The judgement of each variant, what deviates, how good the model is, and what was judged otherwise than drawn."""

    judgement: Judgement
    deviations: tuple[Deviation, ...]
    quality: Quality
    matched: Matched
    foreign: tuple[str, ...]
    notes: tuple[Note, ...]


def compare(
    columns: EventColumns, model: Model, names: Iterable[Mapping[str, str]] = (), effort: Effort | None = None
) -> Comparison:
    """Holds the log against the model.

    Elements of the model are steps of the log by their names. A step of the model that the log does not know counts as
    skipped; an activity of the log that is not in the model (`foreign`) as extra.
    """
    found = matched(model, names, columns.activities)
    played = playable(model, found.step_of)
    behaviour = NetBehaviour(played.net)
    judgement = judge(behaviour, variants_of(columns), effort)
    return Comparison(
        judgement,
        tuple(all_deviations(columns, judgement)),
        quality_of(behaviour, model, judgement),
        found,
        tuple(key for key in columns.activities if key not in found.known),
        (*model.notes, *played.notes),
    )
