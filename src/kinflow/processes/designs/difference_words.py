"""The differences between two versions of a design in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..bpmn.model import Model
from .bindings import Results
from .deciding_tasks import done_by_program, task_before
from .differences import Difference
from .plans import plan_of
from .reading_bindings import read_bindings
from .telling import binding_words, element_kinds, flow_words, repeats_words

SENTENCES: dict[str, Any] = {
    "element_added": gettext_lazy("“%(after)s” is new."),
    "element_removed": gettext_lazy("“%(before)s” is gone."),
    "flow_added": gettext_lazy("New flow: %(after)s."),
    "flow_removed": gettext_lazy("The flow %(before)s is gone."),
    "lane_added": gettext_lazy("Lane “%(after)s” is new."),
    "lane_removed": gettext_lazy("Lane “%(before)s” is gone."),
    "pool_added": gettext_lazy("Pool “%(after)s” is new."),
    "pool_removed": gettext_lazy("Pool “%(before)s” is gone."),
    "renamed": gettext_lazy("“%(before)s” is called “%(after)s” now."),
    "kind": gettext_lazy("“%(after)s” is of another kind: %(kind)s."),
    "default": gettext_lazy("“%(after)s” has another default way."),
    "moved": gettext_lazy("“%(after)s” stands in another process or sub-process."),
    "attached": gettext_lazy("“%(after)s” is on the border of another step."),
    "script": gettext_lazy("The script of “%(after)s” is another one; it is shown and never run."),
    "marker": gettext_lazy("“%(after)s” interrupts or is triggered otherwise."),
    "compensation": gettext_lazy(
        "“%(after)s” is for compensation, or has steps undone, otherwise than before."
    ),
    "repeated": gettext_lazy("“%(after)s” is done %(now)s instead of %(was)s."),
    "flow_moved": gettext_lazy("The flow %(before)s leads %(after)s now."),
    "flow_renamed": gettext_lazy("The flow %(after)s has another label."),
    "flow_changed": gettext_lazy(
        "The flow %(after)s has another condition in the file, or is of another kind."
    ),
    "lane_changed": gettext_lazy("Other steps stand in lane “%(after)s”."),
    "pool_changed": gettext_lazy("Pool “%(after)s” holds another process."),
    "bound": gettext_lazy("“%(after)s” says what happens there: %(now)s."),
    "unbound": gettext_lazy("“%(after)s” does not say what happens there any more; it was: %(was)s."),
    "bound_otherwise": gettext_lazy("“%(after)s” is bound otherwise: %(now)s instead of %(was)s."),
    "model_renamed": gettext_lazy("The model is called “%(after)s” instead of “%(before)s”."),
}


Bound = Mapping[str, Any]
"""All bindings of a version, as plain values."""


def difference_words(
    one: Difference, kind: str, before: Model, after: Model, bound: tuple[Bound, Bound] = ({}, {})
) -> str:
    """A difference as a sentence, for a design of records of the kind; `bound` is all that is bound before and after."""
    was, now = (
        one.detail if one.code in ("bound", "unbound", "bound_otherwise") and one.detail else (None, None)
    )
    told = {
        "before": one.before,
        "after": one.after,
        "kind": element_kinds().get(one.kind, one.kind),
        "was": _bound(one.part, was, kind, before, bound[0]),
        "now": _bound(one.part, now, kind, after, bound[1]),
    }
    if one.code == "repeated" and one.detail:
        told["was"], told["now"] = (repeats_words(each) for each in one.detail)
    return str(SENTENCES[one.code]) % told


def _bound(part: str, binding: Bound | None, kind: str, model: Model, others: Bound) -> str:
    """What an element or flow was bound to, in words."""
    plan = plan_of(model)[0] if binding else None
    if plan is None or binding is None:
        return _("something that cannot be told")
    bound = read_bindings(kind, plan, {part: binding}, [], is_kept=True).get(part)
    if bound is None:
        return _("something that cannot be told")
    if isinstance(bound, Results) and not binding.get("of"):
        bound = replace(bound, of=task_before(plan, part, done_by_program(others)))
    told = flow_words(bound, plan) if part in plan.targets else binding_words(kind, plan.nodes[part], bound)
    return told or _("something that cannot be told")
