"""A rule as one sentence: When …, if …, then …"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.conditions import ConditionError, parse, sentence
from kinflow.conditions.typography import lowered
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from ..parameters import parameters_of
from .plans import Planned, read_steps
from .triggers import read_trigger

_THEN = gettext_lazy(", then ")


def rule_sentence(kind: str, content: Mapping[str, Any]) -> str:
    """The rule in words of the active language; parts that cannot be read any more say so."""
    errors: list[FieldError] = []
    trigger = read_trigger(content.get("trigger"), errors)
    when = trigger.words() if trigger is not None else _("When something that is gone happens")
    if_part = _if_words(kind, content.get("condition") or {})
    steps = read_steps(content.get("steps") or [], kind, errors, is_kept=True)
    then = _steps_words(steps, kind) or _("nothing is done")
    if if_part:
        return _("%(when)s, if %(if)s: %(then)s.") % {"when": when, "if": if_part, "then": then}
    return _("%(when)s: %(then)s.") % {"when": when, "then": then}


def _if_words(kind: str, condition: Any) -> str:
    if not condition:
        return ""
    try:
        return lowered(sentence(parse(condition, kind, VOCABULARY)))
    except (ConditionError, LookupError):
        return _("a condition over fields that are gone holds")


def _steps_words(steps: tuple[Planned, ...], kind: str) -> str:
    return str(_THEN).join(_step_words(one, kind) for one in steps)


def _ways_words(words: str, one: Planned, kind: str) -> str:
    """A step with several ways: each with its name, if anything is done there."""
    labels = {p.name: lowered(str(p.label)) for p in parameters_of(type(one.step))}
    for name, steps in one.inner.items():
        if steps:
            way = {"told": words, "way": labels[name], "then": _steps_words(steps, kind)}
            words = _("%(told)s; %(way)s: %(then)s") % way
    return words


def _step_words(one: Planned, kind: str) -> str:
    words = one.step.words(kind)
    if not one.inner:
        return words
    if "then" not in one.inner:
        return _ways_words(words, one, kind)
    then = _steps_words(one.inner["then"], kind) or _("nothing is done")
    other = _steps_words(one.inner.get("otherwise", ()), kind)
    told = _("%(if)s: %(then)s") % {"if": words, "then": then}
    return _("%(told)s; otherwise: %(other)s") % {"told": told, "other": other} if other else told
