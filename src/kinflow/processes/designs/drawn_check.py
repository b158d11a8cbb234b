"""A model checked as it is drawn: what is wrong, at which element, and what to do about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.kit.lines import TURNS
from kinflow.kit.problem import FieldError, Invalid

from ..bpmn.model import FLOW_NODES, SUBPROCESSES, Element, Flow, Model
from ..bpmn.names import named_in
from ..bpmn.reading import read_given
from ..bpmn.words import refusal_words
from ..bpmn.xml import NotBpmn
from .checking import checked
from .deciding_tasks import lies_before
from .models import DesignVersion, ProcessDesign
from .plans import WAITS_FOR_PEOPLE, plan_of
from .unnamed import placed_in
from .words import fault_words

_ID = re.compile(r"\w[\w.-]{0,199}")
"""Of elements and flows, as XML has them: they stand in addresses, and rows of tokens."""


_SORTS = ("do", "design", "duration", "event", "condition")
"""By what each sort of binding is known; that of a task of a person by none of them."""
_OF_EVENTS = {"timer": "duration", "conditional": "condition", "message": "event", "signal": "event"}


@dataclass(frozen=True)
class Finding:
    """What keeps a drawn model from operation, with the remedy; `element` is where, "" for the whole model."""

    element: str
    words: str


def check_drawn(design: ProcessDesign, content: bytes, *, is_shown: bool = False) -> list[Finding]:
    """What is wrong with a model for this design, with the newest bindings of the elements that it still has.

    `is_shown`: its names are those that the reader sees already.

    Raises Invalid for what is no BPMN 2.0.
    """
    model = placed_in(named_in(read_drawn(content), "" if is_shown else get_language() or ""))
    bindings = DesignVersion.objects.get(design=design, number=design.number).bindings
    found = checked(design.kind, model, still_fitting(bindings, model))
    faults = [Finding(fault.element, fault_words(fault)) for fault in found.faults]
    errors = [Finding(_element_of(error), error.message) for error in found.errors]
    return list(dict.fromkeys(faults + errors))


def read_drawn(content: bytes) -> Model:
    """The model of a file that somebody gave or drew. Raises Invalid for no BPMN 2.0, or ids that are none."""
    try:
        model = read_given(content)
    except NotBpmn as error:
        raise Invalid(errors=[FieldError("/file", refusal_words(error))]) from error
    parts: list[Element | Flow] = [e for e in model.elements if e.kind in FLOW_NODES]
    parts += [f for f in model.flows if f.kind == "sequenceFlow"]
    if wrong := next(filter(None, map(_fault_of, parts)), ""):
        raise Invalid(errors=[FieldError("/file", wrong)])
    return model


def _fault_of(part: Element | Flow) -> str:
    """What is wrong with what a part is called, in words."""
    told = {"id": part.id[:40]}
    if not _ID.fullmatch(part.id):
        return (
            _(
                "“%(id)s” is no id: ids have letters, digits, hyphens, dots and underscores, at most 200 of them."
            )
            % told
        )
    if any(TURNS.search(name) for name in (part.name, *(name for _language, name in part.names))):
        return _("The name of “%(id)s” has a mark that lets text run the other way. Leave it out.") % told
    return ""


def still_fitting(bindings: Mapping[str, Any], model: Model, *, is_kept: bool = True) -> dict[str, Any]:
    """The bindings of the elements and flows that a model has; kept ones of elements that still are of such a kind.

    A way that went by what came out of a task which is gone, or is not done before it any more, is to be said anew.
    """
    kinds = {e.id: e for e in model.elements}
    known = kinds.keys() | {f.id for f in model.flows}
    found = {
        key: one
        for key, one in bindings.items()
        if key in known and not (is_kept and key in kinds and not _suits(kinds[key], one))
    }
    asked = {key: one["of"] for key, one in found.items() if isinstance(one, Mapping) and one.get("of")}
    plan = plan_of(model)[0] if asked else None
    for flow, task in asked.items():
        fits = (
            task in known if plan is None else flow in plan.sources and lies_before(plan, found, flow, task)
        )
        if not fits:
            del found[flow]
    return found


def _suits(element: Element, one: Any) -> bool:
    """Whether a binding is of the sort that an element of this kind has: what was a task may have become a wait."""
    said = next((sort for sort in _SORTS if isinstance(one, Mapping) and sort in one), "task")
    if element.kind in WAITS_FOR_PEOPLE:
        return said in ("task", "do")
    if element.kind in ("callActivity", "receiveTask"):
        return said == ("design" if element.kind == "callActivity" else "event")
    if element.kind in ("intermediateCatchEvent", "boundaryEvent", "startEvent"):
        return said == _OF_EVENTS.get(element.event)
    return element.kind not in SUBPROCESSES and said == "do"


def _element_of(error: FieldError) -> str:
    parts = error.pointer.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "bindings" else ""
