"""Reference models of a process, and the log held against one; kept while log and model stay the same."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.access import visible

from ..bpmn.layout import laid_out
from ..bpmn.model import Model, Note
from ..bpmn.reading import read_bpmn
from ..columns import EventColumns
from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..studio.remembering import remembered
from .aligning import Effort
from .comparing import Comparison, compare
from .models import ReferenceModel

LANGUAGES = ("en", "zh-hans")
EACH, ALL = 40_000, 400_000
"""States looked at for one variant and for a log, so that a page answers in seconds."""


def models_of(process: Process, by: Actor) -> QuerySet[ReferenceModel]:
    """The models that a process is held against, as far as the actor sees them, the newest first."""
    rows = visible(by, ReferenceModel.objects.filter(process_key=process.key))
    return rows.defer("content").order_by("-pk")


def model_at(process: Process, pk: int, by: Actor) -> ReferenceModel:
    """One model of a process. Raises NotFound."""
    row = visible(by, ReferenceModel.objects.filter(process_key=process.key, pk=pk)).first()
    if row is None:
        raise NotFound(_("There is no such model."), remedy=_("Look at the models of this process."))
    return row


def drawable(row: ReferenceModel) -> Model:
    """The model as it is drawn; by us, where its file has no whole drawing."""
    model = read_bpmn(bytes(row.content))
    if model.is_drawn:
        return model
    drawn = laid_out(model)
    return Model(**{**vars(drawn), "notes": (*model.notes, Note("no_drawing"))})


def comparison_of(process: Process, row: ReferenceModel, columns: EventColumns) -> Comparison:
    """The log held against the model."""
    return remembered(
        columns,
        ("conformance", row.pk, row.version, process.version),
        lambda: compare(columns, drawable(row), names_of(process, columns), Effort(EACH, ALL)),
    )


def names_of(process: Process, columns: EventColumns) -> list[Mapping[str, str]]:
    """What the activities are called, in each language."""
    found: list[Mapping[str, str]] = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(labels_of(process, columns.activities))
    return found
