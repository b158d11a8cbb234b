"""How often an activity is done, and when that is enough: read in the safe expression language from the model.

A loop is done again while a condition holds, and so often at most (BPMN 2.0, standardLoopCharacteristics).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.automation.parameters import below
from kinflow.conditions import Context
from kinflow.conditions.expressions import Expression, ExpressionError, Sort, evaluate, parse_expression
from kinflow.conditions.expressions.tree import Name
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from ..bpmn.model import ACTIVITIES, Element, Model
from ..bpmn.repeats import HOWS, Repeats
from .plans import Fault, Node, Plan

MOST_TIMES = 1_000
"""So often an activity is done at most; so many of such times an instance has open at most."""
TOLD = frozenset({"times", "done", "result"})
"""What expressions know of the times as an event: how many there are, how many are done, and the newest result."""


@dataclass(frozen=True)
class Repeated:
    """How often an activity is done, and, if that is said, the condition for leaving out the times that are left.

    A loop is done at most so often (None: as often as anything may be), and again while its condition holds.
    """

    times: Expression | None
    until: Expression | None = None
    again: Expression | None = None


def read_repeats(kind: str, plan: Plan, faults: list[Fault]) -> Mapping[str, Repeated]:
    """By node how it is done several times, for records of the kind; what cannot be understood is added to `faults`."""
    found: dict[str, Repeated] = {}
    for node in plan.nodes.values():
        element = node.element
        if not element.repeats:
            continue
        wrong, repeated = (_loop if element.repeats == "loop" else _several)(kind, element)
        if wrong:
            faults.append(_fault(wrong, node))
        else:
            found[node.id] = repeated
    return found


def _several(kind: str, element: Element) -> tuple[str, Repeated]:
    """How it is done several times, and what is wrong with that."""
    times = _read(kind, element.times, Sort.NUMBER)
    until = _read(kind, element.until, Sort.YES_NO) if element.until else None
    wrong = ""
    if times is None or not _is_possible(times):
        wrong = "times" if element.times else "no_times"
    elif element.until and until is None:
        wrong = "until"
    return wrong, Repeated(times, until)


def _loop(kind: str, element: Element) -> tuple[str, Repeated]:
    """How it is done again and again, and what is wrong with that."""
    most = _read(kind, element.times, Sort.NUMBER) if element.times else None
    again = _read(kind, element.again, Sort.YES_NO) if element.again else None
    wrong = ""
    if element.times and not is_most(element.times):
        wrong = "most"
    elif element.again and again is None:
        wrong = "again"
    elif most is None and again is None:
        wrong = "no_again"
    return wrong, Repeated(most, again=again)


def is_most(text: str) -> bool:
    """Whether a text is how often a loop is done at most: the standard has a whole number there."""
    return text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_TIMES


def told_repeats(kind: str, model: Model, given: Any, errors: list[FieldError]) -> dict[str, Repeats]:
    """By activity of a model how it is to be done, as somebody says it; what is wrong is added to `errors`."""
    if not isinstance(given, Mapping):
        errors.append(FieldError("/repeats", _("Say by element how often it is done.")))
        return {}
    activities = {element.id for element in model.elements if element.kind in ACTIVITIES}
    found: dict[str, Repeats] = {}
    for key, one in given.items():
        here = below("/repeats", key)
        if key not in activities:
            errors.append(FieldError(here, _("The model has no such step.")))
        elif not isinstance(one, Mapping):
            errors.append(FieldError(here, _("Say by element how often it is done.")))
        else:
            found[str(key)] = _told(kind, one, here, errors)
    return found


def _told(kind: str, one: Mapping[str, Any], here: str, errors: list[FieldError]) -> Repeats:
    how, times, until, again = (
        str(one.get(part) or "").strip() for part in ("how", "times", "until", "again")
    )
    if how not in HOWS:
        errors.append(FieldError(f"{here}/how", _("Choose one of the values.")))
    if not how:
        return Repeats()
    if how == "loop":
        _check_loop(kind, times, again, here, errors)
        return Repeats(how, times, again=again, asks_first=one.get("asks_first") is True)
    if fault := _fault_of_times(kind, times):
        errors.append(FieldError(f"{here}/times", _("How often: %(fault)s") % {"fault": fault}))
    if until and (fault := _fault_of_until(kind, until)):
        errors.append(FieldError(f"{here}/until", _("Enough when: %(fault)s") % {"fault": fault}))
    return Repeats(how, times, until)


def _check_loop(kind: str, most: str, again: str, here: str, errors: list[FieldError]) -> None:
    if most and not is_most(most):
        told = _("How often at most: give a whole number from 1 to %(most)d.") % {"most": MOST_TIMES}
        errors.append(FieldError(f"{here}/times", told))
    if not most and not again:
        told = _("Say while what it is done again, or how often at most.")
        errors.append(FieldError(f"{here}/again", told))
    if again and (fault := _fault_of_until(kind, again)):
        errors.append(FieldError(f"{here}/again", _("Again while: %(fault)s") % {"fault": fault}))


def _fault_of_times(kind: str, text: str) -> str:
    """What is wrong with how often, in words."""
    if not text:
        return _("Give a number, or an expression such as record.score + 1.")
    try:
        read = _parsed(kind, text)
    except ExpressionError as fault:
        return str(fault)
    if read.sort not in (Sort.NUMBER, Sort.ANY) or not _is_possible(read):
        return _("This must come to a whole number from 0 to %(most)d.") % {"most": MOST_TIMES}
    return ""


def _fault_of_until(kind: str, text: str) -> str:
    """What is wrong with when it is enough, in words."""
    try:
        read = _parsed(kind, text)
    except ExpressionError as fault:
        return str(fault)
    return (
        ""
        if read.sort in (Sort.YES_NO, Sort.ANY)
        else _("This must come to yes or no, as event.done >= 2 does.")
    )


def _parsed(kind: str, text: str) -> Expression:
    return parse_expression(text, type_name=kind, vocabulary=VOCABULARY, event_names=TOLD)


def _read(kind: str, text: str, sort: Sort) -> Expression | None:
    try:
        read = _parsed(kind, text)
    except ExpressionError:
        return None
    return read if read.sort in (sort, Sort.ANY) else None


def _is_possible(times: Expression) -> bool:
    """Whether it can be a number of times; what is worked out from a record is only known then."""
    if _asks(times.node):
        return True
    try:
        value = evaluate(times, record=None, context=Context(timezone.now(), timezone.get_current_timezone()))
    except ExpressionError:
        return False
    return isinstance(value, Decimal) and 0 <= value <= MOST_TIMES and value == int(value)


def _asks(node: Any) -> bool:
    """Whether a part of an expression names anything, so that its value is known only when it is played."""
    return isinstance(node, Name) or any(_asks(each) for each in getattr(node, "given", ()))


def _fault(code: str, node: Node) -> Fault:
    return Fault(code, node.id, node.name)
