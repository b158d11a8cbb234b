"""All that can be done with reference models."""

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit

from ..bpmn.reading import read_given
from ..bpmn.words import refusal_words
from ..bpmn.xml import NotBpmn
from ..definitions.models import Process
from .events import ReferenceModelAdded, ReferenceModelRemoved
from .models import ReferenceModel

MOST_NAME = 120


@action
def add_reference_model(*, process: Process, content: bytes, name: str = "", by: Actor) -> ReferenceModel:
    """Keep a BPMN file as the way a process should go; `name` is what it is called, as the file says where it is empty.

    Raises Invalid for a file that cannot be read as BPMN 2.0, saying why.
    """
    permit(by, kind="referencemodel")
    try:
        model = read_given(content)
    except NotBpmn as error:
        raise Invalid(errors=[FieldError("/file", refusal_words(error))]) from error
    called = name.strip() or model.name or next((p.name for p in model.processes if p.name), "") or _("Model")
    row = ReferenceModel(process_key=process.key, name=called[:MOST_NAME], content=content)
    row.save()
    record(ReferenceModelAdded(referencemodel=row, process=process))
    return row


@action
def remove_reference_model(*, referencemodel: ReferenceModel, process: Process, by: Actor) -> None:
    """Remove the model; the log stays as it is."""
    row = hold(referencemodel)
    permit(by, row)
    record(ReferenceModelRemoved(referencemodel=row, process=process, name_given=row.name))
    row.delete()
